/** What the conformance tests share: the tiny app, started, and ways to act in each of its worlds. */
import { join } from 'node:path'
import type { ElectronApplication, JSHandle, Page } from '@playwright/test'
import type Electron from 'electron'
import { test as launching } from '../engine.ts'

export const APP = join(import.meta.dirname, 'app')
const PRELOAD = join(APP, 'preload.cjs')
const WORKER = join(APP, 'worker.cjs')

/** What main.cjs leaves for the tests to read and to fill. */
interface Conformance {
  readonly story: readonly string[]
  readonly forkBeforeReady: string | undefined
  readonly hasLock: boolean | undefined
  readonly routes: Map<string, (request: Request) => Response | Promise<Response>>
}

declare global {
  var conformance: Conformance
}

/** A port as a page knows it. */
export interface PagePort {
  onmessage: (event: { readonly data: unknown; readonly ports: readonly PagePort[] }) => void
  postMessage(message: unknown, transfer?: readonly unknown[]): void
  addEventListener(event: 'close', listener: () => void): void
  start(): void
}

/** What the preload gets with a message from main. */
export interface FromMain {
  readonly ports: readonly PagePort[]
}

/** The little of a page's `window` that the tests touch; the type-checker knows no DOM here. */
export interface PageWindow {
  readonly bridge: { run(source: string, argument: unknown): Promise<unknown> }
  readonly document: {
    title: string
    createElement(name: string): { src: string; type: string; onload: () => void; onerror: () => void }
    readonly head: { append(element: unknown): void }
  }
  readonly isSecureContext: boolean
  readonly MessageChannel: new () => { readonly port1: PagePort; readonly port2: PagePort }
  readonly localStorage: { setItem(key: string, value: string): void; getItem(key: string): string | null }
  readonly location: { href: string; readonly origin: string; readonly pathname: string }
  readonly navigator: {
    readonly mediaDevices: {
      getUserMedia(constraints: unknown): Promise<{ getAudioTracks(): readonly unknown[] }>
      enumerateDevices(): Promise<readonly { readonly kind: string; readonly label: string }[]>
    }
  }
  matchMedia(query: string): { readonly matches: boolean }
  open(url: string): unknown
  postMessage(message: unknown, target: string, ports: readonly PagePort[]): void
  onmessage: ((event: { readonly data: unknown; readonly ports: readonly PagePort[] }) => void) | null
  /** Where a test leaves what a later step in the same world waits for. */
  heard?: Promise<unknown>
  [name: string]: unknown
}

/** What a function run in the preload's world is given. */
export interface PreloadWorld {
  readonly electron: {
    readonly contextBridge: Electron.ContextBridge
    readonly ipcRenderer: Omit<Electron.IpcRenderer, 'invoke'> & {
      invoke(channel: string, ...args: unknown[]): Promise<unknown>
    }
  }
  readonly require: (name: string) => unknown
  readonly window: PageWindow
}

export const test = launching.extend<{ readonly app: ElectronApplication }>({
  /** The conformance app, ready, without a window. */
  app: async ({ launch }, use) => {
    const { app } = await launch(APP)
    await ready(app)
    await use(app)
  },
})

export { expect } from '../engine.ts'

export async function ready(app: ElectronApplication): Promise<void> {
  await app.evaluate(async ({ app }) => {
    await app.whenReady()
  })
}

/** Opens a window with the preload and waits for its page; `path` is in the app's own scheme. */
export async function openWindow(
  app: ElectronApplication,
  path = 'index.html',
  options: Electron.BrowserWindowConstructorOptions = {},
): Promise<Page> {
  const opened = app.waitForEvent('window')
  await app.evaluate(
    async ({ BrowserWindow }, { path, options, preload }) => {
      const window = new BrowserWindow({ ...options, webPreferences: { preload } })
      await window.loadURL(`app://steno/${path}`)
    },
    { path, options, preload: PRELOAD },
  )
  return await opened
}

/** Runs a function in the page's own world. It can use nothing but its arguments. */
export async function inPage<Result, Argument>(
  page: Page,
  action: (window: PageWindow, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
): Promise<Result> {
  return await page.evaluate<Result>(`(${action.toString()})(window, ${JSON.stringify(argument)})`)
}

/** Runs a function in the preload's world; what goes in and out crosses the context bridge. */
export async function inPreload<Result, Argument>(
  page: Page,
  action: (world: PreloadWorld, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
): Promise<Result> {
  const call = JSON.stringify([action.toString(), argument])
  return await page.evaluate<Result>(`window.bridge.run(...${call})`)
}

/** Waits for what an earlier step left in `window.heard` of the preload's world. */
export async function heardInPreload(page: Page): Promise<unknown> {
  return await inPreload(page, ({ window }) => window.heard)
}

/** A utility process running worker.cjs, spawned; its handle keeps it from being collected. */
export async function fork(
  app: ElectronApplication,
  args: string[] = [],
  options: Electron.ForkOptions = {},
): Promise<JSHandle<Electron.UtilityProcess>> {
  return await app.evaluateHandle(
    async ({ utilityProcess }, { worker, args, options }) => {
      const child = utilityProcess.fork(worker, args, options as unknown as Electron.ForkOptions)
      await new Promise<void>((resolve) => child.once('spawn', resolve))
      return child
    },
    { worker: WORKER, args, options },
  )
}

/** Sends the worker an order and returns its next message. */
export async function ask(child: JSHandle<Electron.UtilityProcess>, order: object): Promise<unknown> {
  return await child.evaluate(
    (child, order) =>
      new Promise<unknown>((resolve) => {
        child.once('message', resolve)
        child.postMessage(order)
      }),
    order,
  )
}

/** Sends the worker an order that ends it and returns its exit code. */
export async function exitAfter(child: JSHandle<Electron.UtilityProcess>, order: object): Promise<number> {
  return await child.evaluate(
    (child, order) =>
      new Promise<number>((resolve) => {
        child.once('exit', resolve)
        child.postMessage(order)
      }),
    order,
  )
}
