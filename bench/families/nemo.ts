/** Folders of NeMo's transducers in the layout of sherpa-onnx. */
import { writeFiles } from '../../test/onnx/nemo.ts'
import { offlineEncoder, streamingEncoder, type ConformerSize } from './conformer.ts'
import type { Precision } from './network.ts'
import { decoderGraph, joinerGraph, pieceList } from './transducer.ts'

export interface NemoSize extends ConformerSize {
  readonly tokens: number
  /** Of the prediction network. */
  readonly memory: number
  readonly tdt: boolean
}

export const NEMO_SIZES = {
  'Parakeet TDT 0.6B': { bands: 128, layers: 24, width: 1024, heads: 8, tokens: 1024, memory: 2, tdt: true },
  'FastConformer streaming 114M, 480 ms': {
    bands: 80,
    layers: 17,
    width: 512,
    heads: 8,
    tokens: 1024,
    memory: 1,
    tdt: false,
    stream: { shift: 48, left: 70 },
  },
  'Nemotron streaming 0.6B, 560 ms': {
    bands: 128,
    layers: 24,
    width: 1024,
    heads: 8,
    tokens: 1024,
    memory: 2,
    tdt: false,
    stream: { shift: 56, left: 70 },
  },
} as const satisfies Record<string, NemoSize>

export async function writeNemo(folder: string, size: NemoSize, precision: Precision): Promise<void> {
  const { width, tokens, memory, tdt, stream } = size
  const behind = { width, tokens, layers: memory, durations: tdt ? 5 : 0 }
  const encoder = stream === undefined ? offlineEncoder : streamingEncoder
  await writeFiles(folder, {
    'encoder.onnx': encoder(size, precision, settingsOf(size)),
    'decoder.onnx': decoderGraph(behind, precision),
    'joiner.onnx': joinerGraph(behind, precision),
    'tokens.txt': pieceList(tokens),
  })
}

function settingsOf({ tokens, memory, bands, layers, width, tdt, stream }: NemoSize): Record<string, string> {
  const streaming =
    stream === undefined
      ? {}
      : {
          window_size: String(stream.shift + 9),
          chunk_shift: String(stream.shift),
          cache_last_channel_dim1: String(layers),
          cache_last_channel_dim2: String(stream.left),
          cache_last_channel_dim3: String(width),
          cache_last_time_dim1: String(layers),
          cache_last_time_dim2: String(width),
          cache_last_time_dim3: '8',
        }
  return {
    ...streaming,
    vocab_size: String(tokens),
    normalize_type: stream === undefined ? 'per_feature' : 'NA',
    pred_rnn_layers: String(memory),
    pred_hidden: '640',
    subsampling_factor: '8',
    model_type: stream === undefined ? 'EncDecRNNTBPEModel' : 'EncDecHybridRNNTCTCBPEModel',
    version: '2',
    model_author: 'NeMo',
    comment: 'made-up weights',
    feat_dim: String(bands),
    ...(tdt ? { url: 'https://huggingface.co/nvidia/parakeet-tdt-0.6b-v2' } : {}),
  }
}
