/** The app's supervisor: live speech, the starter model, the worker as a utility process. */
import { availableParallelism } from 'node:os'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Tuning } from '../shared/tuning.ts'
import type { RunRecords } from '../supervisor/run-records.ts'
import { Supervisor } from '../supervisor/supervisor.ts'
import { sileroGraph, starterModel, workerEntry } from './paths.ts'
import { utilityAdapter } from './system/utility-adapter.ts'

/** More threads than these make a small model slower. */
const THREADS_AT_MOST = 4

export function createSupervisor(clock: Clock, tuning: Tuning, records: RunRecords, log: Log): Supervisor {
  return new Supervisor({
    adapter: utilityAdapter(workerEntry, 'Steno transcription'),
    model: {
      folder: starterModel(),
      vad: sileroGraph(),
      threads: Math.max(1, Math.min(THREADS_AT_MOST, availableParallelism() - 1)),
    },
    clock,
    tuning,
    log,
    records,
  })
}
