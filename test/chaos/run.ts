/**
 * `npm run chaos -- [--runs N] [--parents N] [--seed N]`: kills processes at random instants and looks whether what
 * was said is lost. Ends with one line of JSON: runs, lost, mismatches, orphans. Linux.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { killParents } from './kill-parents.ts'
import { killWorkers } from './kill-workers.ts'
import { randomNumbers } from './random.ts'
import type { Tally } from './tally.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    parents: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
})

const random = randomNumbers(Number(values.seed))
const tally: Tally = { runs: 0, lost: 0, mismatches: 0, orphans: 0 }
await killWorkers(Number(values.runs), random, tally)
await killParents(Number(values.parents), random, tally)
process.stdout.write(`${JSON.stringify(tally)}\n`)
process.exitCode = tally.lost + tally.mismatches + tally.orphans === 0 ? 0 : 1
