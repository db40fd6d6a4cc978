/** Notices that an open microphone gives nothing any more, as after sleep or with a hung driver. */
import type { Clock } from '../../../shared/clock.ts'

export class StallWatch implements Disposable {
  readonly #clock: Clock
  readonly #lookEveryMs: number
  readonly #stalled: () => void
  #timer: Disposable | undefined
  #heard = false

  constructor(clock: Clock, stallMs: number, stalled: () => void) {
    this.#clock = clock
    this.#lookEveryMs = stallMs / 2
    this.#stalled = stalled
  }

  start(): void {
    this.stop()
    this.#heard = true
    this.#look()
  }

  stop(): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = undefined
  }

  alive(): void {
    this.#heard = true
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
    this.#timer = this.#clock.after(this.#lookEveryMs, () => {
      this.#look(silent)
    })
  }
}
