/**
 * `npm run chaos -- [--runs N] [--families N] [--parents N] [--mutilated N] [--seed N]`: kills processes at random
 * instants and looks whether what was said is lost; mutilates model folders and looks what is said of it. Ends with
 * one line of JSON for each of the two. Linux.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { killParents } from './kill-parents.ts'
import { killFamilies, killWorkers } from './kill-workers.ts'
import { mutilatedFolders } from './mutilated-folders.ts'
import { randomNumbers } from './random.ts'
import { newTally } from './tally.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    /** Of each family and layout. */
    families: { type: 'string', default: '10' },
    parents: { type: 'string', default: '100' },
    mutilated: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})

const random = randomNumbers(Number(values.seed))
const tally = newTally()
await killWorkers(Number(values.runs), random, tally)
await killFamilies(Number(values.families), random, tally)
await killParents(Number(values.parents), random, tally)
process.stdout.write(`${JSON.stringify(tally)}\n`)
// Their own numbers: the same folders however many kills came before.
const report = await mutilatedFolders(Number(values.mutilated), randomNumbers(Number(values.seed)))
process.stdout.write(`${JSON.stringify(report)}\n`)
process.exitCode = tally.lost + tally.mismatches + tally.orphans + report.faults === 0 ? 0 : 1
