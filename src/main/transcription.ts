/** The app's supervisors: the one for live speech, with the model that is chosen for it, and those for other work. */
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
import type { Transcription } from './dictation/ports.ts'
import { sileroGraph, starterModel, workerEntry } from './paths.ts'
import { utilityAdapter } from './system/utility-adapter.ts'

/** More threads than these make a small model slower. */
const THREADS_AT_MOST = 4

interface Parts {
  readonly clock: Clock
  readonly tuning: Tuning
  readonly records: RunRecords
  readonly log: Log
  readonly fellBack: (reason: StenoError, failed: ModelRequest) => void
}

export function createSupervisor(model: ModelRequest, parts: Parts): Supervisor {
  return new Supervisor({
    ...parts,
    adapter: utilityAdapter(workerEntry, 'Steno transcription'),
    model,
    fallback: { ...model, folder: starterModel() },
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

/** What the settings ask of a recogniser. */
export function modelRequest(
  { language, translate, vocabulary }: Pick<Settings, 'language' | 'translate' | 'vocabulary'>,
  folder: string,
): ModelRequest {
  return {
    folder,
    vad: sileroGraph(),
    threads: Math.max(1, Math.min(THREADS_AT_MOST, availableParallelism() - 1)),
    wishes: { language: language ?? undefined, translate, vocabulary },
  }
}

/** Each dictation says what is to read it: with the other talk key, the other model. */
export function transcriptionOf(
  supervisor: Supervisor,
  requestOf: (other: boolean) => ModelRequest,
): Transcription {
  return {
    start: (signal) => supervisor.start(signal),
    open: ({ live, other = false }) => supervisor.open({ live, model: requestOf(other) }),
    reset: () => {
      supervisor.reset()
    },
  }
}
