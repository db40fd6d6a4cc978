/**
 * Encoder and merged decoder in the layout of Hugging Face Optimum: the published names, shapes and types, a few
 * made-up weights. A transformer in earnest: its cache, its causal mask and its positions must be right to agree.
 */
import {
  attribute,
  graph,
  model,
  node,
  tensor,
  value,
  type ElementType,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './writer.ts'
import { product, type Precision } from './precision.ts'

export interface DecoderShape {
  readonly layers: number
  readonly heads: number
  readonly headSize: number
  readonly vocabulary: number
  /** Most positions. */
  readonly context: number
  /** From this position on, `end` becomes the more probable the later it is. */
  readonly endsAt?: number
  readonly end: number
  /** Says these tokens by position, whatever is heard; −1 leaves it to the weights. */
  readonly script?: readonly number[]
  readonly type?: 'float' | 'float16'
  /** Number of encoder steps, where it does not change. */
  readonly steps?: number
  readonly masked?: boolean
  readonly seed?: number
  /** Of the weights of every product. */
  readonly precision?: Precision
}

/** How sure the decoder is: the logits' deviation. */
export const STEEPNESS = 12

/** Collects nodes and weights; every method gives the name of its result. */
export class Builder {
  readonly nodes: NodeProto[] = []
  readonly initializers: TensorProto[] = []
  #random: () => number
  readonly #precision: Precision
  #count = 0

  constructor(seed: number, precision: Precision = 'fp32') {
    this.#random = uniform(seed)
    this.#precision = precision
  }

  op(
    operator: string,
    inputs: readonly string[],
    attributes: Parameters<typeof node>[3] = {},
    domain = '',
  ): string {
    const name = `n${++this.#count}`
    this.nodes.push(node(operator, inputs, [name], attributes, domain))
    return name
  }

  /** An operator with `count` results. */
  ops(operator: string, inputs: readonly string[], count: number): string[] {
    const names = Array.from({ length: count }, () => `n${++this.#count}`)
    this.nodes.push(node(operator, inputs, names))
    return names
  }

  weight(rows: number, columns: number, gain = 1): string {
    return this.floats([rows, columns], this.#weights(rows, columns, gain))
  }

  /** `input` [.., rows] × made-up weights → [.., columns]. */
  product(input: string, rows: number, columns: number, gain = 1): string {
    return product(
      this,
      input,
      { rows, columns, values: this.#weights(rows, columns, gain) },
      this.#precision,
    )
  }

  /** The weights from here on are those of another graph. */
  reseed(seed: number): void {
    this.#random = uniform(seed)
  }

  /** Weights that another graph has in this place. */
  skip(count: number): void {
    for (let i = 0; i < count; i++) this.#random()
  }

  floats(dims: readonly number[], values: ArrayLike<number>): string {
    return this.constant('float', dims, values)
  }

  ints(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.constant('int64', dims, values)
  }

  /** [1, T, d] → [1, heads, T, headSize]. */
  split(input: string, heads: number, headSize: number): string {
    const shaped = this.op('Reshape', [input, this.ints([1, -1, heads, headSize])])
    return this.op('Transpose', [shaped], { perm: attribute.ints([0, 2, 1, 3]) })
  }

  cast(input: string, type: 'float' | 'float16'): string {
    return this.op('Cast', [input], { to: attribute.int(type === 'float' ? 1 : 10) })
  }

  constant(type: ElementType, dims: readonly number[], values: ArrayLike<number>): string {
    const name = `w${++this.#count}`
    this.initializers.push(tensor(name, type, dims, values))
    return name
  }

  #weights(rows: number, columns: number, gain: number): Float32Array {
    const limit = gain * Math.sqrt(3 / rows)
    const values = new Float32Array(rows * columns)
    for (let i = 0; i < values.length; i++) values[i] = limit * this.#random()
    return values
  }
}

/** `input_features` [1, bands, 3000] → `last_hidden_state` [1, 1500, width]. */
export function whisperEncoder(
  bands: number,
  width: number,
  { type = 'float', precision }: Pick<DecoderShape, 'type' | 'precision'> = {},
): Uint8Array {
  const b = new Builder(7, precision)
  const input = type === 'float' ? 'input_features' : b.cast('input_features', 'float')
  const kernel = b.floats([width, bands, 3], randoms(width * bands * 3, 0.6 / Math.sqrt(bands), 11))
  const convolved = b.op('Conv', [input, kernel], {
    kernel_shape: attribute.ints([3]),
    strides: attribute.ints([2]),
    pads: attribute.ints([1, 1]),
  })
  const steps = b.op('Transpose', [b.op('Tanh', [convolved])], { perm: attribute.ints([0, 2, 1]) })
  const mixed = b.product(steps, width, width, 2)
  const named = type === 'float' ? mixed : b.cast(mixed, 'float16')
  b.nodes.push(node('Identity', [named], ['last_hidden_state']))
  return finish(b, {
    inputs: [value('input_features', type, ['batch_size', bands, 3000])],
    outputs: [value('last_hidden_state', type, ['batch_size', 1500, width])],
  })
}

/** `input_values` [1, samples] → `last_hidden_state` [1, ⌈samples / 384⌉, width]. */
export function moonshineEncoder(
  width: number,
  { masked = false, precision }: Pick<DecoderShape, 'masked' | 'precision'> = {},
): Uint8Array {
  const b = new Builder(7, precision)
  const wave = b.op('Unsqueeze', ['input_values', b.ints([1])])
  const kernel = b.floats([width, 1, 384], randoms(width * 384, 0.3, 13))
  const convolved = b.op('Conv', [wave, kernel], {
    kernel_shape: attribute.ints([384]),
    strides: attribute.ints([384]),
    pads: attribute.ints([0, 383]),
  })
  const steps = b.op('Transpose', [b.op('Tanh', [convolved])], { perm: attribute.ints([0, 2, 1]) })
  b.nodes.push(node('Identity', [b.product(steps, width, width, 2)], ['last_hidden_state']))
  return finish(b, {
    inputs: [
      value('input_values', 'float', ['batch_size', 'num_samples']),
      ...(masked ? [value('attention_mask', 'int64', ['batch_size', 'num_samples'])] : []),
    ],
    outputs: [value('last_hidden_state', 'float', ['batch_size', 'steps', width])],
  })
}

/** Both ways in one graph, or the one that reads the prompt and the one that goes on from its caches. */
export type DecoderPart = 'merged' | 'first' | 'next'

/** See src/engine/models/merged-decoder.ts and decoder-pair.ts for inputs and outputs: the same weights in every part. */
export function optimumDecoder(shape: DecoderShape, part: DecoderPart = 'merged'): Uint8Array {
  const { layers, heads, headSize, vocabulary, context, type = 'float', seed = 3 } = shape
  const width = heads * headSize
  const b = new Builder(seed, shape.precision)
  const asFloat = (name: string): string => (type === 'float' ? name : b.cast(name, 'float'))
  const give = (name: string, output: string): void => {
    b.nodes.push(
      type === 'float'
        ? node('Identity', [name], [output])
        : node('Cast', [name], [output], { to: attribute.int(10) }),
    )
  }
  const hidden = part === 'next' ? undefined : asFloat('encoder_hidden_states')
  const axis = (name: string, index: number): string =>
    b.op('Gather', [b.op('Shape', [name]), b.ints([index], [])])
  const past = part === 'first' ? b.ints([0], []) : axis('past_key_values.0.decoder.key', 2)
  const total = b.op('Add', [past, axis('input_ids', 1)])
  const positions = b.op('Range', [past, total, b.ints([1], [])])
  const mask = causalMask(b, positions, total)
  let x = b.op('Add', [
    b.op('Gather', [b.weight(vocabulary, width, Math.sqrt(vocabulary / 3)), 'input_ids']),
    b.op('Gather', [b.weight(context, width, Math.sqrt(context / 3)), positions]),
  ])
  for (let layer = 0; layer < layers; layer++) {
    const cache = (side: string, part: string): string => `past_key_values.${layer}.${side}.${part}`
    const project = (input: string): string => b.split(b.product(input, width, width), heads, headSize)
    const grown = (name: string): string => {
      const fresh = project(x)
      const joined =
        part === 'first'
          ? fresh
          : b.op('Concat', [asFloat(cache('decoder', name)), fresh], { axis: attribute.int(2) })
      give(joined, `present.${layer}.decoder.${name}`)
      return joined
    }
    x = attend(b, x, project(x), grown('key'), grown('value'), mask, width)
    const kept = (name: string): string => {
      if (hidden === undefined) {
        b.skip(width * width)
        return asFloat(cache('encoder', name))
      }
      const fresh = project(hidden)
      const [used, given] = [`used.${layer}.${name}`, `given.${layer}.${name}`]
      if (part === 'merged')
        b.nodes.push(chooseCache(asFloat(cache('encoder', name)), fresh, [used, given], heads, headSize))
      give(part === 'merged' ? given : fresh, `present.${layer}.encoder.${name}`)
      return part === 'merged' ? used : fresh
    }
    x = attend(b, x, project(x), kept('key'), kept('value'), undefined, width)
  }
  const said = b.product(b.op('Tanh', [x]), width, vocabulary, STEEPNESS)
  give(steered(b, said, positions, shape), 'logits')
  return finish(b, endsOf(shape, part))
}

function endsOf(shape: DecoderShape, part: DecoderPart): Parameters<typeof finish>[1] {
  const { layers, heads, headSize, vocabulary, type = 'float', steps = 'steps' } = shape
  const width = heads * headSize
  const caches = (prefix: string, sides = ['decoder', 'encoder']): ValueInfoProto[] =>
    Array.from({ length: layers }, (_, layer) =>
      sides.flatMap((side) =>
        ['key', 'value'].map((name) =>
          value(`${prefix}.${layer}.${side}.${name}`, type, [
            'batch_size',
            heads,
            `${side}_length`,
            headSize,
          ]),
        ),
      ),
    ).flat()
  return {
    inputs: [
      value('input_ids', 'int64', ['batch_size', 'decoder_sequence_length']),
      ...(shape.masked === true
        ? [value('encoder_attention_mask', 'int64', ['batch_size', 'mask_length'])]
        : []),
      ...(part === 'next' ? [] : [value('encoder_hidden_states', type, ['batch_size', steps, width])]),
      ...(part === 'first' ? [] : caches('past_key_values')),
      ...(part === 'merged' ? [value('use_cache_branch', 'bool', [1])] : []),
    ],
    outputs: [
      value('logits', type, ['batch_size', 'decoder_sequence_length', vocabulary]),
      ...caches('present', part === 'next' ? ['decoder'] : undefined),
    ],
  }
}

/** 0 where a token may look, −10⁹ where it may not: at what comes after it. */
export function causalMask(b: Builder, positions: string, total: string): string {
  const columns = b.op('Range', [b.ints([0], []), total, b.ints([1], [])])
  const later = b.op('Greater', [columns, b.op('Unsqueeze', [positions, b.ints([1])])])
  return b.op('Where', [later, b.floats([], [-1e9]), b.floats([], [0])])
}

export function attend(
  b: Builder,
  x: string,
  query: string,
  key: string,
  values: string,
  mask: string | undefined,
  width: number,
): string {
  const turned = b.op('Transpose', [key], { perm: attribute.ints([0, 1, 3, 2]) })
  const scores = b.op('MatMul', [query, turned])
  const masked = mask === undefined ? scores : b.op('Add', [scores, mask])
  const mixed = b.op('MatMul', [b.op('Softmax', [masked], { axis: attribute.int(-1) }), values])
  const joined = b.op('Transpose', [mixed], { perm: attribute.ints([0, 2, 1, 3]) })
  const flat = b.op('Reshape', [joined, b.ints([1, -1, width])])
  return b.op('Add', [x, b.product(flat, width, width)])
}

/** With the cache, what is given back is a dummy, as in the published graphs. */
function chooseCache(
  past: string,
  fresh: string,
  [used, given]: readonly [string, string],
  heads: number,
  headSize: number,
): NodeProto {
  const branch = (name: string, source: string, dummy: boolean): ReturnType<typeof graph> =>
    graph({
      name,
      nodes: [
        node('Identity', [source], [`${used}.${name}`]),
        node('Identity', [dummy ? `${used}.dummy` : source], [`${given}.${name}`]),
      ],
      inputs: [],
      outputs: [`${used}.${name}`, `${given}.${name}`].map((output) =>
        value(output, 'float', ['a', heads, 'b', headSize]),
      ),
      initializers: dummy ? [tensor(`${used}.dummy`, 'float', [0, heads, 1, headSize], [])] : [],
    })
  return node('If', ['use_cache_branch'], [used, given], {
    then_branch: attribute.graph(branch('cached', past, true)),
    else_branch: attribute.graph(branch('fresh', fresh, false)),
  })
}

/** Adds what the position says: the end from some point on, or the token of a script. */
export function steered(
  b: Builder,
  logits: string,
  positions: string,
  { vocabulary, context, end, endsAt = context, script = [] }: DecoderShape,
): string {
  const bonus = Array.from(
    { length: context },
    (_, position) => Math.max(0, position - endsAt) * 2 * STEEPNESS,
  )
  const tokens = Array.from({ length: context }, (_, position) => script[position] ?? -1)
  const at = (table: string): string => b.op('Unsqueeze', [b.op('Gather', [table, positions]), b.ints([1])])
  const every = b.ints(Array.from({ length: vocabulary }, (_, id) => id))
  const isEnd = b.cast(b.op('Equal', [every, b.ints([end])]), 'float')
  const isNext = b.cast(b.op('Equal', [every, at(b.ints(tokens))]), 'float')
  const ending = b.op('Mul', [at(b.floats([context], bonus)), isEnd])
  const scripted = b.op('Mul', [isNext, b.floats([], [20 * STEEPNESS])])
  return b.op('Add', [logits, b.op('Add', [ending, scripted])])
}

export function finish(
  { nodes, initializers }: Builder,
  ends: { readonly inputs: readonly ValueInfoProto[]; readonly outputs: readonly ValueInfoProto[] },
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return model(graph({ name: 'seq2seq', nodes, initializers, ...ends }), { metadata })
}

export function randoms(count: number, limit: number, seed: number): Float32Array {
  const random = uniform(seed)
  return Float32Array.from({ length: count }, () => limit * random())
}

/** The same numbers in [−1, 1) each time. */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  }
}
