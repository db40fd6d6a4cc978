import process from 'node:process'
import type { Reporter, TestCase } from '@playwright/test/reporter'

/** Ends the run with one plain line that any log reader can find: `N passed, N failed`. */
class TallyReporter implements Reporter {
  readonly #tests = new Set<TestCase>()
  #errorsOutsideTests = 0

  onTestEnd(test: TestCase): void {
    this.#tests.add(test)
  }

  onError(): void {
    this.#errorsOutsideTests++
  }

  onEnd(): void {
    const outcomes = [...this.#tests].map((test) => test.outcome())
    const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length
    const passed = count('expected') + count('flaky')
    const failed = count('unexpected') + this.#errorsOutsideTests
    const rest = ['flaky', 'skipped']
      .filter((outcome) => count(outcome) > 0)
      .map((outcome) => `, ${count(outcome)} ${outcome}`)
    process.stdout.write(`\n${passed} passed, ${failed} failed${rest.join('')}\n`)
  }

  printsToStdio(): boolean {
    return true
  }
}

export { TallyReporter as default }
