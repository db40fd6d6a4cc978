/**
 * When the speech so far is decoded again, so that text appears as fast as the machine allows and the work per second
 * of speech stays the same however long the segment becomes. Counts in audio, not in wall time: a worker that lags
 * must not decode more often.
 */
import { samplesOf } from '../../shared/audio.ts'

/** Share of a core's time for text that will be decoded again. */
const DUTY = 0.25
/** Sooner nobody reads it, later it does not feel live. */
const EVERY_SECONDS = { least: 0.32, most: 3 }
/** Weight of the newest decode in the mean. */
const NEWEST = 0.5

export class Pace {
  readonly #now: () => number
  #meanMs = 0
  #decoded = -Infinity

  /** @param now milliseconds, monotonic. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** @param heard samples of the utterance. */
  due(heard: number): boolean {
    const seconds = this.#meanMs / 1000 / DUTY
    return (
      heard - this.#decoded >= samplesOf(Math.min(EVERY_SECONDS.most, Math.max(EVERY_SECONDS.least, seconds)))
    )
  }

  /** Runs a decode of what was heard so far, and takes its time. */
  async decode<T>(heard: number, run: () => Promise<T>): Promise<T> {
    this.#decoded = heard
    const begun = this.#now()
    const result = await run()
    const took = this.#now() - begun
    this.#meanMs = this.#meanMs === 0 ? took : NEWEST * took + (1 - NEWEST) * this.#meanMs
    return result
  }
}
