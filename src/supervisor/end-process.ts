/** Asks, waits, kills, waits: how every process of ours is ended. */
import { settlesWithin, type Clock } from '../shared/clock.ts'
import type { Tuning } from '../shared/tuning.ts'
import type { OwnProcess } from './process-adapter.ts'

export interface Ending<To> {
  readonly process: OwnProcess<To>
  /** The polite request; undefined when asking is pointless and the kill is all there is. */
  readonly ask: To | undefined
  /** Settles with the observed exit. */
  readonly exited: Promise<unknown>
  readonly clock: Clock
  readonly tuning: Tuning
}

/** Whether the exit was seen within `stopTotalMs`. */
export async function endProcess<To>({ process, ask, exited, clock, tuning }: Ending<To>): Promise<boolean> {
  if (ask === undefined) {
    process.kill()
    return await settlesWithin(clock, tuning.stopTotalMs, exited)
  }
  process.post(ask)
  process.disconnect()
  if (await settlesWithin(clock, tuning.stopAskMs, exited)) return true
  process.kill()
  return await settlesWithin(clock, tuning.stopTotalMs - tuning.stopAskMs, exited)
}
