import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,contract}/**/*.test.ts'],
    reporters: ['default', './test/tally-reporter.ts'],
    testTimeout: 30_000,
    // Real processes and native inference share two cores with the tests themselves.
    maxWorkers: 2,
  },
})
