/**
 * NVIDIA's Canary, 180M flash and its kind (arXiv 2503.05931): a FastConformer with a decoder that writes English,
 * German, Spanish and French, punctuated, or translates. Folder of onnx-asr: encoder-model.onnx, decoder-model.onnx,
 * vocab.txt; of sherpa-onnx: encoder.onnx with settings inside, decoder.onnx, tokens.txt; each graph as .int8.onnx, too.
 */
import { basename, join } from 'node:path'
import { samplesOf, secondsOf, type Pcm } from '../../shared/audio.ts'
import type { ModelInfo, Wishes } from '../../shared/worker-frames.ts'
import { decodeTokens, greedy, type Chosen, type Sequence } from '../decode/autoregressive.ts'
import { textHypothesis } from '../decode/text-hypothesis.ts'
import type { BandMajor } from '../features/matrix.ts'
import { mismatch } from '../graph.ts'
import type { Hypothesis, Model } from '../model.ts'
import {
  ONNX_ASR_NAMES,
  onnxAsrNetwork,
  SHERPA_NAMES,
  sherpaNetwork,
  type CanaryNetwork,
} from './canary-network.ts'
import { canaryPrompt, END, readCanaryVocabulary, type CanaryVocabulary } from './canary-prompt.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { unknownLanguage } from './languages.ts'
import { graphNamed, openGraph, without } from './model-files.ts'
import { nemoFeatures } from './nemo-encoder.ts'
import { readOnnxMetadata } from './onnx-metadata.ts'

/** What sherpa-onnx's settings call it. */
const CLASS = 'EncDecMultiTaskModel'
/** It was trained on up to 40 s, and leaves out the middle of what is long. */
const MOST_SECONDS = 20
const TOKENS_PER_SECOND = 8
const SPARE_TOKENS = 10
/** Positions of its decoder. */
const CONTEXT = 1024
/**
 * How much more probable (natural log) than any token the end must be at the start. Where somebody spoke it comes out
 * ahead by chance, by 0.14 and the like, and would lose all of the segment; sherpa-onnx never takes it there.
 */
const EMPTY_AT_LEAST = 2
/** NeMo rounds the number of scores up to a multiple of this. */
const PADDING = 8
/** Of the first convolution over 20 s (256 channels, half the frames, half the bands), twice, and the rest. */
const WORKING_BYTES = 350 * 2 ** 20

interface Parts {
  readonly network: CanaryNetwork
  readonly features: (pcm: Pcm) => BandMajor
  readonly vocabulary: CanaryVocabulary
  readonly prompt: readonly number[]
  readonly wishes: Wishes
}

class CanaryModel implements Model {
  readonly info: ModelInfo
  readonly #parts: Parts
  readonly #stack: AsyncDisposableStack

  /** @param stack what to release with the model. */
  constructor(info: ModelInfo, parts: Parts, stack: AsyncDisposableStack) {
    this.info = info
    this.#parts = parts
    this.#stack = stack
  }

  async transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    const { network, features, vocabulary, prompt, wishes } = this.#parts
    signal?.throwIfAborted()
    const mels = features(pcm)
    if (mels.frames === 0) return { text: '', words: [] }
    const seconds = secondsOf(pcm.length)
    const maxTokens = Math.ceil(seconds * TOKENS_PER_SECOND) + SPARE_TOKENS
    const sequence = await canaryTokens(network, mels, { prompt, end: vocabulary.id(END), maxTokens, signal })
    return textHypothesis(sequence, vocabulary.tokenizer, seconds, wishes.vocabulary)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }
}

export interface CanaryDecode {
  readonly prompt: readonly number[]
  readonly end: number
  readonly maxTokens: number
  readonly signal?: AbortSignal | undefined
  /** Left out only where another implementation without the guard is compared. */
  readonly guardLoops?: boolean
}

/** Greedy. */
export async function canaryTokens(
  network: CanaryNetwork,
  features: BandMajor,
  { prompt, end, maxTokens, ...options }: CanaryDecode,
): Promise<Sequence> {
  const first = await network.start(features, prompt)
  return await decodeTokens(first, {
    ...options,
    logits: ({ logits }) => logits,
    advance: (step, token) => network.advance(step, token),
    choose: (logits, tokens) => (tokens.length === 0 ? greedyStart(logits, end) : greedy(logits)),
    end,
    maxTokens: Math.min(maxTokens, CONTEXT - prompt.length),
  })
}

