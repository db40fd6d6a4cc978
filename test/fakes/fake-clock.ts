import type { Clock } from '../../src/shared/clock.ts'

interface Timer {
  readonly dueAt: number
  readonly run: () => void
}

/** A clock that moves only when told; between timers it lets every pending promise run. */
export class FakeClock implements Clock {
  #now = 0
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#now
  }

  after(delayMs: number, run: () => void): Disposable {
    const timer = { dueAt: this.#now + delayMs, run }
    this.#timers.add(timer)
    return { [Symbol.dispose]: () => void this.#timers.delete(timer) }
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.dueAt)
      next.run()
      await settle()
    }
    this.#now = end
    await settle()
  }

  /** Jumps like a machine that slept: timers that fell due meanwhile fire late. */
  async sleep(ms: number): Promise<void> {
    this.#now += ms
    await this.advance(0)
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.dueAt <= end && (first === undefined || timer.dueAt < first.dueAt)) first = timer
    }
    return first
  }
}

/** Lets everything that is ready run: promise jobs, and the macrotasks they start. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
