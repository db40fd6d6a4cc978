/** Whisper's graphs, in whichever layout: hear a window, read a prompt, go on token by token. */
import type { Pcm } from '../../shared/audio.ts'
import type { BandMajor } from '../features/matrix.ts'
import { scaleWhisper, WhisperFrontEnd } from '../features/whisper.ts'
import { floats, floatTensor, Graph, mismatch, type Tensors } from '../graph.ts'
import type { Ort } from '../runtime.ts'
import { openDecoder } from './decoder-pair.ts'
import type { CachedDecoder, DecoderStep } from './merged-decoder.ts'
import type { Seq2SeqFiles } from './seq2seq-files.ts'

export interface WhisperNetwork extends AsyncDisposable {
  /** Of the decoder, for messages. */
  readonly file: string
  /** What `hear` wants of a window of at most 30 s; what is longer is left out. */
  features(pcm: Pcm): BandMajor
  /** What every step of a decode takes. */
  hear(features: BandMajor): Promise<Tensors>
  start(heard: Tensors, prompt: readonly number[]): Promise<DecoderStep>
  advance(step: DecoderStep, token: number): Promise<DecoderStep>
}

/**
 * As transformers.js has it. Encoder: `input_features` [1, bands, 3000] → `last_hidden_state` [1, 1500, d]; decoder:
 * merged-decoder.ts or decoder-pair.ts.
 */
export class OptimumWhisper implements WhisperNetwork {
  readonly #encoder: Graph
  readonly #decoder: CachedDecoder
  readonly #frontEnd: WhisperFrontEnd

  private constructor(encoder: Graph, decoder: CachedDecoder, bands: 80 | 128) {
    this.#encoder = encoder
    this.#decoder = decoder
    this.#frontEnd = new WhisperFrontEnd(bands)
  }

  /** @param files paths. Rejects with a StenoError that names the file. */
  static async open(
    ort: Ort,
    files: Seq2SeqFiles,
    threads: number,
    bands: 80 | 128,
  ): Promise<OptimumWhisper> {
    await using stack = new AsyncDisposableStack()
    const names = { inputs: ['input_features'], outputs: ['last_hidden_state'] }
    const encoder = stack.use(await Graph.open(ort, files.encoder, threads, names))
    const decoder = stack.use(await openDecoder(ort, files, threads))
    stack.move()
    return new OptimumWhisper(encoder, decoder, bands)
  }

  get file(): string {
    return this.#decoder.file
  }

  features(pcm: Pcm): BandMajor {
    return scaleWhisper(this.#frontEnd.paddedLogMel(pcm))
  }

  async hear({ data, bands, frames }: BandMajor): Promise<Tensors> {
    const { ort, file } = this.#encoder
    const { type } = this.#encoder.input('input_features')
    const { last_hidden_state: hidden } = await this.#encoder.run(
      { input_features: floatTensor(ort, type, data, [1, bands, frames]) },
      ['last_hidden_state'],
    )
    if (hidden === undefined) throw mismatch(file, 'it gives no “last_hidden_state”')
    const wanted = this.#decoder.hiddenType
    if (hidden.type === wanted) return { encoder_hidden_states: hidden }
    const values = floats(hidden, 'last_hidden_state', file)
    return { encoder_hidden_states: floatTensor(ort, wanted, values, hidden.dims) }
  }

  start(heard: Tensors, prompt: readonly number[]): Promise<DecoderStep> {
    return this.#decoder.start(heard, prompt)
  }

  advance(step: DecoderStep, token: number): Promise<DecoderStep> {
    return this.#decoder.advance(step, token)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#decoder[Symbol.asyncDispose]()
    await this.#encoder[Symbol.asyncDispose]()
  }
}
