/**
 * `npm run chaos -- [--runs N] [--KIND N …] [--seed N]`: kills processes at random instants, fills disks, cuts and
 * damages files, goes on for hours, and looks whether anything that was said is lost. `--only KIND,KIND` leaves the
 * others out. Each kind ends with one line of JSON. Linux.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { downloads } from './downloads.ts'
import { fullDisks } from './full-disk.ts'
import { killDesks } from './kill-desks.ts'
import { killHooks, killPages } from './kill-pages.ts'
import { killParents } from './kill-parents.ts'
import { killFamilies, killWorkers } from './kill-workers.ts'
import { malformed } from './malformed.ts'
import { mutilatedFolders } from './mutilated-folders.ts'
import { randomNumbers } from './random.ts'
import { soak } from './soak.ts'
import { newTally, type Tally } from './tally.ts'
import { truncations } from './truncations.ts'

type Random = () => number

interface Kind {
  /** How many there are unless it is said. */
  readonly count: number
  readonly run: (count: number, random: Random) => Promise<object | undefined> | object
}

const KINDS: Readonly<Record<string, Kind>> = {
  /** Kills of the worker. */
  runs: { count: 200, run: kills(killWorkers) },
  /** Of the worker with a model of each family and layout. */
  families: { count: 10, run: kills(killFamilies) },
  /** Of the command line. */
  parents: { count: 100, run: kills(killParents) },
  /** Of main, without its pages. */
  mains: { count: 200, run: kills(killDesks) },
  /** Of the page that owns the microphone, and of the key hook, in the whole app. */
  pages: { count: 50, run: kills(killPages) },
  hooks: { count: 50, run: kills(killHooks) },
  mutilated: { count: 1_000, run: mutilatedFolders },
  /** Points at which a disk is filled. */
  disks: { count: 100, run: fullDisks },
  /** Sequences of faults and kills while models come. */
  downloads: { count: 500, run: downloads },
  /** Bytes cut off one by one. */
  truncations: { count: 65_536, run: truncations },
  /** Damaged histories and recordings, and ten times as many settings files. */
  malformed: { count: 1_000, run: (count, random) => malformed(10 * count, count, random) },
  /** Dictations that are started and stopped at once. */
  cycles: { count: 1_000, run: (count, random) => soak(count, 0, random) },
  /** Minutes of speech. */
  soak: { count: 480, run: (count, random) => soak(0, count / 60, random) },
}

const names = Object.keys(KINDS)
const text = { type: 'string' } as const
const { values } = parseArgs({
  options: Object.fromEntries([...names, 'only', 'seed'].map((name) => [name, text])),
})
const { only, seed = '1' } = values
const wanted = only?.split(',') ?? names
let faults = 0
for (const [name, { count, run }] of Object.entries(KINDS)) {
  if (!wanted.includes(name)) continue
  // Numbers of its own: the same whatever came before.
  const report = await run(Number(values[name] ?? count), randomNumbers(Number(seed)))
  process.stdout.write(`${JSON.stringify({ kind: name, ...(report ?? { skipped: 'not possible here' }) })}\n`)
  faults += faultsIn(report ?? {})
}
process.exitCode = faults === 0 ? 0 : 1

function kills(run: (count: number, random: Random, tally: Tally) => Promise<void>): Kind['run'] {
  return async (count, random) => {
    const tally = newTally()
    await run(count, random, tally)
    return { ...tally }
  }
}

function faultsIn(report: object): number {
  const faults = ['lost', 'mismatches', 'orphans', 'faults']
  return Object.entries(report).reduce(
    (sum, [name, count]) => sum + (faults.includes(name) ? Number(count) : 0),
    0,
  )
}
