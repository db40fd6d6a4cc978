/** SIGKILL to a command line at a random instant of a batch: two seconds later nothing of it may run. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { WORKER_ENTRY } from '../../src/cli/resources.ts'
import { speechClips } from '../fakes/speech.ts'
import type { Tally } from './tally.ts'

const COMMAND = join(import.meta.dirname, '../../src/cli/transcribe.ts')
/** From before the worker's fork to the middle of the batch. */
const SPAN_MS = 2_500
const GRACE_MS = 2_000

export async function killParents(runs: number, random: () => number, tally: Tally): Promise<void> {
  const files = speechClips().map(({ path }) => path)
  for (let run = 0; run < runs; run++) {
    const parent = spawn(process.execPath, [COMMAND, ...files], { stdio: 'ignore' })
    await sleep(random() * SPAN_MS)
    parent.kill('SIGKILL')
    await once(parent, 'close')
    tally.runs += 1
    await endOrphansOf(parent.pid, tally)
    if ((run + 1) % 50 === 0) process.stdout.write(`${run + 1} kills of the parent\n`)
  }
}

/** Gives the workers of a killed parent two seconds; what runs on then is counted, and ended. */
export async function endOrphansOf(parent: number | undefined, tally: Tally): Promise<void> {
  const end = performance.now() + GRACE_MS
  while (workersOf(parent).length > 0 && performance.now() < end) await sleep(20)
  for (const pid of workersOf(parent)) {
    tally.orphans += 1
    process.stderr.write(`worker ${pid} outlived its parent\n`)
    process.kill(pid, 'SIGKILL')
  }
}

/** The transcription processes that this parent started: each is given its parent's pid. */
function workersOf(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        return args.includes(WORKER_ENTRY) && args.includes(`${parent ?? ''}`)
      } catch {
        return false
      }
    })
}
