/**
 * An engine whose text tells which samples it heard: sample n has the value n, and each line of SEGMENT samples reads
 * `first-last`. A lost, doubled or reordered sample therefore shows in the text.
 */
import { secondsOf } from '../../src/shared/audio.ts'
import type { Live } from '../../src/engine/partials/preview.ts'
import type { Line, PartialLine, Word } from '../../src/shared/transcript.ts'
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
    openStream: (from, events, signal, live) =>
      new CountingStream({ from, events, signal, live, hooks, unit }),
  }
}

interface CountingParts {
  readonly from: number
  readonly events: EngineEvents
  readonly signal: AbortSignal
  readonly live: Live | undefined
  readonly hooks: Hooks
  readonly unit: number
}

class CountingStream implements EngineStream {
  end: number
  readonly #parts: CountingParts
  #heard: number[] = []
  #ending = false

  constructor(parts: CountingParts) {
    this.end = parts.from
    this.#parts = parts
  }

  async push(pcm: Float32Array): Promise<void> {
    for (const sample of pcm) {
      this.#heard.push(sample / this.#parts.unit)
      this.end += 1
      if (this.#heard.length === SEGMENT) await this.#decode()
    }
    const { live, events } = this.#parts
    if (live?.behind() === false) events.partial(this.#soFar())
  }

  expectEnd(): void {
    this.#ending = true
  }

  async finish(): Promise<void> {
    if (this.#heard.length > 0) await this.#decode()
  }

  async #decode(): Promise<void> {
    const heard = this.#heard
    const { hooks, signal, events } = this.#parts
    const first = heard[0] ?? NaN
    await hooks.beforeDecode?.(first)
    signal.throwIfAborted()
    this.#heard = []
    const contiguous = heard.every((sample, index) => sample === first + index)
    const text = contiguous ? `${first}-${first + heard.length - 1}` : 'GAP'
    const line: Line = {
      text,
      start: secondsOf(this.end - heard.length),
      end: secondsOf(this.end),
      words: [],
    }
    events.settled(this.end, line)
  }

  /** Each tenth of the segment is a word, final once the next one is heard; all are when the end is near. */
  #soFar(): PartialLine {
    const tenths = Math.ceil((10 * this.#heard.length) / SEGMENT)
    const first = secondsOf(this.end - this.#heard.length)
    const words = Array.from({ length: tenths }, (_, index): Word => {
      const start = first + index / 10
      return { text: start.toFixed(1), start, end: start + 0.1, confidence: 1 }
    })
    const stable = this.#ending ? tenths : Math.max(0, tenths - 1)
    return { stable: words.slice(0, stable), tentative: words.slice(stable) }
  }
}
