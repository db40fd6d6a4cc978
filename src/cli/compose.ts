/** Builds what a command needs and hands it over with one disposal. */
import { constants } from 'node:os'
import type { Log } from '../shared/log.ts'
import { TUNING, type Tuning } from '../shared/tuning.ts'
import type { Wishes } from '../shared/worker-frames.ts'
import { defaultRecordsFolder, openRunRecords } from '../supervisor/run-records.ts'
import { Supervisor } from '../supervisor/supervisor.ts'
import { systemClock } from '../process/system-clock.ts'
import { childProcessAdapter } from './child-process-adapter.ts'
import { modelRequest, WORKER_ENTRY } from './resources.ts'

export interface Composition {
  readonly modelFolder: string
  readonly log: Log
  /** Files give way to whatever else the machine does; a person who speaks does not wait. */
  readonly live: boolean
  readonly threads?: number | undefined
  readonly wishes?: Wishes
  readonly tuning?: Partial<Tuning>
}

export function composeSupervisor({
  modelFolder,
  log,
  live,
  threads,
  wishes,
  tuning,
}: Composition): Supervisor {
  return new Supervisor({
    adapter: childProcessAdapter(WORKER_ENTRY),
    model: modelRequest(modelFolder, threads, wishes),
    clock: systemClock,
    tuning: { ...TUNING, ...tuning },
    log,
    priority: live ? 0 : constants.priority.PRIORITY_BELOW_NORMAL,
    records: openRunRecords(defaultRecordsFolder(), log),
  })
}
