/** The same recording read by several models, one after the other, since two at once would slow each other down. */
import type { Pcm } from '../../shared/audio.ts'
import { toWire } from '../../shared/errors.ts'
import type { ModelName, Reading } from '../../shared/models.ts'
import type { ModelRequest } from '../../shared/worker-frames.ts'
import type { ReadWith } from './read-with.ts'

export interface ComparisonWorld {
  readonly readWith: ReadWith
  readonly requestOf: (name: ModelName) => ModelRequest
  readonly publish: (readings: readonly Reading[]) => void
}

export class Comparison implements Disposable {
  readonly #world: ComparisonWorld
  #abort: AbortController | undefined
  #readings: readonly Reading[] = []

  constructor(world: ComparisonWorld) {
    this.#world = world
  }

  /** Instead of one that is under way. Never rejects: each reading says how it went. */
  async run(names: readonly ModelName[], pcm: Pcm): Promise<void> {
    this.stop()
    const abort = new AbortController()
    this.#abort = abort
    this.#show(names.map((name) => ({ name, result: { kind: 'waiting' } })))
    for (const name of names) {
      if (abort.signal.aborted) return
      this.#set(name, { kind: 'reading' })
      const result = await this.#read(name, pcm, abort.signal)
      if (!isCurrent(this.#abort, abort)) return
      if (result !== undefined) this.#set(name, result)
    }
    this.#abort = undefined
  }

  /** What was read so far stays; the rest is not shown any more. */
  stop(): void {
    if (this.#abort === undefined) return
    this.#abort.abort()
    this.#abort = undefined
    this.#show(this.#readings.filter(({ result }) => result.kind === 'read' || result.kind === 'failed'))
  }

  [Symbol.dispose](): void {
    this.#abort?.abort()
    this.#abort = undefined
  }

  async #read(name: ModelName, pcm: Pcm, signal: AbortSignal): Promise<Reading['result'] | undefined> {
    try {
      const { text, realTimeFactor } = await this.#world.readWith(this.#world.requestOf(name), pcm, {
        signal,
      })
      return { kind: 'read', text, realTimeFactor }
    } catch (error) {
      return signal.aborted ? undefined : { kind: 'failed', error: toWire(error) }
    }
  }

  #set(name: ModelName, result: Reading['result']): void {
    this.#show(this.#readings.map((one) => (one.name === name ? { name, result } : one)))
  }

  #show(readings: readonly Reading[]): void {
    this.#readings = readings
    this.#world.publish(readings)
  }
}

function isCurrent(now: AbortController | undefined, mine: AbortController): boolean {
  return now === mine
}
