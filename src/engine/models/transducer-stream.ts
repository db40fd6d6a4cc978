/**
 * One utterance through a streaming transducer: audio → frames → overlapping windows → encoder with carried states →
 * search. What was said stays said.
 */
import type { Pcm } from '../../shared/audio.ts'
import type { PhraseBoost } from '../decode/phrase-boost.ts'
import type { EncoderSteps, TransducerSearch } from '../decode/transducer-search.ts'
import type { IncrementalFeatures } from '../features/incremental.ts'
import type { FrameMajor } from '../features/matrix.ts'
import type { Tensors } from '../graph.ts'
import type { Hypothesis, StreamingDecode } from '../model.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import { hypothesisOf } from './piece-wishes.ts'

const SAMPLES_PER_FRAME = 160
const SECONDS_PER_FRAME = 0.01

/** An encoder of fixed windows. */
export interface WindowedEncoder {
  /** Frames of one window, and from one window to the next. */
  readonly window: number
  readonly shift: number
  /** Frames of zeros before the first one. */
  readonly lead: number
  /** Frames of silence behind the last one, so that all is said before the end. */
  readonly tail: number
  readonly states: Tensors
  encode(
    window: FrameMajor,
    states: Tensors,
  ): Promise<{ readonly steps: EncoderSteps; readonly states: Tensors }>
}

export interface TransducerStreamParts<Context> {
  readonly encoder: WindowedEncoder
  readonly features: IncrementalFeatures
  readonly search: TransducerSearch<Context>
  readonly tokenizer: PieceTokenizer
  readonly boost: PhraseBoost | undefined
}

export class TransducerStream<Context> implements StreamingDecode {
  readonly #parts: TransducerStreamParts<Context>
  /** Frames that have not left the window. */
  #frames: Float32Array | undefined
  #states: Tensors
  #windows = 0

  constructor(parts: TransducerStreamParts<Context>) {
    this.#parts = parts
    this.#states = parts.encoder.states
  }

  /** What the encoder remembers, by the names of its inputs. */
  get states(): Tensors {
    return this.#states
  }

  /** Ids of what was said. */
  get tokens(): number[] {
    return this.#parts.search.hypothesis.tokens.map(({ id }) => id)
  }

  async push(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    await this.#hear(this.#parts.features.push(pcm), signal)
    return this.#hypothesis()
  }

  async finish(signal?: AbortSignal): Promise<Hypothesis> {
    const { features, encoder } = this.#parts
    const silence = new Float32Array(encoder.tail * SAMPLES_PER_FRAME)
    await this.#hear(features.push(silence), signal)
    await this.#hear(features.finish(), signal)
    return this.#hypothesis()
  }

  fork(): TransducerStream<Context> {
    const { features, search } = this.#parts
    const other = new TransducerStream({ ...this.#parts, features: features.fork(), search: search.fork() })
    other.#frames = this.#frames
    other.#states = this.#states
    other.#windows = this.#windows
    return other
  }

  async #hear({ data, bands }: FrameMajor, signal?: AbortSignal): Promise<void> {
    const { encoder, search } = this.#parts
    this.#frames = joined(this.#frames ?? new Float32Array(encoder.lead * bands), data)
    const length = encoder.window * bands
    for (; this.#frames.length >= length; this.#frames = this.#frames.slice(encoder.shift * bands)) {
      signal?.throwIfAborted()
      const window = {
        layout: 'frame-major',
        data: this.#frames.slice(0, length),
        frames: encoder.window,
        bands,
      } as const
      const { steps, states } = await encoder.encode(window, this.#states)
      this.#states = states
      this.#windows += 1
      await search.hear(steps, signal)
    }
  }

  #hypothesis(): Hypothesis {
    const { encoder, search, tokenizer, boost } = this.#parts
    const seconds = this.#windows * encoder.shift * SECONDS_PER_FRAME
    return hypothesisOf(search.hypothesis, tokenizer, seconds / Math.max(1, search.steps), boost)
  }
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
