/**
 * Moonshine's streaming models, tiny, small and medium (arXiv 2602.12241), in the layout of moonshine-ai/moonshine:
 * frontend, encoder, adapter, cross_kv and decoder_kv, each as .ort or .onnx, streaming_config.json and tokenizer.bin.
 * The encoder hears each stretch of audio once; the decoder reads what it heard anew for every text.
 */
import { basename, join } from 'node:path'
import { samplesOf, secondsOf, type Pcm } from '../../shared/audio.ts'
import type { ModelInfo, Wishes } from '../../shared/worker-frames.ts'
import { textHypothesis } from '../decode/text-hypothesis.ts'
import { mismatch } from '../graph.ts'
import { transcribeWhole, type Hypothesis, type StreamingDecode, type StreamingModel } from '../model.ts'
import { readBinaryPieces } from '../tokenizer/binary-tokenizer.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { openGraph, without } from './model-files.ts'
import { MoonshineEar, SECONDS_PER_FRAME, type EarGraphs } from './moonshine-ear.ts'
import { MoonshineSpeaker, type SpeakerGraphs } from './moonshine-speaker.ts'
import {
  readStreamingSettings,
  SETTINGS_FILE,
  type MoonshineStreamingSettings,
} from './moonshine-streaming-settings.ts'

const STEMS = ['frontend', 'encoder', 'adapter', 'cross_kv', 'decoder_kv'] as const
const TOKENIZER = 'tokenizer.bin'
/** The original's longest segment: every text reads all of it. */
const MOST_SECONDS = 15
/** The original's guard against loops, and a few more for short clips. */
const TOKENS_PER_SECOND = 6.5
const LEAST_TOKENS = 8
/** Windows of the encoder and logits of the longest draft, besides the caches. */
const ACTIVATION_BYTES = 64 * 2 ** 20

interface Parts {
  readonly ear: EarGraphs
  readonly speaker: SpeakerGraphs
  readonly settings: MoonshineStreamingSettings
  readonly tokenizer: PieceTokenizer
  readonly wishes: Wishes
}

/** One segment. */
export class MoonshineStream implements StreamingDecode {
  readonly #parts: Parts
  #ear: MoonshineEar
  readonly #speaker: MoonshineSpeaker
  #samples = 0
  #read = 0
  #hypothesis: Hypothesis = { text: '', words: [] }
  #said: readonly number[] = []

  constructor(parts: Parts) {
    this.#parts = parts
    this.#ear = new MoonshineEar(parts.ear, parts.settings)
    this.#speaker = new MoonshineSpeaker(parts.speaker, parts.settings)
  }

  /** Ids of what was said last. */
  get tokens(): readonly number[] {
    return this.#said
  }

  /** Of the decoder: tokens it was given. */
  get tokensRead(): number {
    return this.#speaker.tokensRead
  }

  async push(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    this.#samples += pcm.length
    await this.#ear.push(pcm, signal)
    return await this.#speak(signal)
  }

  async finish(signal?: AbortSignal): Promise<Hypothesis> {
    await this.#ear.finish(signal)
    return await this.#speak(signal)
  }

  fork(): MoonshineStream {
    const other = new MoonshineStream(this.#parts)
    other.#ear = this.#ear.fork()
    other.#samples = this.#samples
    other.#read = this.#read
    other.#hypothesis = this.#hypothesis
    other.#said = this.#said
    return other
  }

  async #speak(signal?: AbortSignal): Promise<Hypothesis> {
    const { memory } = this.#ear
    const { settings, tokenizer, wishes } = this.#parts
    if (memory.frames === this.#read) return this.#hypothesis
    const maxTokens = mostTokens(memory.frames * SECONDS_PER_FRAME, settings)
    const sequence = await this.#speaker.speak(memory, { draft: this.#said, maxTokens, signal })
    this.#read = memory.frames
    this.#said = sequence.tokens
    this.#hypothesis = textHypothesis(sequence, tokenizer, secondsOf(this.#samples), wishes.vocabulary)
    return this.#hypothesis
  }
}

class MoonshineStreamingModel implements StreamingModel {
  readonly appendOnly = false
  readonly info: ModelInfo
  readonly #parts: Parts
  readonly #stack: AsyncDisposableStack