function greedyStart(logits: Float32Array, end: number): Chosen {
  const less = logits.slice()
  less[end] = (less[end] ?? 0) - EMPTY_AT_LEAST
  return greedy(less)
}

interface Layout {
  readonly kind: 'onnx-asr' | 'sherpa-onnx'
  readonly encoder: string
  readonly decoder: string
  readonly pieces: string
}

function layoutOf(listing: FolderListing): Layout | undefined {
  const whole = graphNamed(listing, 'encoder-model')
  const rest = graphNamed(listing, 'decoder-model')
  if (whole !== undefined && rest !== undefined)
    return { kind: 'onnx-asr', encoder: whole, decoder: rest, pieces: 'vocab.txt' }
  const encoder = graphNamed(listing, 'encoder')
  const decoder = graphNamed(listing, 'decoder')
  if (encoder === undefined || decoder === undefined) return undefined
  return { kind: 'sherpa-onnx', encoder, decoder, pieces: 'tokens.txt' }
}

async function recognise(listing: FolderListing): Promise<Verdict> {
  const layout = layoutOf(listing)
  if (layout === undefined) return OTHER
  const { kind, encoder, decoder, pieces } = layout
  if (kind === 'sherpa-onnx') {
    const settings = await readOnnxMetadata(join(listing.folder, encoder))
    if (settings.get('model_type') !== CLASS) return OTHER
  }
  if (!listing.files.has(pieces)) return without(listing, pieces)
  return { kind: 'fits', graphs: [encoder, decoder], workingBytes: WORKING_BYTES }
}

async function load(request: LoadRequest): Promise<Model> {
  const { folder, listing, wishes } = request
  const layout = layoutOf(listing)
  if (layout === undefined) throw mismatch(folder, 'it has no encoder and decoder')
  const vocabulary = await readCanaryVocabulary(join(folder, layout.pieces))
  const { language = 'en', translate } = wishes
  if (!vocabulary.has(`<|${language}|>`)) throw unknownLanguage(folder, language)
  const settings = await readOnnxMetadata(join(folder, layout.encoder))
  const [names, networkOf] =
    layout.kind === 'onnx-asr'
      ? ([ONNX_ASR_NAMES, onnxAsrNetwork] as const)
      : ([SHERPA_NAMES, sherpaNetwork] as const)
  await using stack = new AsyncDisposableStack()
  const encoder = await openGraph(stack, request, { name: layout.encoder, ...names.encoder })
  const decoder = await openGraph(stack, request, { name: layout.decoder, ...names.decoder })
  const network = networkOf({ encoder, decoder })
  const parts: Parts = {
    network,
    features: nemoFeatures(network.bands, settings.get('normalize_type') ?? 'per_feature', encoder.file),
    vocabulary,
    prompt: canaryPrompt(vocabulary, wishes),
    wishes,
  }
  assertListed(join(folder, layout.pieces), vocabulary, settings.get('vocab_size'))
  const { logits } = await network.start(parts.features(new Float32Array(samplesOf(1))), parts.prompt)
  const { size } = vocabulary.tokenizer
  if (logits.length < size || logits.length >= size + PADDING)
    throw mismatch(decoder.file, `it scores ${logits.length} tokens, ${layout.pieces} has ${size}`)
  const info: ModelInfo = {
    id: basename(folder),
    family: FAMILY.name,
    language: translate === true ? 'en' : language,
    maxSeconds: MOST_SECONDS,
  }
  return new CanaryModel(info, parts, stack.move())
}

/** A list that lost its last lines passes for one that the graph is padded beyond, unless the settings know better. */
function assertListed(file: string, { tokenizer }: CanaryVocabulary, said: string | undefined): void {
  if (said === undefined || Number(said) === tokenizer.size) return
  throw mismatch(file, `it has ${tokenizer.size} tokens, the settings in the encoder say ${said}`)
}

export const FAMILY: ModelFamily = { name: 'canary', recognise, load }
