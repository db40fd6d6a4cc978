import type { Clock } from '../../../shared/clock.ts'

/** The page's own time. */
export const browserClock: Clock = {
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
