/**
 * Notices that an answer is overdue. Work that is owed is announced with `expect`, any sign of progress with `feed`,
 * and `rest` says that nothing is owed.
 *
 * A timer that fires much too late means that the machine slept or that we were starved: the other side had no chance
 * to answer either, so it gets one more turn.
 */
import type { Clock } from '../shared/clock.ts'

export class Watchdog implements Disposable {
  readonly #clock: Clock
  readonly #lateMs: number
  readonly #bark: (silentMs: number) => void
  #allowanceMs: number | undefined
  #fedAt = 0
  #timer: { handle: Disposable; dueAt: number } | undefined

  constructor(clock: Clock, lateMs: number, bark: (silentMs: number) => void) {
    this.#clock = clock
    this.#lateMs = lateMs
    this.#bark = bark
  }

  /** An answer is owed within `allowanceMs` of the last progress; calling it again only changes the allowance. */
  expect(allowanceMs: number): void {
    if (this.#allowanceMs === allowanceMs) return
    if (this.#allowanceMs === undefined) this.#fedAt = this.#clock.now()
    this.#allowanceMs = allowanceMs
    this.#arm()
  }

  feed(): void {
    this.#fedAt = this.#clock.now()
  }

  rest(): void {
    this.#allowanceMs = undefined
    this.#disarm()
  }

  [Symbol.dispose](): void {
    this.rest()
  }

  #arm(): void {
    if (this.#allowanceMs === undefined) return
    const dueAt = this.#fedAt + this.#allowanceMs
    // A timer that fires early looks again, so feeding costs no timer.
    if (this.#timer !== undefined && this.#timer.dueAt <= dueAt) return
    this.#disarm()
    const handle = this.#clock.after(Math.max(0, dueAt - this.#clock.now()), () => {
      this.#fire(dueAt)
    })
    this.#timer = { handle, dueAt }
  }

  #fire(dueAt: number): void {
    this.#timer = undefined
    if (this.#allowanceMs === undefined) return
    const now = this.#clock.now()
    if (now - dueAt > this.#lateMs) this.#fedAt = now
    if (now >= this.#fedAt + this.#allowanceMs) {
      const silentMs = now - this.#fedAt
      this.rest()
      this.#bark(silentMs)
    } else {
      this.#arm()
    }
  }

  #disarm(): void {
    this.#timer?.handle[Symbol.dispose]()
    this.#timer = undefined
  }
}
