/**
 * `npm start`: opens the app, in Electron where there is one or one can be had, else in the stand-in of test/host with
 * a real Chromium. Without a display it speaks the bundled clip through the whole app and prints the words; without a
 * browser, through the command line. One line says which.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { buildApp } from './build-app.ts'
import { ensureChromium, findElectron, hasDisplay } from './engines.ts'

const root = resolve(import.meta.dirname, '..')
const HOST = join(root, 'test/host/bin/electron')

await buildApp(root)
const electron = findElectron(root, say)
const chromium = electron !== undefined && hasDisplay() ? undefined : ensureChromium(say)

if (hasDisplay() && electron !== undefined) {
  say(`Steno runs in Electron (${electron}).`)
  await open(electron)
} else if (hasDisplay() && chromium !== undefined) {
  say(`Electron is not on this machine: Steno runs in its stand-in on Chromium (${chromium}).`)
  await open(HOST)
} else if (chromium !== undefined) {
  say(`There is no display: the bundled clip is spoken into the app, headless on Chromium (${chromium}).`)
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(root, 'test/host/bin')
  const { speakThroughApp } = await import('./speak-through-app.ts')
  await speakThroughApp(root)
} else {
  say('There is neither a display nor a Chromium: the bundled clip goes through the command line.')
  await import('../src/cli/start.ts')
}

async function open(executable: string): Promise<void> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = spawn(executable, [...sandbox, root, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C reaches the app as well: it leaves by itself, and we leave with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.kill(signal))
  const [code] = (await once(app, 'exit')) as [number | null]
  process.exitCode = code ?? 1
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
