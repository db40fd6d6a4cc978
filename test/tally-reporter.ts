import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that any log reader can find: `N passed, N failed`. */
class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state]++
    }
    const brokenFiles = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0)
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    process.stdout.write(`\n${count.passed} passed, ${count.failed + brokenFiles.length} failed${skipped}\n`)
  }
}

export default TallyReporter
