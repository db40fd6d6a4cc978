/**
 * An engine whose text tells which samples it heard: sample n has the value n, and each line of SEGMENT samples reads
 * `first-last`. A lost, doubled or reordered sample therefore shows in the text.
 */
import { secondsOf } from '../../src/shared/audio.ts'
import type { Line } from '../../src/shared/transcript.ts'
import type { Engine, EngineEvents, EngineStream } from '../../src/worker/serve.ts'

export const SEGMENT = 16_000

/** The samples of an utterance of the given length. */
export function countingPcm(from: number, to: number, unit = 1): Float32Array {
  return Float32Array.from({ length: to - from }, (_, index) => (from + index) * unit)
}

/** Sixteen bits count to 32767: what the app's own path lets through unchanged. */
export const UNIT16 = 1 / 32_768

/** What an undisturbed run reads for an utterance of so many samples. */
export function expectedText(samples: number): string {
  const lines: string[] = []
  for (let from = 0; from < samples; from += SEGMENT)
    lines.push(`${from}-${Math.min(from + SEGMENT, samples) - 1}`)
  return lines.join(' ')
}

export interface Hooks {
  /** Runs before each line is decoded; may crash, hang or throw. */
  beforeDecode?(first: number): void | Promise<void>
}

/** @param unit the value of sample 1. */
export function countingEngine(hooks: Hooks = {}, unit = 1): Engine {
  return {
    info: { id: 'counting', family: 'fake', language: 'en', maxSeconds: 20 },
    openStream: (from, events, signal) => new CountingStream(from, events, signal, hooks, unit),
  }
}

class CountingStream implements EngineStream {
  end: number
  readonly #events: EngineEvents
  readonly #signal: AbortSignal
  readonly #hooks: Hooks
  readonly #unit: number
  #heard: number[] = []

  constructor(from: number, events: EngineEvents, signal: AbortSignal, hooks: Hooks, unit: number) {
    this.end = from
    this.#events = events
    this.#signal = signal
    this.#hooks = hooks
    this.#unit = unit
  }

  async push(pcm: Float32Array): Promise<void> {
    for (const sample of pcm) {
      this.#heard.push(sample / this.#unit)
      this.end += 1
      if (this.#heard.length === SEGMENT) await this.#decode()
    }
  }

  async finish(): Promise<void> {
    if (this.#heard.length > 0) await this.#decode()
  }

  async #decode(): Promise<void> {
    const heard = this.#heard
    const first = heard[0] ?? NaN
    await this.#hooks.beforeDecode?.(first)
    this.#signal.throwIfAborted()
    this.#heard = []
    const contiguous = heard.every((sample, index) => sample === first + index)
    const text = contiguous ? `${first}-${first + heard.length - 1}` : 'GAP'
    const line: Line = {
      text,
      start: secondsOf(this.end - heard.length),
      end: secondsOf(this.end),
      words: [],
    }
    this.#events.settled(this.end, line)
  }
}
