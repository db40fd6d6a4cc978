/**
 * NVIDIA's cache-aware streaming FastConformers (Noroozi et al., arXiv 2312.17279) with an RNN-T: Nemotron streaming,
 * stt_en_fastconformer_hybrid_large_streaming and the end-of-utterance models, as sherpa-onnx publishes them:
 * encoder.onnx, decoder.onnx, joiner.onnx (or .int8.onnx), tokens.txt. How far it looks ahead is baked into the graph,
 * and said by the settings inside the encoder: windows of `window_size` frames, `chunk_shift` apart.
 *
 * Encoder: `audio_signal` float32 [1, bands, window], `length` int64 [1], `cache_last_channel`, `cache_last_time`,
 * `cache_last_channel_len` → `outputs` float32 [1, width, steps], `encoded_lengths`, and the caches of the next run.
 * Models of many languages (Nemotron 3.5) take `prompt_index` int64 [1] besides: the language, by the settings’
 * `prompt_dictionary`, or `auto_prompt_id`; they write its tag, which is no text.
 */
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { samplesOf, type Pcm } from '../../shared/audio.ts'
import { StenoError } from '../../shared/errors.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import { TransducerSearch, type TransducerNetwork } from '../decode/transducer-search.ts'
import { IncrementalFeatures, NEMO_REACH, type LocalFrontEnd } from '../features/incremental.ts'
import { toBandMajor } from '../features/matrix.ts'
import { NemoFrontEnd } from '../features/nemo.ts'
import { idTensor, mismatch, type Graph } from '../graph.ts'
import { transcribeWhole, type Hypothesis, type StreamingDecode, type StreamingModel } from '../model.ts'
import { CarriedStates } from './carried-states.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { unknownLanguage } from './languages.ts'
import { graphNamed, openGraph, readPieces, without } from './model-files.ts'
import { bandsOf, encodedSteps, encoderFeeds } from './nemo-encoder.ts'
import { openNetwork, type NemoContext } from './nemo-network.ts'
import { readOnnxMetadata, type OnnxMetadata } from './onnx-metadata.ts'
import { userWishes } from './piece-wishes.ts'
import { TransducerStream, type TransducerStreamParts, type WindowedEncoder } from './transducer-stream.ts'

const INPUTS = ['audio_signal', 'length']
const PROMPT = 'prompt_index'
/** `max_symbols_per_step` of NeMo's greedy decoders, as it is by default (rnnt_greedy_decoding.py). */
const SYMBOLS_PER_STEP = 10
/** Its memory is constant; a cut now and then lets what was heard be settled. */
const MAX_SECONDS = 30
/** Caches (24 layers × 70 steps × 1024 and some), one window and its activations. */
const WORKING_BYTES = 128 * 2 ** 20
/** 0.6 s beyond the last window: without it the last word is lost (sherpa-onnx's examples append a second). */
const TAIL_FRAMES = 60

export interface FastConformerParts extends Omit<TransducerStreamParts<NemoContext>, 'features' | 'search'> {
  readonly frontEnd: LocalFrontEnd
  readonly network: TransducerNetwork<NemoContext>
  readonly allowed: Uint8Array | undefined
}

export class FastConformerModel implements StreamingModel {
  readonly appendOnly = true
  readonly info: ModelInfo
  readonly #parts: FastConformerParts
  readonly #stack: AsyncDisposableStack

  /** @param stack what to release with the model. */
  constructor(info: ModelInfo, parts: FastConformerParts, stack: AsyncDisposableStack) {
    this.info = info
    this.#parts = parts
    this.#stack = stack
  }

  open(): StreamingDecode {
    const { network, allowed, tokenizer, boost, frontEnd } = this.#parts
    const search = new TransducerSearch(network, {
      tokens: tokenizer.size,
      blank: tokenizer.blank,
      symbolsPerStep: SYMBOLS_PER_STEP,
      allowed,
      fusion: boost?.start,
    })
    return new TransducerStream({
      ...this.#parts,
      features: new IncrementalFeatures(frontEnd, NEMO_REACH),
      search,
    })
  }

  transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    return transcribeWhole(this.open(), pcm, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }
}

function graphsOf(listing: FolderListing): string[] {
  return ['encoder', 'decoder', 'joiner']
    .map((name) => graphNamed(listing, name))
    .filter((name) => name !== undefined)
}

async function recognise(listing: FolderListing): Promise<Verdict> {
  const graphs = graphsOf(listing)
  const [encoder] = graphs
  if (encoder === undefined || graphs.length < 3) return OTHER
  const settings = await readOnnxMetadata(join(listing.folder, encoder))
  if (settings.get('pred_hidden') === undefined || settings.get('window_size') === undefined) return OTHER
  if (!listing.files.has('tokens.txt')) return without(listing, 'tokens.txt')
  return { kind: 'fits', graphs, workingBytes: WORKING_BYTES }
}

