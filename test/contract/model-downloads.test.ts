/** A few of the sequences of `npm run chaos -- --only downloads`: real processes, killed while models come. */
import { expect, test } from 'vitest'
import { downloads } from '../chaos/downloads.ts'
import { randomNumbers } from '../chaos/random.ts'

test('models come whole or not at all, whenever the process is killed', { timeout: 120_000 }, async () => {
  const tally = await downloads(4, randomNumbers(7))
  const failed = Object.values(tally.errors).reduce((sum, count) => sum + count, 0)
  expect(tally.faults).toBe(0)
  expect(tally.whole + failed).toBe(8)
  expect(tally.struck).toBeGreaterThan(0)
})
