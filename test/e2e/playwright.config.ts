/** One suite, two engines: `run.ts` says which through STENO_ENGINE. */
import { join, resolve } from 'node:path'
import process from 'node:process'
import { defineConfig } from '@playwright/test'
import type { LaunchFixtures, WorkerFixtures } from './engine.ts'

const root = resolve(import.meta.dirname, '../..')
const engine = process.env['STENO_ENGINE'] === 'electron' ? 'electron' : 'host'
if (engine === 'host') process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(root, 'test/host/bin')

const config = defineConfig<LaunchFixtures, WorkerFixtures>({
  testDir: import.meta.dirname,
  outputDir: join(root, 'out/e2e'),
  // Every test starts its own app with its own folder, so tests do not meet.
  fullyParallel: true,
  workers: 2,
  // Clips play in real time, and the machine may be busy with other work.
  timeout: 120_000,
  // A shared CI machine now and then stops for seconds; what needed a second try is listed as flaky.
  retries: process.env['CI'] === undefined ? 0 : 2,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  // `@real` needs Electron itself; `@host` reaches into the stand-in.
  grepInvert: engine === 'host' ? /@real/ : /@host/,
  reporter: [['list'], ['./tally-reporter.ts']],
  use: { engine },
})

export { config as default }
