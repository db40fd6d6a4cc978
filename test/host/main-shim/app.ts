/** `electron.app`. Its events come from the other parts of the host; how it ends is in lifecycle.ts. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import process from 'node:process'
import type Electron from 'electron'
import { appMetrics } from './app-metrics.ts'
import { AppPaths } from './app-paths.ts'
import { commandLine } from './command-line.ts'
import { hostEvent } from './host-event.ts'
import { exit, isEnding, onLifecycleEvent, onTerminate, quit } from './lifecycle.ts'
import { strict, StrictEmitter } from './not-in-host.ts'
import { isReady, markReady } from './ready.ts'
import { SingleInstance } from './single-instance.ts'

/** What the launcher knows of the app. */
export interface AppFacts {
  readonly name: string
  readonly version: string
  readonly path: string
  readonly executable: string
}

type Implemented = Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'focus'
  | 'getPath'
  | 'setPath'
  | 'name'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getAppPath'
  | 'getLocale'
  | 'isPackaged'
  | 'getAppMetrics'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
>

type LockData = Parameters<Electron.App['requestSingleInstanceLock']>[0]

class App extends StrictEmitter implements Implemented {
  readonly commandLine = commandLine
  /** macOS only. */
  readonly dock = undefined
  /** The executable is Electron's own, not the app's. */
  readonly isPackaged = false
  name = ''
  #facts: AppFacts = { name: '', version: '', path: '', executable: '' }
  readonly #ready = Promise.withResolvers<undefined>()
  readonly #paths = new AppPaths(
    () => this.name,
    () => this.#facts.executable,
  )
  #instance: SingleInstance | undefined
  #relaunches: Electron.RelaunchOptions[] = []

  constructor() {
    super('app')
    onLifecycleEvent((event, ...args) => {
      if (event === 'quit') this.#leave()
      this.emit(event, ...args)
    })
    // The default of Electron; an app that listens decides for itself.
    this.on('window-all-closed', () => {
      if (this.listenerCount('window-all-closed') === 1) this.quit()
    })
  }

  static configure(target: App, facts: AppFacts): void {
    target.#facts = facts
    target.name = facts.name
    const userData = commandLine.getSwitchValue('user-data-dir')
    if (userData !== '') target.#paths.set('userData', userData)
  }

  static becomeReady(target: App): void {
    mkdirSync(target.getPath('userData'), { recursive: true })
    markReady()
    target.emit('ready', hostEvent(), {})
    target.#ready.resolve(undefined)
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  isReady(): boolean {
    return isReady()
  }

  quit(): void {
    quit()
  }

  exit(code = 0): void {
    exit(code)
  }

  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.#relaunches.push(options)
  }

  focus(): void {
    // There is no other app to take the focus from.
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    return this.#paths.get(name)
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return this.#facts.version
  }

  getAppPath(): string {
    return this.#facts.path
  }

  getLocale(): string {
    return isReady() ? Intl.DateTimeFormat().resolvedOptions().locale : ''
  }

  getAppMetrics(): Electron.ProcessMetric[] {
    return appMetrics()
  }

  requestSingleInstanceLock(additionalData?: LockData): boolean {
    this.#instance ??= new SingleInstance(this.getPath('userData'))
    return this.#instance.request(additionalData, ({ argv, workingDirectory, additionalData }) => {
      void this.#ready.promise.then(() => {
        this.emit('second-instance', hostEvent(), argv, workingDirectory, additionalData)
      })
    })
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance?.has() ?? false
  }

  releaseSingleInstanceLock(): void {
    this.#instance?.release()
    this.#instance = undefined
  }

  enableSandbox(): void {
    if (isReady()) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  setAppUserModelId(_id: string): void {
    // Windows only.
  }

  setLoginItemSettings(_settings: Electron.Settings): void {
    // macOS and Windows only.
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    return {
      openAtLogin: false,
      wasOpenedAtLogin: false,
      status: 'not-registered',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    }
  }

  /** The last thing before `quit`. */
  #leave(): void {
    this.releaseSingleInstanceLock()
    for (const { execPath, args } of this.#relaunches) {
      spawn(execPath ?? this.#facts.executable, args ?? process.argv.slice(1), {
        detached: true,
        stdio: 'ignore',
      }).unref()
    }
  }
}

strict(App.prototype, 'app')
export const app = new App()
export { isEnding, onTerminate }

/** Tells `app` what the launcher has found out. */
export function configureApp(facts: AppFacts): void {
  App.configure(app, facts)
}

/** Chromium is there: from here on `app` is ready. */
export function becomeReady(): void {
  App.becomeReady(app)
}

/** Emits on `app` what happened elsewhere. */
export function announce(event: string, ...args: unknown[]): void {
  app.emit(event, hostEvent(), ...args)
}
