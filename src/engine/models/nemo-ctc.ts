/**
 * NVIDIA's FastConformers with a CTC head, Parakeet CTC among them, as onnx-asr (model.onnx, vocab.txt) and sherpa-onnx
 * (model.onnx with its settings inside, tokens.txt) publish them; the graph may be model.int8.onnx instead.
 *
 * Graph: `audio_signal` float32 [1, bands, frames], `length` int64 [1] → `logprobs` float32 [1, steps, tokens], the
 * blank last. Names and settings as in src/onnx_asr/models/nemo.py of istupakov/onnx-asr and scripts/nemo of
 * k2-fsa/sherpa-onnx.
 */
import { basename, join } from 'node:path'
import { samplesOf, type Pcm } from '../../shared/audio.ts'
import { StenoError } from '../../shared/errors.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import { ctcBeam } from '../decode/ctc-beam.ts'
import { ctcGreedy } from '../decode/ctc-greedy.ts'
import type { Logits } from '../decode/logits.ts'
import type { PhraseBoost } from '../decode/phrase-boost.ts'
import type { BandMajor } from '../features/matrix.ts'
import { floats, mismatch, type Graph } from '../graph.ts'
import type { Hypothesis, Model } from '../model.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { graphNamed, openGraph, readPieces, without } from './model-files.ts'
import { bandsOf, encoderFeeds, nemoFeatures } from './nemo-encoder.ts'
import { readOnnxMetadata } from './onnx-metadata.ts'
import { hypothesisOf, userWishes } from './piece-wishes.ts'

/** What onnx-asr's config.json says, where there is one. */
const MODEL_TYPE = 'nemo-conformer-ctc'
/** NeMo's classes, as sherpa-onnx's settings name them: EncDecCTCModelBPE, EncDecHybridRNNTCTCBPEModel. */
const CLASSES = /^EncDec.*CTC/
/** Attention over the whole segment: memory grows with its square. */
const MAX_SECONDS = 30
/** Of the first convolution over 30 s (256 channels, half the frames, half the bands), twice, and the rest. */
const WORKING_BYTES = 450 * 2 ** 20
const SUBSAMPLING = 8
const SECONDS_PER_FRAME = 0.01

export interface NemoCtcParts {
  readonly graph: Graph
  readonly features: (pcm: Pcm) => BandMajor
  readonly tokenizer: PieceTokenizer
  /** Frames of 10 ms to a step. */
  readonly subsampling: number
  readonly allowed: Uint8Array | undefined
  readonly boost: PhraseBoost | undefined
}

export class NemoCtcModel implements Model {
  readonly info: ModelInfo
  readonly #parts: NemoCtcParts
  readonly #stack: AsyncDisposableStack

  /** @param stack what to release with the model. */
  constructor(info: ModelInfo, parts: NemoCtcParts, stack: AsyncDisposableStack) {
    this.info = info
    this.#parts = parts
    this.#stack = stack
  }

  async transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    const { graph, features, tokenizer, subsampling, allowed, boost } = this.#parts
    signal?.throwIfAborted()
    const mels = features(pcm)
    if (mels.frames === 0) return { text: '', words: [] }
    const logits = allowedOnly(await nemoLogProbs(graph, mels, tokenizer), allowed)
    const { blank } = tokenizer
    const found =
      boost === undefined ? ctcGreedy(logits, blank) : ctcBeam(logits, { blank, fusion: boost.start, signal })
    return hypothesisOf(found, tokenizer, subsampling * SECONDS_PER_FRAME, boost)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }
}

/** @throws StenoError `model-mismatch` when the graph scores more or fewer tokens than there are. */
export async function nemoLogProbs(graph: Graph, mels: BandMajor, { size }: PieceTokenizer): Promise<Logits> {
  const { logprobs } = await graph.run(encoderFeeds(graph.ort, mels), ['logprobs'])
  const [batch, steps = 0, tokens] = logprobs?.dims ?? []
  if (batch === 1 && tokens === size) return { data: floats(logprobs, 'logprobs', graph.file), steps, tokens }
  throw mismatch(graph.file, `it answers [${String(logprobs?.dims)}], the token list has ${size} tokens`)
}

/** Tokens that the language does not write become impossible. */
function allowedOnly(logits: Logits, allowed: Uint8Array | undefined): Logits {
  if (allowed === undefined) return logits
  const { tokens } = logits
  return { ...logits, data: logits.data.map((score, at) => (allowed[at % tokens] === 0 ? -Infinity : score)) }
}

async function recognise(listing: FolderListing): Promise<Verdict> {
  const graph = graphNamed(listing, 'model')
  if (graph === undefined || listing.config?.fields['family'] !== undefined) return OTHER
  const pieces = isOfOnnxAsr(listing) ? 'vocab.txt' : 'tokens.txt'
  if (pieces === 'tokens.txt') {
    const file = join(listing.folder, graph)
    const settings = await readOnnxMetadata(file)
    if (!CLASSES.test(settings.get('model_type') ?? '')) return OTHER
    if (settings.get('window_size') !== undefined) return { kind: 'unfit', error: streams(file) }
  }
  if (!listing.files.has(pieces)) return without(listing, pieces)
  return { kind: 'fits', graphs: [graph], workingBytes: WORKING_BYTES }
}

/** Its config.json may be missing. */
function isOfOnnxAsr({ files, config }: FolderListing): boolean {
  const type = config?.fields['model_type']
  return type === MODEL_TYPE || (type === undefined && files.has('vocab.txt'))
}

function streams(file: string): StenoError {
  return new StenoError('model-unsupported', `It is a streaming model with a CTC head: ${file}`, {
    file,
    hint: 'Choose the same model with a transducer, or one that does not stream.',
  })
}

async function load(request: LoadRequest): Promise<Model> {
  const { folder, listing, wishes } = request
  const name = graphNamed(listing, 'model') ?? 'model.onnx'
  const pieces = listing.files.has('vocab.txt') ? 'vocab.txt' : 'tokens.txt'
  const settings = await readOnnxMetadata(join(folder, name))
  const tokenizer = await readPieces(join(folder, pieces))
  await using stack = new AsyncDisposableStack()
  const graph = await openGraph(stack, request, {
    name,
    inputs: ['audio_signal', 'length'],
    outputs: ['logprobs'],
  })
  const { language, boost, allowed } = userWishes(wishes, tokenizer)
  const info = { id: basename(folder), family: FAMILY.name, language, maxSeconds: MAX_SECONDS }
  const parts: NemoCtcParts = {
    graph,
    // onnx-asr's exports say nothing of it: all of them are normalised.
    features: nemoFeatures(bandsOf(graph), settings.get('normalize_type') ?? 'per_feature', graph.file),
    tokenizer,
    subsampling:
      settings.get('subsampling_factor') === undefined ? SUBSAMPLING : settings.integer('subsampling_factor'),
    allowed,
    boost,
  }
  await new NemoCtcModel(info, parts, stack).transcribe(new Float32Array(samplesOf(1)))
  return new NemoCtcModel(info, parts, stack.move())
}

export const FAMILY: ModelFamily = { name: 'nemo-ctc', recognise, load }
