/**
 * Moonshine v1 (Jeffries et al. 2024, arXiv 2410.15608), tiny and base: raw audio in, no features to compute. Laid
 * out as for transformers.js: `encoder_model`, `decoder_model_merged`, config.json, tokenizer.json.
 *
 * Encoder: `input_values` float32 [1, samples] (and, in some exports, `attention_mask` int64 [1, samples])
 * → `last_hidden_state` [1, T, d], about 41.7 steps a second.
 */
import type { Tensor } from 'onnxruntime-node'
import { basename, join } from 'node:path'
import { samplesOf, secondsOf, type Pcm } from '../../shared/audio.ts'
import { StenoError } from '../../shared/errors.ts'
import type { ModelInfo, Wishes } from '../../shared/worker-frames.ts'
import { decodeTokens, greedy, type Sequence } from '../decode/autoregressive.ts'
import { textHypothesis } from '../decode/text-hypothesis.ts'
import { floats, floatTensor, Graph, idTensor, mismatch, type Tensors } from '../graph.ts'
import type { Hypothesis, Model } from '../model.ts'
import type { Ort } from '../runtime.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import { readPieces } from '../tokenizer/tokenizer-json.ts'
import { readConfig, readField } from './config.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { openDecoder } from './decoder-pair.ts'
import { lastRow, type CachedDecoder } from './merged-decoder.ts'
import { graphsOf, inFolder, seq2seqFiles, type Seq2SeqFiles } from './seq2seq-files.ts'

const NAME = 'moonshine'
/** It was trained on up to 30 s and grows worse beyond. */
const MOST_SECONDS = 30
/** Less gives its convolutions too little to go by. */
const LEAST_SECONDS = 1
/** The paper's guard against loops is 6 a second; speech in some languages comes close. */
const TOKENS_PER_SECOND = 6.5
const LEAST_TOKENS = 8
/** Positions that were learned. */
const MOST_TOKENS = 194

export interface MoonshineSettings {
  readonly start: number
  readonly end: number
  readonly vocabulary: number
}

export interface MoonshineDecode {
  readonly maxTokens: number
  readonly signal?: AbortSignal | undefined
  readonly guardLoops?: boolean
}

export class MoonshineDecoder implements AsyncDisposable {
  readonly settings: MoonshineSettings
  readonly #encoder: Graph
  readonly #decoder: CachedDecoder

  private constructor(settings: MoonshineSettings, encoder: Graph, decoder: CachedDecoder) {
    this.settings = settings
    this.#encoder = encoder
    this.#decoder = decoder
  }

  /** Rejects with a StenoError that names the file. */
  static async open(
    ort: Ort,
    files: Seq2SeqFiles,
    threads: number,
    settings: MoonshineSettings,
  ): Promise<MoonshineDecoder> {
    await using stack = new AsyncDisposableStack()
    const names = { inputs: ['input_values'], outputs: ['last_hidden_state'] }
    const opened = stack.use(await Graph.open(ort, files.encoder, threads, names))
    const decoder = stack.use(await openDecoder(ort, files, threads))
    stack.move()
    return new MoonshineDecoder(settings, opened, decoder)
  }

  async decode(pcm: Pcm, options: MoonshineDecode): Promise<Sequence> {
    const { start, end, vocabulary } = this.settings
    const first = await this.#decoder.start(await this.#encode(pcm), [start])
    if (first.vocabulary !== vocabulary) {
      throw mismatch(
        this.#decoder.file,
        `it knows ${first.vocabulary} tokens, config.json says ${vocabulary}`,
      )
    }
    return await decodeTokens(first, {
      ...options,
      logits: lastRow,
      advance: (step, token) => this.#decoder.advance(step, token),
      choose: greedy,
      end,
    })
  }

