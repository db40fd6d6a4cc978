/**
 * Tiny streaming Zipformers of made-up weights: the states, names and settings of icefall's exports, and inside them a
 * network that hears its window and really depends on every one of its states.
 */
import type { Files } from './nemo.ts'
import { memoryOf, type StateShape } from './memory.ts'
import { RandomWeights } from './random.ts'
import { attribute, graph, model, node, tensor, value, type GraphParts } from './writer.ts'

export interface ZipformerToy {
  readonly seed: number
  readonly generation: 1 | 2
  readonly pieces: readonly string[]
  /** Frames of a window, and from one to the next: 45 and 32 in the published chunk-16 models. */
  readonly window?: number
  readonly shift?: number
  readonly blankBias?: number
}

/** Of each stack; two stacks of one and two layers. */
const LAYERS = [1, 2]
const DIMS = [16, 24]
const HEADS = [2, 2]
const KEY = [4, 4]
const VALUE = [3, 3]
const KERNELS = [5, 7]
const LEFT = [6, 4]
const WIDTH = 16
const CONTEXT = 2

export function zipformerFiles(toy: ZipformerToy): Files {
  const { pieces } = toy
  return {
    'encoder-epoch-99-avg-1.onnx': model(graph(encoderParts(toy)), { metadata: settingsOf(toy) }),
    'decoder-epoch-99-avg-1.onnx': model(graph(decoderParts(toy)), {
      metadata: { context_size: String(CONTEXT), vocab_size: String(pieces.length) },
    }),
    'joiner-epoch-99-avg-1.onnx': model(graph(joinerParts(toy)), { metadata: { joiner_dim: String(WIDTH) } }),
    'tokens.txt': pieces.map((piece, id) => `${piece} ${id}\n`).join(''),
  }
}

export function statesOf({ generation }: ZipformerToy): StateShape[] {
  return generation === 2 ? secondGeneration() : firstGeneration()
}

function secondGeneration(): StateShape[] {
  const layers = LAYERS.flatMap((count, stack) => Array.from({ length: count }, () => stack))
  const each = layers.flatMap((stack, layer): StateShape[] => {
    const [left = 0, dim = 0, heads = 0] = [LEFT[stack], DIMS[stack], HEADS[stack]]
    const key = heads * (KEY[stack] ?? 0)
    const values = heads * (VALUE[stack] ?? 0)
    const half = Math.floor((KERNELS[stack] ?? 0) / 2)
    const float = 'float' as const
    return [
      { name: `cached_key_${layer}`, type: float, dims: [left, 1, key], batch: 1 },
      { name: `cached_nonlin_attn_${layer}`, type: float, dims: [1, 1, left, (3 * dim) / 4], batch: 1 },
      { name: `cached_val1_${layer}`, type: float, dims: [left, 1, values], batch: 1 },
      { name: `cached_val2_${layer}`, type: float, dims: [left, 1, values], batch: 1 },
      { name: `cached_conv1_${layer}`, type: float, dims: [1, dim, half], batch: 0 },
      { name: `cached_conv2_${layer}`, type: float, dims: [1, dim, half], batch: 0 },
    ]
  })
  return [
    ...each,
    { name: 'embed_states', type: 'float', dims: [1, 128, 3, 19], batch: 0 },
    { name: 'processed_lens', type: 'int64', dims: [1], batch: 0 },
  ]
}

function firstGeneration(): StateShape[] {
  const groups: readonly (readonly [string, 'float' | 'int64', (stack: number) => number[]])[] = [
    ['cached_len', 'int64', () => []],
    ['cached_avg', 'float', (stack) => [DIMS[stack] ?? 0]],
    ['cached_key', 'float', (stack) => [KEY[stack] ?? 0]],
    ['cached_val', 'float', (stack) => [(KEY[stack] ?? 0) / 2]],
    ['cached_val2', 'float', (stack) => [(KEY[stack] ?? 0) / 2]],
    ['cached_conv1', 'float', (stack) => [DIMS[stack] ?? 0, (KERNELS[stack] ?? 0) - 1]],
    ['cached_conv2', 'float', (stack) => [DIMS[stack] ?? 0, (KERNELS[stack] ?? 0) - 1]],
  ]
  return groups.flatMap(([name, type, rest]) =>
    LAYERS.map((layers, stack): StateShape => {
      const attends = /key|val/.test(name)
      const dims = [layers, ...(attends ? [LEFT[stack] ?? 0] : []), 1, ...rest(stack)]
      return { name: `${name}_${stack}`, type, dims, batch: attends ? 2 : 1 }
    }),
  )
}

