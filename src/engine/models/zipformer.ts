/**
 * Streaming Zipformer transducers of icefall (both generations), as sherpa-onnx publishes them: encoder-….onnx,
 * decoder-….onnx, joiner-….onnx (or .int8.onnx), tokens.txt, and the sizes of chunks inside the encoder.
 *
 * Encoder: `x` float32 [1, T, 80] and states → `encoder_out` float32 [1, steps, width] and new states, `T` frames at a
 * time, `decode_chunk_len` further on each time. Decoder: `y` int64 [1, context] → `decoder_out`, without states.
 * Joiner: `encoder_out`, `decoder_out` → `logit` float32 [1, tokens]. Names and settings as in icefall's
 * egs/librispeech/ASR/zipformer/export-onnx-streaming.py.
 */
import { basename, join } from 'node:path'
import { samplesOf, type Pcm } from '../../shared/audio.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import { TransducerSearch, type TransducerNetwork } from '../decode/transducer-search.ts'
import { IncrementalFeatures, KALDI_REACH } from '../features/incremental.ts'
import { KaldiFrontEnd, ZIPFORMER } from '../features/kaldi.ts'
import { floats, mismatch, type Graph } from '../graph.ts'
import { transcribeWhole, type Hypothesis, type StreamingDecode, type StreamingModel } from '../model.ts'
import { CarriedStates } from './carried-states.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { graphBeginning, idOfPiece, openGraph, readPieces, without } from './model-files.ts'
import { readOnnxMetadata, type OnnxMetadata } from './onnx-metadata.ts'
import { userWishes } from './piece-wishes.ts'
import { TransducerStream, type TransducerStreamParts, type WindowedEncoder } from './transducer-stream.ts'
import { contextNetwork, DECODER_NAMES, JOINER_NAMES, type PieceContext } from './zipformer-network.ts'

/** Its memory is constant; a cut now and then lets what was heard be settled. */
const MAX_SECONDS = 30
/** States, one window and its activations. */
const WORKING_BYTES = 64 * 2 ** 20
/** 0.3 s beyond the last window: a transducer says its last token late. */
const TAIL_FRAMES = 30
const MODEL_TYPES = ['zipformer', 'zipformer2']

type Parts = Omit<TransducerStreamParts<PieceContext>, 'features' | 'search'> & {
  readonly network: TransducerNetwork<PieceContext>
  /** Id of `<unk>`, which icefall's decoders treat as a blank. */
  readonly unknown: number | undefined
  readonly allowed: Uint8Array | undefined
}

class ZipformerModel implements StreamingModel {
  readonly appendOnly = true
  readonly info: ModelInfo
  readonly #parts: Parts
  readonly #stack: AsyncDisposableStack
  readonly #frontEnd = new KaldiFrontEnd(ZIPFORMER)

  constructor(info: ModelInfo, parts: Parts, stack: AsyncDisposableStack) {
    this.info = info
    this.#parts = parts
    this.#stack = stack
  }

  open(): StreamingDecode {
    const { network, unknown, allowed, tokenizer, boost } = this.#parts
    const search = new TransducerSearch(network, {
      tokens: tokenizer.size,
      blank: tokenizer.blank,
      symbolsPerStep: 1,
      unknown,
      allowed,
      fusion: boost?.start,
    })
    const features = new IncrementalFeatures(this.#frontEnd, KALDI_REACH)
    return new TransducerStream({ ...this.#parts, features, search })
  }

  transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    return transcribeWhole(this.open(), pcm, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }
}

function graphsOf(listing: FolderListing): string[] {
  const found = ['encoder', 'decoder', 'joiner'].map((name) => graphBeginning(listing, name))
  return found.filter((name) => name !== undefined)
}

async function recognise(listing: FolderListing): Promise<Verdict> {
  const graphs = graphsOf(listing)
  const [encoder] = graphs
  if (encoder === undefined || graphs.length < 3) return OTHER
  const settings = await readOnnxMetadata(join(listing.folder, encoder))
  const isOne =
    MODEL_TYPES.includes(settings.get('model_type') ?? '') && settings.get('decode_chunk_len') !== undefined
  if (!isOne) return OTHER
  if (!listing.files.has('tokens.txt')) return without(listing, 'tokens.txt')
  return { kind: 'fits', graphs, workingBytes: WORKING_BYTES }
}

async function load(request: LoadRequest): Promise<StreamingModel> {
  const { folder, listing, wishes } = request
  const [encoderName = '', decoderName = '', joinerName = ''] = graphsOf(listing)
  const settings = await readOnnxMetadata(join(folder, encoderName))
  const tokenizer = await readPieces(join(folder, 'tokens.txt'))
  await using stack = new AsyncDisposableStack()
  const encoder = await openGraph(stack, request, {
    name: encoderName,
    inputs: ['x'],
    outputs: ['encoder_out'],
  })
  const decoder = await openGraph(stack, request, { name: decoderName, ...DECODER_NAMES })
  const joiner = await openGraph(stack, request, { name: joinerName, ...JOINER_NAMES })
  const { language, allowed, boost } = userWishes(wishes, tokenizer)
  const parts: Parts = {
    encoder: windowedEncoder(encoder, settings),
    network: contextNetwork(decoder, joiner, tokenizer),
    tokenizer,
    unknown: await idOfPiece(join(folder, 'tokens.txt'), '<unk>'),
    allowed,
    boost,
  }
  const info = { id: basename(folder), family: FAMILY.name, language, maxSeconds: MAX_SECONDS }
  await new ZipformerModel(info, parts, stack).transcribe(new Float32Array(samplesOf(0.5)))
  return new ZipformerModel(info, parts, stack.move())
}

function windowedEncoder(graph: Graph, settings: OnnxMetadata): WindowedEncoder {
  const window = settings.integer('T')
  const shift = settings.integer('decode_chunk_len')
  if (shift < 1 || shift > window)
    throw mismatch(graph.file, `it moves ${shift} frames in a window of ${window}`)
  const carried = CarriedStates.byName(graph, ['x'])
  return {
    window,
    shift,
    lead: 0,
    tail: window + TAIL_FRAMES,
    states: carried.zeros(),
    encode: async ({ data, frames, bands }, states) => {
      const x = new graph.ort.Tensor('float32', data, [1, frames, bands])
      const answer = await graph.run({ ...states, x }, ['encoder_out', ...carried.outputs])
      const output = answer['encoder_out']
      const [, steps = 0, width = 0] = output?.dims ?? []
      if (steps * width === 0) throw mismatch(graph.file, `it answers [${String(output?.dims)}]`)
      return {
        steps: { data: floats(output, 'encoder_out', graph.file), steps, width },
        states: carried.carry(answer),
      }
    },
  }
}

export const FAMILY: ModelFamily = { name: 'zipformer', recognise, load }
