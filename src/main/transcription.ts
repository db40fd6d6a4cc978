/** The app's supervisor: live speech, the starter model, the worker as a utility process. */
import { availableParallelism } from 'node:os'
import type { StenoError } from '../shared/errors.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Settings } from '../shared/settings.ts'
import type { Tuning } from '../shared/tuning.ts'
import type { ModelRequest } from '../shared/worker-frames.ts'
import type { RunRecords } from '../supervisor/run-records.ts'
import { Supervisor } from '../supervisor/supervisor.ts'
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

/** What the settings ask of the recogniser. */
export function modelRequest({ language, translate, vocabulary }: Settings): ModelRequest {
  return {
    folder: starterModel(),
    vad: sileroGraph(),
    threads: Math.max(1, Math.min(THREADS_AT_MOST, availableParallelism() - 1)),
    wishes: { language: language ?? undefined, translate, vocabulary },
  }
}
