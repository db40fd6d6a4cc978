/** Notices that an open microphone gives nothing, from the start or any more: a hung driver, or a machine that slept. */
import type { Clock } from '../../../shared/clock.ts'
import type { Tuning } from '../../../shared/tuning.ts'

export type StallTuning = Pick<Tuning, 'firstFrameMs' | 'captureStallMs'>

export class StallWatch implements Disposable {
  readonly #clock: Clock
  readonly #tuning: StallTuning
  readonly #stalled: () => void
  #timer: Disposable | undefined
  #waitsForFirst = false
  #heard = false

  constructor(clock: Clock, tuning: StallTuning, stalled: () => void) {
    this.#clock = clock
    this.#tuning = tuning
    this.#stalled = stalled
  }

  start(): void {
    this.stop()
    this.#waitsForFirst = true
    this.#timer = this.#clock.after(this.#tuning.firstFrameMs, this.#stalled)
  }

  stop(): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = undefined
    this.#waitsForFirst = false
  }

  /** A frame has come. */
  alive(): void {
    this.#heard = true
    if (!this.#waitsForFirst) return
    this.stop()
    this.#look()
  }

  [Symbol.dispose](): void {
    this.stop()
  }

  /** A page that was held up itself finds its frames between two looks: so it takes two in silence. */
  #look(silentBefore = false): void {
    const silent = !this.#heard
    this.#heard = false
    if (silent && silentBefore) {
      this.stop()
      this.#stalled()
      return
    }
    this.#timer = this.#clock.after(this.#tuning.captureStallMs / 2, () => {
      this.#look(silent)
    })
  }
}
