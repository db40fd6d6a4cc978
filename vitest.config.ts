import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Electron's own package tries to download its binary when it is imported outside Electron.
    alias: { electron: resolve('test/fakes/electron.ts') },
  },
  test: {
    include: ['test/{unit,contract}/**/*.test.ts'],
    reporters: ['default', './test/tally-reporter.ts'],
    testTimeout: 30_000,
    // A shared CI machine now and then stops for seconds.
    retry: process.env['CI'] === undefined ? 0 : 1,
    // Real processes and native inference share two cores with the tests themselves.
    maxWorkers: 2,
  },
})
