/** Ends a recording after silence: how much of it depends on what holds the recording open. */
import type { Clock } from '../../shared/clock.ts'
import type { Grip } from '../../shared/dictation.ts'
import type { Settings } from '../../shared/settings.ts'

/** Undefined: silence does not end it. Pure. */
export function silenceLimitMs(grip: Grip, settings: Settings): number | undefined {
  switch (grip) {
    case 'held':
      return undefined
    case 'latched':
      return settings.autoStopSilenceMs ?? undefined
    case 'hands-free':
      return settings.handsFreeSilenceMs
  }
}

export class SilenceStop implements Disposable {
  readonly #clock: Clock
  readonly #limitMs: () => number | undefined
  readonly #firstMs: number
  readonly #ended: () => void
  #timer: Disposable | undefined
  #spoken = false

  /**
   * @param limitMs is asked when silence begins.
   * @param firstMs is the least that somebody may think before the first word.
   */
  constructor(clock: Clock, limitMs: () => number | undefined, firstMs: number, ended: () => void) {
    this.#clock = clock
    this.#limitMs = limitMs
    this.#firstMs = firstMs
    this.#ended = ended
  }

  /** A recording begins. */
  begin(): void {
    this[Symbol.dispose]()
    this.#spoken = false
  }

  /** The voice detector says so. */
  voice(speaking: boolean): void {
    this[Symbol.dispose]()
    this.#spoken ||= speaking
    const limitMs = speaking ? undefined : this.#limitMs()
    if (limitMs === undefined) return
    this.#timer = this.#clock.after(this.#spoken ? limitMs : Math.max(limitMs, this.#firstMs), this.#ended)
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = undefined
  }
}
