/** Shutdown as a list of named acts: each runs whatever became of the one before, each is logged with its time. */
import type { Clock } from './clock.ts'
import { textOf } from './errors.ts'
import type { Log } from './log.ts'

export interface Act {
  readonly name: string
  readonly run: () => void | Promise<void>
}

/** Runs the acts in order; rejects with an AggregateError of all that failed, after all have run. */
export async function runActs(acts: readonly Act[], clock: Clock, log: Log): Promise<void> {
  const faults: unknown[] = []
  for (const [index, act] of acts.entries()) {
    const begun = clock.now()
    let outcome = ''
    try {
      await act.run()
    } catch (error) {
      faults.push(error)
      outcome = ` failed: ${textOf(error)}`
    }
    const ms = Math.round(clock.now() - begun)
    log(
      outcome === '' ? 'info' : 'error',
      `shutdown ${index + 1}/${acts.length} ${act.name}: ${ms} ms${outcome}`,
    )
  }
  if (faults.length > 0) throw new AggregateError(faults, 'shutdown was not complete')
}
