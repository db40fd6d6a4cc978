/**
 * `npm run test:e2e -- [--engine host|electron] [Playwright's own arguments]`: looks whether the engine is there, builds
 * the app, then runs the end-to-end suite on it under this Node.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { buildApp } from '../../scripts/build-app.ts'
import { ensureChromium } from '../../scripts/engines.ts'

const root = resolve(import.meta.dirname, '../..')
const modules = join(root, 'node_modules')

const args = process.argv.slice(2)
const at = args.indexOf('--engine')
const engine = at < 0 ? 'host' : (args.splice(at, 2)[1] ?? '')

const problem = whatIsMissing(engine)
if (problem === undefined) {
  await buildApp(root)
  const cli = join(modules, '@playwright/test/cli.js')
  const config = join(import.meta.dirname, 'playwright.config.ts')
  const child = spawn(process.execPath, [cli, 'test', '--config', config, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, STENO_ENGINE: engine },
  })
  // Ctrl-C reaches the child as well; it ends its own tests and says how that went.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
} else {
  process.stderr.write(`${problem}\n`)
  process.exitCode = 1
}

/** One line for a person, or nothing when the engine can run. */
function whatIsMissing(name: string): string | undefined {
  if (name === 'host') {
    if (ensureChromium((text) => process.stderr.write(`${text}\n`)) !== undefined) return undefined
    return 'No Chromium was found: apt-get install chromium fonts-dejavu-core, or name yours in STENO_CHROMIUM.'
  }
  if (name !== 'electron') return `--engine ${name}: it is host or electron.`
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(modules, 'electron/dist')
  if (!existsSync(dist)) {
    return `No Electron at ${dist}: run npx install-electron on a machine that can download it.`
  }
  const displays = [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']]
  if (process.platform === 'linux' && displays.every((display) => display === undefined)) {
    return 'Electron needs a display: run this under xvfb-run -a (apt-get install xvfb).'
  }
  return undefined
}
