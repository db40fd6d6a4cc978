/**
 * NVIDIA's Parakeet and other offline FastConformers with a transducer: TDT and RNN-T, as onnx-asr and sherpa-onnx
 * publish them.
 *
 * Encoder: `audio_signal` float32 [1, bands, frames], `length` int64 [1] → `outputs` float32 [1, width, steps],
 * `encoded_lengths` int64 [1]. Folder of onnx-asr: encoder-model.onnx, decoder_joint-model.onnx, vocab.txt; of
 * sherpa-onnx: encoder.onnx, decoder.onnx, joiner.onnx, tokens.txt, and settings inside the encoder. Each graph may be
 * an .int8.onnx instead. Names, types and shapes as in the exports of istupakov/parakeet-tdt-0.6b-v2-onnx and
 * scripts/nemo of k2-fsa/sherpa-onnx.
 */
import { basename, join } from 'node:path'
import { samplesOf, type Pcm } from '../../shared/audio.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import type { PhraseBoost } from '../decode/phrase-boost.ts'
import { TransducerSearch, type EncoderSteps, type TransducerNetwork } from '../decode/transducer-search.ts'
import type { BandMajor } from '../features/matrix.ts'
import type { Graph } from '../graph.ts'
import type { Hypothesis, Model } from '../model.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { graphNamed, openGraph, readPieces, without } from './model-files.ts'
import { bandsOf, encodedSteps, encoderFeeds, nemoFeatures } from './nemo-encoder.ts'
import { openNetwork, type NemoContext } from './nemo-network.ts'
import { readOnnxMetadata } from './onnx-metadata.ts'
import { hypothesisOf, userWishes } from './piece-wishes.ts'

const ENCODER_NAMES = {
  inputs: ['audio_signal', 'length'],
  outputs: ['outputs', 'encoded_lengths'],
}
/** `max_symbols_per_step` of NeMo's greedy decoders, as it is by default (rnnt_greedy_decoding.py). */
const SYMBOLS_PER_STEP = 10
/** Attention over the whole segment: memory grows with its square. */
const MAX_SECONDS = 30
/** Of the first convolution over 30 s (256 channels, half the frames, half the bands), twice, and the rest. */
const WORKING_BYTES = 450 * 2 ** 20
const SUBSAMPLING = 8
const SECONDS_PER_FRAME = 0.01

export interface ParakeetParts {
  readonly encoder: Graph
  readonly network: TransducerNetwork<NemoContext>
  readonly features: (pcm: Pcm) => BandMajor
  readonly tokenizer: PieceTokenizer
  /** Frames of 10 ms to a step. */
  readonly subsampling: number
  readonly allowed: Uint8Array | undefined
  readonly boost: PhraseBoost | undefined
}

export class ParakeetModel implements Model {
  readonly info: ModelInfo
  readonly #parts: ParakeetParts
  readonly #stack: AsyncDisposableStack

  /** @param stack what to release with the model. */
  constructor(info: ModelInfo, parts: ParakeetParts, stack: AsyncDisposableStack) {
    this.info = info
    this.#parts = parts
    this.#stack = stack
  }

  async transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    const { network, tokenizer, allowed, boost, subsampling } = this.#parts
    signal?.throwIfAborted()
    const search = new TransducerSearch(network, {
      tokens: tokenizer.size,
      blank: tokenizer.blank,
      symbolsPerStep: SYMBOLS_PER_STEP,
      allowed,
      fusion: boost?.start,
    })
    await search.hear(await this.#encode(pcm), signal)
    return hypothesisOf(search.hypothesis, tokenizer, subsampling * SECONDS_PER_FRAME, boost)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }

  async #encode(pcm: Pcm): Promise<EncoderSteps> {
    const { encoder, features } = this.#parts
    const mels = features(pcm)
    if (mels.frames === 0) return { data: new Float32Array(0), steps: 0, width: 1 }
    const answer = await encoder.run(encoderFeeds(encoder.ort, mels), ENCODER_NAMES.outputs)
    return encodedSteps(answer['outputs'], answer['encoded_lengths'], encoder.file)
  }
}

interface Layout {
  /** The encoder first. */
  readonly graphs: readonly string[]
  readonly pieces: string
}

function layoutOf(listing: FolderListing): Layout | undefined {
  const whole = graphNamed(listing, 'encoder-model')
  const joint = graphNamed(listing, 'decoder_joint-model')
  if (whole !== undefined && joint !== undefined) return { graphs: [whole, joint], pieces: 'vocab.txt' }
  const three = ['encoder', 'decoder', 'joiner'].map((name) => graphNamed(listing, name))
  const graphs = three.filter((name) => name !== undefined)
  return graphs.length === 3 ? { graphs, pieces: 'tokens.txt' } : undefined
}

async function recognise(listing: FolderListing): Promise<Verdict> {
  const layout = layoutOf(listing)
  const [encoder, , joiner] = layout?.graphs ?? []
  if (layout === undefined || encoder === undefined) return OTHER
  if (joiner !== undefined) {
    const settings = await readOnnxMetadata(join(listing.folder, encoder))
    const isOffline = settings.get('pred_hidden') !== undefined && settings.get('window_size') === undefined
    if (!isOffline) return OTHER
  }
  if (!listing.files.has(layout.pieces)) return without(listing, layout.pieces)
  return { kind: 'fits', graphs: layout.graphs, workingBytes: WORKING_BYTES }
}

async function load(request: LoadRequest): Promise<Model> {
  const { folder, listing, wishes } = request
  const { graphs, pieces } = layoutOf(listing) ?? { graphs: [], pieces: 'vocab.txt' }
  const [encoderName = '', decoderName = '', joinerName] = graphs
  const tokenizer = await readPieces(join(folder, pieces))
  const settings = await readOnnxMetadata(join(folder, encoderName))
  await using stack = new AsyncDisposableStack()
  const encoder = await openGraph(stack, request, { name: encoderName, ...ENCODER_NAMES })
  const network = await openNetwork(stack, request, tokenizer, decoderName, joinerName)
  const { language, boost, allowed } = userWishes(wishes, tokenizer)
  const info = { id: basename(folder), family: FAMILY.name, language, maxSeconds: MAX_SECONDS }
  const parts: ParakeetParts = {
    encoder,
    network,
    // onnx-asr's exports say nothing of it: all of them are normalised.
    features: nemoFeatures(bandsOf(encoder), settings.get('normalize_type') ?? 'per_feature', encoder.file),
    tokenizer,
    subsampling:
      settings.get('subsampling_factor') === undefined ? SUBSAMPLING : settings.integer('subsampling_factor'),
    allowed,
    boost,
  }
  await new ParakeetModel(info, parts, stack).transcribe(new Float32Array(samplesOf(1)))
  return new ParakeetModel(info, parts, stack.move())
}

export const FAMILY: ModelFamily = { name: 'parakeet', recognise, load }