  /** @param stack what to release with the model. */
  constructor(info: ModelInfo, parts: Parts, stack: AsyncDisposableStack) {
    this.info = info
    this.#parts = parts
    this.#stack = stack
  }

  open(): MoonshineStream {
    return new MoonshineStream(this.#parts)
  }

  transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    return transcribeWhole(this.open(), pcm, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }
}

function mostTokens(seconds: number, { context }: MoonshineStreamingSettings): number {
  return Math.min(context - 1, Math.max(LEAST_TOKENS, Math.ceil(seconds * TOKENS_PER_SECOND)))
}

function graphsOf({ files }: FolderListing): (string | undefined)[] {
  return STEMS.map((stem) => [`${stem}.ort`, `${stem}.onnx`].find((name) => files.has(name)))
}

async function recognise(listing: FolderListing): Promise<Verdict> {
  if (!listing.files.has(SETTINGS_FILE)) return OTHER
  const graphs = graphsOf(listing)
  for (const [index, stem] of STEMS.entries())
    if (graphs[index] === undefined) return without(listing, `${stem}.ort`)
  if (!listing.files.has(TOKENIZER)) return without(listing, TOKENIZER)
  const { layers, heads, headSize, context, vocabulary } = await readStreamingSettings(listing.folder)
  const positions = Math.ceil(MOST_SECONDS / SECONDS_PER_FRAME) + context
  // float32: keys and values of every layer, as they go in and as they come out; logits of a draft.
  const workingBytes = 4 * (4 * layers * heads * headSize * positions + 128 * vocabulary) + ACTIVATION_BYTES
  return { kind: 'fits', graphs: graphs.filter((name) => name !== undefined), workingBytes }
}

async function load(request: LoadRequest): Promise<StreamingModel> {
  const { folder, listing, wishes } = request
  const [frontend = '', encoder = '', adapter = '', crossKv = '', decoder = ''] = graphsOf(listing)
  const settings = await readStreamingSettings(folder)
  const tokenizer = await readBinaryPieces(join(folder, TOKENIZER))
  if (tokenizer.size > settings.vocabulary) {
    throw mismatch(
      join(folder, TOKENIZER),
      `it has ${tokenizer.size} tokens, ${SETTINGS_FILE} ${settings.vocabulary}`,
    )
  }
  await using stack = new AsyncDisposableStack()
  const open = (name: string, inputs: string[], outputs: string[]): ReturnType<typeof openGraph> =>
    openGraph(stack, request, { name, inputs, outputs })
  const parts: Parts = {
    ear: {
      frontend: await open(frontend, ['audio_chunk'], ['features']),
      encoder: await open(encoder, ['features'], ['encoded']),
      adapter: await open(adapter, ['encoded', 'pos_offset'], ['memory']),
    },
    speaker: {
      crossKv: await open(crossKv, ['memory'], ['k_cross', 'v_cross']),
      decoder: await open(
        decoder,
        ['token', 'k_self', 'v_self', 'out_k_cross', 'out_v_cross'],
        ['logits', 'out_k_self', 'out_v_self'],
      ),
    },
    settings,
    tokenizer,
    wishes,
  }
  const info = { id: basename(folder), family: FAMILY.name, language: 'en', maxSeconds: MOST_SECONDS }
  await new MoonshineStreamingModel(info, parts, stack).transcribe(new Float32Array(samplesOf(0.5)))
  return new MoonshineStreamingModel(info, parts, stack.move())
}

export const FAMILY: ModelFamily = { name: 'moonshine-streaming', recognise, load }
