import type { Clock } from '../shared/clock.ts'

/** The one place where the system's own time comes in. Its timers hold the process until they ran or are disposed. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return {
      [Symbol.dispose]() {
        clearTimeout(timer)
      },
    }
  },
}
