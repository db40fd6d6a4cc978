/**
 * Starts apps for the end-to-end tests, on either engine: the stand-in of test/host or Electron itself. Each test has a
 * folder of its own (home, settings, temporary files) and leaves no process behind.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { _electron, test as base } from '@playwright/test'
import type { ElectronApplication } from '@playwright/test'

/** How long an app may take to leave before it is killed. */
const CLOSE_DEADLINE_MS = 5_000

/** Chromium refuses to run its sandbox as root. */
const sandboxed = process.getuid?.() !== 0 && process.env['STENO_NO_SANDBOX'] === undefined

export type Engine = 'host' | 'electron'

export interface Launched {
  readonly app: ElectronApplication
  /** What the main process and its children wrote, in the order it came. */
  readonly output: readonly string[]
  /** Settles with the exit code once the main process has ended. */
  readonly ended: Promise<number | null>
}

export interface WorkerFixtures {
  /** Which engine runs; set by the configuration. */
  readonly engine: Engine
  /** The folders of all tests so far. */
  readonly folders: string[]
}

export interface LaunchFixtures {
  /** Removed after the test. */
  readonly folder: string
  /** Starts an app under Playwright; `appDir` holds its package.json. */
  readonly launch: (appDir: string, args?: readonly string[], env?: Env) => Promise<Launched>
  /** Starts an app as a person would, with nobody attached: for second instances. */
  readonly startBare: (appDir: string, args?: readonly string[], env?: Env) => ChildProcess
}

type Env = Readonly<Record<string, string>>

export const test = base.extend<LaunchFixtures, WorkerFixtures>({
  engine: ['host', { option: true, scope: 'worker' }],

  folders: [
    async ({ engine: _ }, use) => {
      const folders: string[] = []
      await use(folders)
      // A browser whose app was killed lives a moment longer and may have written its last files after a test.
      for (const folder of folders) remove(folder)
    },
    { scope: 'worker' },
  ],

  folder: async ({ engine, folders }, use) => {
    const folder = mkdtempSync(join(tmpdir(), `steno-e2e-${engine}-`))
    folders.push(folder)
    await use(folder)
    remove(folder)
  },

  launch: async ({ folder }, use, testInfo) => {
    const launched: { readonly one: Launched; readonly child: ChildProcess }[] = []
    await use(async (appDir, args = [], env = {}) => {
      const app = await _electron.launch({
        args: [appDir, ...args],
        env: isolatedEnv(folder, env),
        chromiumSandbox: sandboxed,
        // Playwright would paint every page light; the app's own theme is to decide.
        colorScheme: null,
        timeout: 20_000,
      })
      // Playwright forgets the process of an app that has ended.
      const child = app.process()
      const one = { app, output: collectOutput(child), ended: exitOf(child) }
      launched.push({ one, child })
      return one
    })
    for (const { one, child } of launched) {
      await close(one.app, child)
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('main process', { body: one.output.join('\n'), contentType: 'text/plain' })
      }
    }
  },

  startBare: async ({ folder }, use) => {
    const started: ChildProcess[] = []
    await use((appDir, args = [], env = {}) => {
      const child = spawn(executable(), [...(sandboxed ? [] : ['--no-sandbox']), appDir, ...args], {
        cwd: folder,
        env: isolatedEnv(folder, env),
        stdio: 'ignore',
      })
      started.push(child)
      return child
    })
    for (const child of started) await end(child)
  },
})

export { expect } from '@playwright/test'

/** The exit code of a process that runs or has run; null when a signal ended it. */
export async function exitOf(child: ChildProcess): Promise<number | null> {
  if (running(child)) await once(child, 'exit')
  return child.exitCode
}

/** What Playwright would start: the npm package answers with a path and honours ELECTRON_OVERRIDE_DIST_PATH. */
function executable(): string {
  return createRequire(import.meta.url)('electron/index.js') as string
}

/** Only Linux takes all its folders from the environment; elsewhere an app's own data folder is not isolated. */
function isolatedEnv(folder: string, extra: Env): Record<string, string> {
  const own = {
    HOME: join(folder, 'home'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_DATA_HOME: join(folder, 'data'),
    TMPDIR: join(folder, 'tmp'),
  }
  for (const path of Object.values(own)) mkdirSync(path, { recursive: true })
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return { ...Object.fromEntries(inherited), ...own, TZ: 'UTC', LANG: 'en_US.UTF-8', ...extra }
}

function collectOutput({ stdout, stderr }: ChildProcess): string[] {
  const lines: string[] = []
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (chunk: Buffer) => lines.push(chunk.toString().trimEnd()))
  }
  return lines
}

/** Asks the app to quit; one that does not leave in time is killed. */
async function close(app: ElectronApplication, child: ChildProcess): Promise<void> {
  if (!running(child)) return
  app.close().catch(() => undefined)
  await end(child, CLOSE_DEADLINE_MS)
}

/** Kills the process when it still runs after `graceMs`. */
async function end(child: ChildProcess, graceMs = 0): Promise<void> {
  await Promise.race([exitOf(child), sleep(graceMs, undefined, { ref: false })])
  if (!running(child)) return
  child.kill('SIGKILL')
  await exitOf(child)
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function running(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}
