/**
 * Canary's two graphs in both published layouts. What the decoder has read it keeps as memories that go in and out.
 *
 * onnx-asr (src/onnx_asr/models/nemo.py): encoder `audio_signal` float32 [1, bands, frames], `length` int64 [1] →
 * `encoder_embeddings` [1, T, width], `encoder_mask` int64 [1, T]; decoder `input_ids` int64 [1, k], both of those,
 * `decoder_mems` [layers, 1, read, width] → `logits` [1, k, tokens], `decoder_hidden_states`, the next memories.
 * sherpa-onnx (scripts/nemo/canary): encoder `x` float32 [1, frames, bands], `x_len` int64 [1] → `enc_states`,
 * `enc_len`, `enc_mask` bool [1, T]; decoder `decoder_input_ids` int32 [1, k + 1], of which the last is the position of
 * the first, `decoder_mems_list_{i}` [1, read, width], `enc_states`, `enc_mask` → `logits` [1, 1, tokens],
 * `next_decoder_mem_list_{i}`.
 */
import type { Tensor } from 'onnxruntime-node'
import { toFrameMajor, type BandMajor } from '../features/matrix.ts'
import { floats, idTensor, mismatch, type Graph, type Tensors } from '../graph.ts'
import { encoderFeeds } from './nemo-encoder.ts'

export interface CanaryGraphs {
  readonly encoder: Graph
  readonly decoder: Graph
}

/** A decode up to some token. */
export interface CanaryStep {
  /** For the next token. */
  readonly logits: Float32Array
  /** What the encoder heard. */
  readonly heard: Tensors
  readonly memories: Tensors
  /** Tokens so far. */
  readonly read: number
}

export interface CanaryNetwork {
  readonly bands: 80 | 128
  /** Hears the features, and reads the prompt. */
  start(features: BandMajor, prompt: readonly number[]): Promise<CanaryStep>
  advance(step: CanaryStep, token: number): Promise<CanaryStep>
}

export const ONNX_ASR_NAMES = {
  encoder: { inputs: ['audio_signal', 'length'], outputs: ['encoder_embeddings', 'encoder_mask'] },
  decoder: {
    inputs: ['input_ids', 'encoder_embeddings', 'encoder_mask', 'decoder_mems'],
    outputs: ['logits', 'decoder_hidden_states'],
  },
}

export const SHERPA_NAMES = {
  encoder: { inputs: ['x', 'x_len'], outputs: ['enc_states', 'enc_mask'] },
  decoder: {
    inputs: ['decoder_input_ids', 'decoder_mems_list_0', 'enc_states', 'enc_mask'],
    outputs: ['logits', 'next_decoder_mem_list_0'],
  },
}

/** @throws StenoError `model-mismatch` when the encoder wants other bands than NeMo computes. */
export function onnxAsrNetwork({ encoder, decoder }: CanaryGraphs): CanaryNetwork {
  const { inputs, outputs } = ONNX_ASR_NAMES.decoder
  const read = async (step: Omit<CanaryStep, 'logits'>, ids: readonly number[]): Promise<CanaryStep> => {
    const feeds = { ...step.heard, ...step.memories, input_ids: idTensor(decoder.ort, ids) }
    const answer = await decoder.run(feeds, outputs)
    const memories = taken(answer, { decoder_mems: 'decoder_hidden_states' }, decoder)
    return { ...step, logits: lastRow(answer, decoder), memories, read: step.read + ids.length }
  }
  return {
    bands: bandsOf(encoder, 'audio_signal', 1),
    start: async (features, prompt) => {
      const answer = await encoder.run(encoderFeeds(encoder.ort, features), ONNX_ASR_NAMES.encoder.outputs)
      const heard = taken(
        answer,
        { encoder_embeddings: 'encoder_embeddings', encoder_mask: 'encoder_mask' },
        encoder,
      )
      return await read({ heard, memories: noMemories(decoder, [inputs[3] ?? '']), read: 0 }, prompt)
    },
    advance: (step, token) => read(step, [token]),
  }
}

/** The same. Its prompt is read token by token, as sherpa-onnx does: the graph was made with one. */
export function sherpaNetwork({ encoder, decoder }: CanaryGraphs): CanaryNetwork {
  const next: Record<string, string> = {}
  for (const name of decoder.inputNames) {
    const index = /^decoder_mems_list_(\d+)$/.exec(name)?.[1]
    if (index !== undefined) next[name] = `next_decoder_mem_list_${index}`
  }
  const outputs = ['logits', ...Object.values(next)]
  const advance = async (step: Omit<CanaryStep, 'logits'>, token: number): Promise<CanaryStep> => {
    const ids = new decoder.ort.Tensor('int32', Int32Array.of(token, step.read), [1, 2])
    const answer = await decoder.run({ ...step.heard, ...step.memories, decoder_input_ids: ids }, outputs)
    const memories = taken(answer, next, decoder)
    return { ...step, logits: lastRow(answer, decoder), memories, read: step.read + 1 }
  }
  return {
    bands: bandsOf(encoder, 'x', 2),
    start: async (features, [first = 0, ...prompt]) => {
      const { ort } = encoder
      const { data, frames, bands } = toFrameMajor(features)
      const feeds = {
        x: new ort.Tensor('float32', data, [1, frames, bands]),
        x_len: idTensor(ort, [frames], [1]),
      }
      const answer = await encoder.run(feeds, SHERPA_NAMES.encoder.outputs)
      const heard = taken(answer, { enc_states: 'enc_states', enc_mask: 'enc_mask' }, encoder)
      let step = await advance({ heard, memories: noMemories(decoder, Object.keys(next)), read: 0 }, first)
      for (const token of prompt) step = await advance(step, token)
      return step
    },
    advance,
  }
}

function bandsOf(encoder: Graph, input: string, axis: number): 80 | 128 {
  const bands = encoder.input(input).shape[axis]
  if (bands === 80 || bands === 128) return bands
  throw mismatch(encoder.file, `it wants ${bands ?? 'no'} mel bands, NeMo’s models 80 or 128`)
}

/** Of width as the graph says: [.., 0, width], every dimension it leaves open but the length being the batch. */
function noMemories(decoder: Graph, names: readonly string[]): Tensors {
  return Object.fromEntries(
    names.map((name) => {
      const { shape } = decoder.input(name)
      const dims = shape.map((dim, axis) =>
        axis === shape.length - 2 ? 0 : typeof dim === 'number' ? dim : 1,
      )
      if (typeof shape.at(-1) !== 'number') throw mismatch(decoder.file, `its input “${name}” has no width`)
      return [name, new decoder.ort.Tensor('float32', new Float32Array(0), dims)] as const
    }),
  )
}

/** Input of the next call → output of this one. */
function taken(answer: Tensors, names: Readonly<Record<string, string>>, { file }: Graph): Tensors {
  const found = Object.entries(names).map(([input, output]): [string, Tensor] => {
    const tensor = answer[output]
    if (tensor === undefined) throw mismatch(file, `it has no “${output}”`)
    return [input, tensor]
  })
  return Object.fromEntries(found)
}

function lastRow({ logits }: Tensors, { file }: Graph): Float32Array {
  const tokens = logits?.dims.at(-1) ?? 0
  const all = floats(logits, 'logits', file)
  return all.slice(all.length - tokens)
}
