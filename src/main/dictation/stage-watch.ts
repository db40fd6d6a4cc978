/** When the moments of one dictation were, and how long its stages took. */
import type { Clock } from '../../shared/clock.ts'
import type { Stage } from '../../shared/dictation.ts'
import type { StageTimes } from './ports.ts'

type Moment = 'request' | 'sound' | 'release' | 'lastSample' | 'text' | 'delivered'

const ENDS: Readonly<Record<Stage, readonly [from: Moment, to: Moment]>> = {
  'key to first sample': ['request', 'sound'],
  'release to last sample': ['release', 'lastSample'],
  'last sample to text': ['lastSample', 'text'],
  'text to clipboard': ['text', 'delivered'],
}

export class StageWatch {
  readonly #clock: Clock
  readonly #at = new Map<Moment, number>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.mark('request')
  }

  /** The first of its kind counts. */
  mark(moment: Moment): void {
    if (!this.#at.has(moment)) this.#at.set(moment, this.#clock.now())
  }

  /** Milliseconds since the request. */
  sinceRequest(): number {
    return this.#clock.now() - (this.#at.get('request') ?? 0)
  }

  /** Milliseconds of the stages that have begun and ended. */
  times(): StageTimes {
    const times: Partial<Record<Stage, number>> = {}
    for (const [stage, [from, to]] of Object.entries(ENDS) as [Stage, (typeof ENDS)[Stage]][]) {
      const [begun, ended] = [this.#at.get(from), this.#at.get(to)]
      if (begun !== undefined && ended !== undefined) times[stage] = ended - begun
    }
    return times
  }
}
