/**
 * What `bin/electron` runs: becomes the main process of the app, in Electron's order. The app's main file runs first, so
 * that it can still choose switches; then Chromium starts; then `ready`.
 */
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { announce, app, becomeReady, configureApp, isEnding, onTerminate } from '../main-shim/app.ts'
import { readSwitches, switchArguments } from '../main-shim/command-line.ts'
import { chromiumEnded, watchTargets } from '../main-shim/contents-events.ts'
import { installHooks } from '../main-shim/desktop/index.ts'
import { provideEngine } from '../main-shim/engine.ts'
import { installElectron } from '../main-shim/install.ts'
import { listen } from '../main-shim/loopback.ts'
import { serveSchemes } from '../main-shim/protocol.ts'
import { onChildGone, shutDownUtilityProcesses } from '../main-shim/utility-process.ts'
import { findApp } from './app-package.ts'
import { readArguments } from './arguments.ts'
import { Chromium } from './chromium.ts'
import { isHeaded } from './chromium-switches.ts'
import { describeProcess } from './electron-process.ts'

const executable = resolve(import.meta.dirname, '../bin/electron')
const args = process.argv.slice(2)
const { preloads, app: appPath } = readArguments(args)

const exitProcess = describeProcess(executable, args)
const { folder, main, name, version } = findApp(appPath, {
  name: 'Electron',
  version: process.versions.electron,
})
readSwitches(args)
configureApp({ name, version, path: folder, executable })
installElectron()
installHooks()
onChildGone((details) => {
  announce('child-process-gone', details)
})

let chromium: Chromium | undefined
onTerminate((code) => {
  shutDownUtilityProcesses()
  void (chromium?.stop() ?? Promise.resolve()).finally(() => {
    exitProcess(code)
  })
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    app.quit()
  })
}

const require = createRequire(join(folder, 'package.json'))
for (const preload of preloads) require(resolve(preload))
await runToReady(pathToFileURL(main).href)
if (!isEnding()) await start()

/**
 * `ready` waits for the main file, top-level awaits included, unless that waits for `ready` itself: then nothing keeps
 * the event loop busy, which is where Electron goes on as well.
 */
async function runToReady(url: string): Promise<void> {
  const idle = new Promise<void>((resolve) => {
    process.once('beforeExit', () => {
      resolve()
    })
  })
  const loaded = import(url).catch((error: unknown) => {
    // As if it had been thrown by the app on its own: Node says so and ends with 1.
    setImmediate(() => {
      throw error
    })
  })
  await Promise.race([loaded, idle])
}

async function start(): Promise<void> {
  const [gatePort] = await Promise.all([
    listen((_request, response) => {
      response.writeHead(204).end()
    }),
    serveSchemes(),
  ])
  chromium = await Chromium.start(switchArguments())
  void chromium.ended.then(() => {
    chromiumEnded()
  })
  const { connection, pid } = chromium
  provideEngine({ connection, pid, headed: isHeaded(), gateUrl: `http://127.0.0.1:${gatePort}/` })
  await watchTargets(connection)
  becomeReady()
}