  async #encode(pcm: Pcm): Promise<Tensors> {
    const { ort } = this.#encoder
    const everything = (length: number): Tensor => idTensor(ort, new Array<number>(length).fill(1))
    const { type } = this.#encoder.input('input_values')
    const { last_hidden_state: hidden } = await this.#encoder.run(
      {
        input_values: floatTensor(ort, type, pcm, [1, pcm.length]),
        ...(this.#encoder.inputNames.includes('attention_mask')
          ? { attention_mask: everything(pcm.length) }
          : {}),
      },
      ['last_hidden_state'],
    )
    const values = floats(hidden, 'last_hidden_state', this.#encoder.file)
    const dims = hidden?.dims ?? []
    return {
      encoder_hidden_states: floatTensor(ort, this.#decoder.hiddenType, values, dims),
      // Nothing is padded: every step may be looked at.
      ...(this.#decoder.takesMask ? { encoder_attention_mask: everything(dims[1] ?? 0) } : {}),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#decoder[Symbol.asyncDispose]()
    await this.#encoder[Symbol.asyncDispose]()
  }
}

class MoonshineModel implements Model {
  readonly info: ModelInfo
  readonly #decoder: MoonshineDecoder
  readonly #tokenizer: PieceTokenizer
  readonly #wishes: Wishes

  constructor(info: ModelInfo, decoder: MoonshineDecoder, tokenizer: PieceTokenizer, wishes: Wishes) {
    this.info = info
    this.#decoder = decoder
    this.#tokenizer = tokenizer
    this.#wishes = wishes
  }

  async transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    signal?.throwIfAborted()
    const seconds = secondsOf(pcm.length)
    const maxTokens = mostTokens(seconds)
    const sequence = await this.#decoder.decode(atLeastASecond(pcm), { maxTokens, signal })
    return textHypothesis(sequence, this.#tokenizer, seconds, this.#wishes.vocabulary)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#decoder[Symbol.asyncDispose]()
  }
}

export function mostTokens(seconds: number): number {
  return Math.min(MOST_TOKENS, Math.max(LEAST_TOKENS, Math.ceil(seconds * TOKENS_PER_SECOND)))
}

function atLeastASecond(pcm: Pcm): Pcm {
  const least = samplesOf(LEAST_SECONDS)
  if (pcm.length >= least) return pcm
  const padded = new Float32Array(least)
  padded.set(pcm)
  return padded
}

function recognise(listing: FolderListing): Verdict {
  const fields = listing.config?.fields
  if (fields?.['model_type'] !== NAME) return OTHER
  const files = seq2seqFiles(listing)
  if (files instanceof StenoError) return { kind: 'unfit', error: files }
  const [width = 0, layers = 0] = ['hidden_size', 'decoder_num_hidden_layers'].map((name) =>
    Number(fields[name] ?? 0),
  )
  const steps = Math.ceil(samplesOf(MOST_SECONDS) / 384)
  // float32: the encoder's keys and values, and the widest activations of its convolutions.
  const workingBytes = 4 * (2 * layers * steps * width + 8 * steps * steps + 24 * steps * width)
  return { kind: 'fits', graphs: graphsOf(files), workingBytes }
}

async function load({ ort, folder, threads, listing, wishes }: LoadRequest): Promise<Model> {
  const files = seq2seqFiles(listing)
  if (files instanceof StenoError) throw files
  const settings = await readMoonshineSettings(folder)
  const tokenizer = await readPieces(folder)
  if (tokenizer.size > settings.vocabulary) {
    throw mismatch(
      join(folder, 'tokenizer.json'),
      `it has ${tokenizer.size} tokens, config.json ${settings.vocabulary}`,
    )
  }
  const info: ModelInfo = { id: basename(folder), family: NAME, language: 'en', maxSeconds: MOST_SECONDS }
  const decoder = await MoonshineDecoder.open(ort, inFolder(folder, files), threads, settings)
  return new MoonshineModel(info, decoder, tokenizer, wishes)
}

/** Rejects with `model-missing` or `model-corrupt`, naming the file. */
export async function readMoonshineSettings(folder: string): Promise<MoonshineSettings> {
  const config = await readConfig(folder)
  return {
    start: readField(config, 'decoder_start_token_id', 'number'),
    end: readField(config, 'eos_token_id', 'number'),
    vocabulary: readField(config, 'vocab_size', 'number'),
  }
}

export const FAMILY: ModelFamily = { name: NAME, recognise, load }
