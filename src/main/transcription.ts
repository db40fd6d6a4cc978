/** The app's supervisor: live speech, the starter model, the worker as a utility process. */
import { availableParallelism } from 'node:os'
import type { StenoError } from '../shared/errors.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Settings } from '../shared/settings.ts'
import type { Tuning } from '../shared/tuning.ts'
import type { ModelRequest } from '../shared/worker-frames.ts'
import { defaultRecordsFolder, openRunRecords, type RunRecords } from '../supervisor/run-records.ts'
import { Supervisor } from '../supervisor/supervisor.ts'
import { SupervisorPool } from '../supervisor/supervisor-pool.ts'
import { sileroGraph, starterModel, workerEntry } from './paths.ts'
import { utilityAdapter } from './system/utility-adapter.ts'

/** More threads than these make a small model slower. */
const THREADS_AT_MOST = 4

interface Parts {
  readonly clock: Clock
  readonly tuning: Tuning
  readonly records: RunRecords
  readonly log: Log
  readonly fellBack: (reason: StenoError) => void
}

export function createSupervisor(settings: Settings, parts: Parts): Supervisor {
  return new Supervisor({
    ...parts,
    adapter: utilityAdapter(workerEntry, 'Steno transcription'),
    model: modelRequest(settings),
  })
}

/** Recognisers for other work than dictations: another reading of a recording, a look at a model. */
export function createPool(parts: Omit<Parts, 'fellBack' | 'records'>): SupervisorPool {
  return new SupervisorPool(
    (model, priority) =>
      new Supervisor({
        ...parts,
        adapter: utilityAdapter(workerEntry, 'Steno reading'),
        model,
        priority,
        records: openRunRecords(defaultRecordsFolder(), parts.log),
      }),
  )
}

/** What the settings ask of the recogniser. */
export function modelRequest({ language, translate, vocabulary }: Settings): ModelRequest {
  return {
    folder: starterModel(),
    vad: sileroGraph(),
    threads: Math.max(1, Math.min(THREADS_AT_MOST, availableParallelism() - 1)),
    wishes: { language: language ?? undefined, translate, vocabulary },
  }
}