async function load(request: LoadRequest): Promise<StreamingModel> {
  const { folder, listing, wishes } = request
  const [encoderName = '', decoderName = '', joinerName = ''] = graphsOf(listing)
  const settings = await readOnnxMetadata(join(folder, encoderName))
  const tokenizer = await readPieces(join(folder, 'tokens.txt'))
  assertRaw(settings, join(folder, encoderName))
  await using stack = new AsyncDisposableStack()
  const encoder = await openGraph(stack, request, { name: encoderName, inputs: INPUTS, outputs: ['outputs'] })
  const network = await openNetwork(stack, request, tokenizer, decoderName, joinerName)
  const { allowed, boost, ...found } = userWishes(wishes, tokenizer)
  const prompted = encoder.inputNames.includes(PROMPT)
  const prompt = prompted ? promptIndex(settings, folder, wishes.language) : undefined
  const language = prompted ? (wishes.language ?? 'multi') : found.language
  const parts: FastConformerParts = {
    encoder: windowedEncoder(encoder, settings, { prompt }),
    frontEnd: new NemoFrontEnd(bandsOf(encoder)),
    network,
    tokenizer,
    allowed,
    boost,
  }
  const info = { id: basename(folder), family: FAMILY.name, language, maxSeconds: MAX_SECONDS }
  await new FastConformerModel(info, parts, stack).transcribe(new Float32Array(samplesOf(0.5)))
  return new FastConformerModel(info, parts, stack.move())
}

/** Means over the whole utterance cannot be known while it is spoken. */
function assertRaw(settings: OnnxMetadata, file: string): void {
  const normalisation = settings.get('normalize_type') ?? ''
  if (normalisation === '' || normalisation === 'NA') return
  throw new StenoError(
    'model-unsupported',
    `It streams, and wants features normalised as “${normalisation}”: ${file}`,
    {
      file,
      hint: 'Choose another model.',
    },
  )
}

const DICTIONARY = v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(0)))

/**
 * The number of a language. A dictionary may name only its regions, `de-DE`: then the first of them.
 * @throws StenoError `model-unsupported` for a language that is not there, `model-corrupt` for damaged settings.
 */
export function promptIndex(settings: OnnxMetadata, folder: string, language: string | undefined): number {
  if (language === undefined) return settings.integer('auto_prompt_id')
  const numbers = Object.entries(settings.json('prompt_dictionary', DICTIONARY))
  const regions = numbers.filter(([name]) => name.startsWith(`${language}-`)).map(([, number]) => number)
  const found = numbers.find(([name]) => name === language)?.[1] ?? Math.min(...regions)
  if (Number.isFinite(found)) return found
  throw unknownLanguage(folder, language)
}

export interface WindowOptions {
  /** Frames of zeros before the first. */
  readonly lead?: number | undefined
  /** The number of the language, for a model that wants one. */
  readonly prompt?: number | undefined
}

/**
 * Zeros stand before the first frame unless `lead` says otherwise. NeMo's own first window is shorter and has none; where
 * one size is baked in, its cache of the pre-encoder's frames begins as zeros (`pad_and_drop_preencoded` of
 * CacheAwareStreamingAudioBuffer, streaming_utils.py).
 */
export function windowedEncoder(
  graph: Graph,
  settings: OnnxMetadata,
  { lead, prompt }: WindowOptions = {},
): WindowedEncoder {
  const window = settings.integer('window_size')
  const shift = settings.integer('chunk_shift')
  if (shift < 1 || shift > window)
    throw mismatch(graph.file, `it moves ${shift} frames in a window of ${window}`)
  const carried = CarriedStates.byName(graph, [...INPUTS, PROMPT])
  const fixed = prompt === undefined ? {} : { [PROMPT]: idTensor(graph.ort, [prompt], [1]) }
  return {
    window,
    shift,
    lead: lead ?? window - shift,
    tail: window + TAIL_FRAMES,
    states: carried.zeros(),
    encode: async (frames, states) => {
      const feeds = { ...states, ...fixed, ...encoderFeeds(graph.ort, toBandMajor(frames)) }
      const answer = await graph.run(feeds, ['outputs', ...carried.outputs])
      return { steps: encodedSteps(answer['outputs'], undefined, graph.file), states: carried.carry(answer) }
    },
  }
}

export const FAMILY: ModelFamily = { name: 'fastconformer-streaming', recognise, load }