function settingsOf({ generation, window = 45, shift = 32 }: ZipformerToy): Record<string, string> {
  const common = {
    model_type: generation === 2 ? 'zipformer2' : 'zipformer',
    version: '1',
    model_author: 'k2-fsa',
    comment: 'made-up weights',
    decode_chunk_len: String(shift),
    T: String(window),
    num_encoder_layers: LAYERS.join(),
    encoder_dims: DIMS.join(),
    cnn_module_kernels: KERNELS.join(),
    left_context_len: LEFT.join(),
  }
  return generation === 2
    ? { ...common, query_head_dims: KEY.join(), value_head_dims: VALUE.join(), num_heads: HEADS.join() }
    : { ...common, attention_dims: KEY.join() }
}

/** Window → shift / 4 steps by one convolution over the frames, moved by what the states remember. */
function encoderParts(toy: ZipformerToy): GraphParts {
  const { seed, window = 45, shift = 32 } = toy
  const random = new RandomWeights(seed)
  const states = statesOf(toy)
  const memory = memoryOf(states, 'scaled', (name) => `new_${name}`, random)
  const steps = shift / 4
  const kernel = window - 4 * (steps - 1)
  return {
    name: `zipformer-${seed}`,
    nodes: [
      node('Mul', ['x', 'scale'], ['scaled']),
      node('Transpose', ['scaled'], ['by_band'], { perm: attribute.ints([0, 2, 1]) }),
      node('Conv', ['by_band', 'w1'], ['c1'], {
        kernel_shape: attribute.ints([kernel]),
        strides: attribute.ints([4]),
      }),
      ...memory.nodes,
      node('Mul', ['memory', 'direction'], ['bias']),
      node('Add', ['c1', 'bias'], ['biased']),
      node('Tanh', ['biased'], ['active']),
      node('Transpose', ['active'], ['encoder_out'], { perm: attribute.ints([0, 2, 1]) }),
    ],
    initializers: [
      random.matrix('w1', [WIDTH, 80, kernel], 80 * kernel, 2),
      random.matrix('direction', [1, WIDTH, 1], 1),
      tensor('scale', 'float', [], [0.2]),
      ...memory.initializers,
    ],
    inputs: [value('x', 'float', ['N', window, 80]), ...memory.inputs],
    outputs: [value('encoder_out', 'float', ['N', steps, WIDTH]), ...memory.outputs],
  }
}

/** y [N, 2] → decoder_out [N, WIDTH]; −1, which is no token, counts as 0 and adds nothing. */
function decoderParts({ seed, pieces }: ZipformerToy): GraphParts {
  const random = new RandomWeights(seed + 1000)
  return {
    name: `decoder-${seed}`,
    nodes: [
      node('Max', ['y', 'zero'], ['known']),
      node('Gather', ['embedding', 'known'], ['embedded']),
      node('GreaterOrEqual', ['y', 'zero'], ['is_token']),
      node('Cast', ['is_token'], ['mask'], { to: attribute.int(1) }),
      node('Unsqueeze', ['mask', 'last'], ['mask3']),
      node('Mul', ['embedded', 'mask3'], ['masked']),
      node('Mul', ['masked', 'places'], ['placed']),
      node('ReduceSum', ['placed', 'middle'], ['summed'], { keepdims: attribute.int(0) }),
      node('Tanh', ['summed'], ['decoder_out']),
    ],
    initializers: [
      tensor('zero', 'int64', [], [0]),
      tensor('last', 'int64', [1], [2]),
      tensor('middle', 'int64', [1], [1]),
      tensor('embedding', 'float', [pieces.length, WIDTH], random.values(pieces.length * WIDTH, 2)),
      tensor('places', 'float', [1, CONTEXT, 1], [0.6, 1]),
    ],
    inputs: [value('y', 'int64', ['N', CONTEXT])],
    outputs: [value('decoder_out', 'float', ['N', WIDTH])],
  }
}

function joinerParts({ seed, pieces, blankBias = 0 }: ZipformerToy): GraphParts {
  const random = new RandomWeights(seed + 2000)
  return {
    name: `joiner-${seed}`,
    nodes: [
      node('Add', ['encoder_out', 'decoder_out'], ['sum']),
      node('Tanh', ['sum'], ['active']),
      node('MatMul', ['active', 'Wo'], ['scored']),
      node('Add', ['scored', 'bias'], ['logit']),
    ],
    initializers: [
      random.matrix('Wo', [WIDTH, pieces.length], WIDTH, 4),
      tensor(
        'bias',
        'float',
        [pieces.length],
        [blankBias, ...Array.from({ length: pieces.length - 1 }, () => 0)],
      ),
    ],
    inputs: [value('encoder_out', 'float', ['N', WIDTH]), value('decoder_out', 'float', ['N', WIDTH])],
    outputs: [value('logit', 'float', ['N', pieces.length])],
  }
}
