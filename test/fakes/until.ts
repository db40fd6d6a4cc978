import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 10

/** Waits for what a real process will do; rejects when it has not after `ms`. */
export async function until(condition: () => boolean, what: string, ms = 15_000): Promise<void> {
  const end = performance.now() + ms
  while (!condition()) {
    if (performance.now() > end) throw new Error(`after ${ms} ms there was still no ${what}`)
    await sleep(POLL_MS)
  }
}
