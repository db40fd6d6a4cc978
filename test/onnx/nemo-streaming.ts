/** Tiny cache-aware streaming models: the decoder and joiner of `nemo.ts` behind an encoder of fixed windows. */
import { memoryOf, type StateShape } from './memory.ts'
import { NEMO_WIDTH, sherpaTransducer, type Files, type NemoToy } from './nemo.ts'
import { RandomWeights } from './random.ts'
import { attribute, graph, model, node, tensor, value } from './writer.ts'

export interface StreamingNemoToy extends NemoToy {
  /** Frames from one window to the next; 8 to a step. Published: 8, 16, 56 and 112. */
  readonly shift: number
  /** Languages by name, `auto` among them, of a model that wants to be told which: Nemotron 3.5. */
  readonly prompts?: Readonly<Record<string, number>>
}

/** Frames before each chunk that the pre-encoder hears again. */
const PRE_ENCODE = 9
const LAYERS = 2
const LEFT = 6
const KERNEL = 8
const SUBSAMPLING = 8
const PROMPT = 'prompt_index'
/** Languages the published model has room for. */
const PROMPTS = 128

export const NEMO_CACHES: readonly StateShape[] = [
  { name: 'cache_last_channel', type: 'float', dims: [1, LAYERS, LEFT, NEMO_WIDTH], batch: 0 },
  { name: 'cache_last_time', type: 'float', dims: [1, LAYERS, NEMO_WIDTH, KERNEL], batch: 0 },
  { name: 'cache_last_channel_len', type: 'int64', dims: [1], batch: 0 },
]

export function streamingNemo(toy: StreamingNemoToy): Files {
  return { ...sherpaTransducer(toy), 'encoder.onnx': encoder(toy) }
}

function encoder(toy: StreamingNemoToy): Uint8Array {
  const { seed, bands, shift, pieces, layers, normalise = 'NA', prompts } = toy
  const random = new RandomWeights(seed)
  const window = shift + PRE_ENCODE
  const steps = shift / SUBSAMPLING
  const kernel = window - SUBSAMPLING * (steps - 1)
  const next = (name: string): string =>
    name.endsWith('_len') ? name.replace('_len', '_next_len') : `${name}_next`
  const memory = memoryOf(NEMO_CACHES, 'scaled', next, random)
  const parts = graph({
    name: `streaming-encoder-${seed}`,
    nodes: [
      node('Mul', ['audio_signal', 'scale'], ['scaled']),
      node('Conv', ['scaled', 'w1'], ['c1'], {
        kernel_shape: attribute.ints([kernel]),
        strides: attribute.ints([SUBSAMPLING]),
      }),
      ...memory.nodes,
      node('Mul', ['memory', 'direction'], ['bias']),
      node('Add', ['c1', 'bias'], [prompts === undefined ? 'biased' : 'unprompted']),
      ...(prompts === undefined
        ? []
        : [
            node('Gather', ['accents', PROMPT], ['accent']),
            node('Add', ['unprompted', 'accent'], ['biased']),
          ]),
      node('Tanh', ['biased'], ['outputs']),
      node('Div', ['length', 'eight'], ['encoded_lengths']),
    ],
    initializers: [
      random.matrix('w1', [NEMO_WIDTH, bands, kernel], bands * kernel, 3),
      random.matrix('direction', [1, NEMO_WIDTH, 1], 1),
      tensor('scale', 'float', [], [0.2]),
      tensor('eight', 'int64', [1], [SUBSAMPLING]),
      ...memory.initializers,
      ...(prompts === undefined ? [] : [random.matrix('accents', [PROMPTS, NEMO_WIDTH, 1], 1)]),
    ],
    inputs: [
      value('audio_signal', 'float', ['N', bands, window]),
      value('length', 'int64', ['N']),
      ...memory.inputs,
      ...(prompts === undefined ? [] : [value(PROMPT, 'int64', ['N'])]),
    ],
    outputs: [
      value('outputs', 'float', ['N', NEMO_WIDTH, steps]),
      value('encoded_lengths', 'int64', ['N']),
      ...memory.outputs,
    ],
  })
  return model(parts, {
    metadata: {
      vocab_size: String(pieces.length),
      window_size: String(window),
      chunk_shift: String(shift),
      normalize_type: normalise,
      cache_last_channel_dim1: String(LAYERS),
      cache_last_channel_dim2: String(LEFT),
      cache_last_channel_dim3: String(NEMO_WIDTH),
      cache_last_time_dim1: String(LAYERS),
      cache_last_time_dim2: String(NEMO_WIDTH),
      cache_last_time_dim3: String(KERNEL),
      pred_rnn_layers: String(layers),
      pred_hidden: '16',
      subsampling_factor: String(SUBSAMPLING),
      model_type: 'EncDecHybridRNNTCTCBPEModel',
      version: '1',
      model_author: 'NeMo',
      comment: 'made-up weights',
      ...(prompts === undefined
        ? {}
        : { prompt_dictionary: JSON.stringify(prompts), auto_prompt_id: String(prompts['auto'] ?? 0) }),
    },
  })
}
