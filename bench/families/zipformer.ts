/**
 * The streaming Zipformer 2 of 66 million weights (icefall, zipformer/zipformer.py; sizes of its export of 2023-06-26)
 * in the folder of sherpa-onnx: six stacks at different rates, chunks of 320 ms. Its quantised exports leave
 * convolutions as they are. When a token is due, is said as in transducer.ts.
 */
import { writeFiles } from '../../test/onnx/nemo.ts'
import { shifted } from './conformer.ts'
import { attribute, Network, value, type Precision } from './network.ts'
import type { ValueInfoProto } from '../../test/onnx/writer.ts'

interface Stack {
  readonly layers: number
  readonly dim: number
  readonly inner: number
  readonly heads: number
  readonly kernel: number
  readonly rate: number
}

const STACKS: readonly Stack[] = [
  { layers: 2, dim: 192, inner: 512, heads: 4, kernel: 31, rate: 1 },
  { layers: 2, dim: 256, inner: 768, heads: 4, kernel: 31, rate: 2 },
  { layers: 3, dim: 384, inner: 1024, heads: 4, kernel: 15, rate: 4 },
  { layers: 4, dim: 512, inner: 1536, heads: 8, kernel: 15, rate: 8 },
  { layers: 3, dim: 384, inner: 1024, heads: 4, kernel: 15, rate: 4 },
  { layers: 2, dim: 256, inner: 768, heads: 4, kernel: 31, rate: 2 },
]
const [QUERY, POSITION, VALUE, POSITIONS] = [32, 4, 12, 48]
const [WINDOW, SHIFT, CHUNK, LEFT] = [45, 32, 16, 64]
const WIDTH = 512
const TOKENS = 500
const CONTEXT = 2
const SURE = 100

export async function writeZipformer(folder: string, precision: Precision): Promise<void> {
  await writeFiles(folder, {
    'encoder-epoch-99-avg-1.onnx': new Encoder(precision).file(),
    'decoder-epoch-99-avg-1.onnx': decoder(precision),
    'joiner-epoch-99-avg-1.onnx': joiner(precision),
    'tokens.txt': ['<blk>', '<sos/eos>', '<unk>', ...Array.from({ length: TOKENS - 3 }, (_, id) => `▁w${id}`)]
      .map((piece, id) => `${piece} ${id}\n`)
      .join(''),
  })
}

class Encoder {
  readonly #n: Network
  readonly #inputs: ValueInfoProto[] = [value('x', 'float', ['N', WINDOW, 80])]
  readonly #outputs: ValueInfoProto[] = [value('encoder_out', 'float', ['N', CHUNK / 2, WIDTH])]
  #layer = 0

  constructor(precision: Precision) {
    this.#n = new Network(precision, 'uint8', 'float32')
  }

  file(): Uint8Array {
    const n = this.#n
    const embedded = this.#embed()
    const said: string[] = []
    let x = embedded
    for (const stack of STACKS) {
      x = this.#stack(
        fitted(n, x, said.length === 0 ? 192 : (STACKS[said.length - 1]?.dim ?? 0), stack.dim),
        stack,
      )
      said.push(x)
    }
    // The widest channels come from the last stack that has them.
    const [, , , middle = '', fourth = '', last = ''] = said
    const full = n.concat([last, n.slice(fourth, 256, 384, 2), n.slice(middle, 384, 512, 2)], 2)
    const out = n.linear(slower(n, full, 2, WIDTH), WIDTH, WIDTH)
    this.#embedStates()
    const chunks = n.op('Div', ['processed_lens', n.ints([CHUNK])])
    const due = n.op('Expand', [
      n.reshape(n.cast(n.op('Mod', [chunks, n.ints([2])]), 'float'), [1, 1, 1]),
      n.ints([1, CHUNK / 2, 1]),
    ])
    n.named('Concat', [due, n.slice(out, 1, WIDTH, 2)], ['encoder_out'], { axis: attribute.int(2) })
    n.named('Add', ['processed_lens', n.ints([CHUNK])], ['new_processed_lens'])
    this.#inputs.push(value('processed_lens', 'int64', ['N']))
    this.#outputs.push(value('new_processed_lens', 'int64', ['N']))
    return n.file(this.#inputs, this.#outputs, { metadata: settings() })
  }

  #embedStates(): void {
    const dims = ['N', 128, 3, 19]
    this.#inputs.push(value('embed_states', 'float', dims))
    this.#outputs.push(value('new_embed_states', 'float', dims))
  }

  /** Window → [1, CHUNK, 192]. */
  #embed(): string {
    const n = this.#n
    const image = n.op('Unsqueeze', ['x', n.ints([1])])
    const first = swoosh(n, n.conv(image, [8, 1, 3, 3], { pads: attribute.ints([0, 1, 0, 1]) }))
    const second = swoosh(n, n.conv(first, [32, 8, 3, 3], { strides: attribute.ints([2, 2]) }))
    const third = swoosh(n, n.conv(second, [128, 32, 3, 3], { strides: attribute.ints([1, 2]) }))
    const heard = n.concat(['embed_states', third], 2)
    n.named('Slice', [heard, n.ints([CHUNK]), n.ints([CHUNK + 3]), n.ints([2])], ['new_embed_states'])
    const wide = n.conv(heard, [128, 1, 7, 7], {
      group: attribute.int(128),
      pads: attribute.ints([0, 3, 0, 3]),
    })
    const inner = swoosh(n, n.conv(wide, [384, 128, 1, 1], {}))
    const mixed = n.op('Add', [n.slice(third, 0, CHUNK, 2), n.conv(inner, [128, 384, 1, 1], {})])
    const flat = n.reshape(n.transpose(mixed, [0, 2, 1, 3]), [1, CHUNK, 128 * 19])
    return n.layerNorm(n.linear(flat, 128 * 19, 192), 192)
  }

  #stack(x: string, stack: Stack): string {
    const n = this.#n
    const { rate, dim, layers } = stack
    const [steps, left] = [CHUNK / rate, LEFT / rate]
    const positions = n.noise([1, left + 2 * steps - 1, POSITIONS], 0.7)
    let y = rate === 1 ? x : slower(n, x, rate, dim)
    for (let layer = 0; layer < layers; layer++) y = this.#block(y, stack, positions)
    if (rate === 1) return y
    const repeated = n.op('Expand', [n.op('Unsqueeze', [y, n.ints([2])]), n.ints([1, steps, rate, dim])])
    return bypass(n, x, n.reshape(repeated, [1, CHUNK, dim]), dim)
  }

  #block(x: string, stack: Stack, positions: string): string {
    const n = this.#n
    const { dim, inner, rate } = stack
    const index = this.#layer++
    const left = LEFT / rate
    this.#declare(index, stack)
    /** What was heard before and now, as [1, left + steps, size]. */
    const carried = (name: string, now: string): string => {
      const heard = n.concat([n.transpose(`${name}_${index}`, [1, 0, 2]), now], 1)
      n.named('Transpose', [n.slice(heard, -left, 2 ** 31, 1)], [`new_${name}_${index}`], {
        perm: attribute.ints([1, 0, 2]),
      })
      return heard
    }
    const add = (to: string, part: string): string => n.op('Add', [to, part])
    const weights = this.#weights(x, stack, positions, carried)
    let y = add(x, feedForward(n, x, dim, (inner * 3) / 4))
    y = add(y, this.#gated(y, stack, weights, index))
    y = add(
      y,
      attended(n, y, stack, weights, (now) => carried('cached_val1', now)),
    )
    y = add(y, this.#convolved(y, stack, `cached_conv1_${index}`))
    y = bypass(n, x, add(y, feedForward(n, y, dim, inner)), dim)
    y = add(
      y,
      attended(n, y, stack, weights, (now) => carried('cached_val2', now)),
    )
    y = add(y, this.#convolved(y, stack, `cached_conv2_${index}`))
    y = add(y, feedForward(n, y, dim, (inner * 5) / 4))
    return bypass(n, x, n.layerNorm(y, dim), dim)
  }

  /** [1, heads, steps, left + steps]: shared by the three modules that look back. */
  #weights(
    x: string,
    { dim, heads, rate }: Stack,
    positions: string,
    carried: (name: string, now: string) => string,
  ): string {
    const n = this.#n
    const [keys, places, steps] = [heads * QUERY, heads * POSITION, CHUNK / rate]
    const all = n.linear(x, dim, 2 * keys + places)
    const query = n.heads(n.slice(all, 0, keys, 2), heads, QUERY)
    const key = n.heads(carried('cached_key', n.slice(all, keys, 2 * keys, 2)), heads, QUERY)
    const place = n.heads(n.slice(all, 2 * keys, 2 * keys + places, 2), heads, POSITION)
    const table = n.heads(n.linear(positions, POSITIONS, places, { bias: false }), heads, POSITION)
    const byPlace = n.op('MatMul', [place, n.transpose(table, [0, 1, 3, 2])])
    const byContent = n.op('MatMul', [query, n.transpose(key, [0, 1, 3, 2])])
    const moved = shifted(n, byPlace, heads, n.ints([steps]), n.size(key, 2))
    return n.op('Softmax', [n.op('Add', [byContent, moved])], { axis: attribute.int(-1) })
  }

  #gated(x: string, { dim, rate }: Stack, weights: string, index: number): string {
    const n = this.#n
    const [size, left] = [(3 * dim) / 4, LEFT / rate]
    const all = n.linear(x, dim, 3 * size)
    const part = (at: number): string => n.slice(all, at * size, (at + 1) * size, 2)
    const now = n.op('Unsqueeze', [n.op('Mul', [n.op('Tanh', [part(0)]), part(1)]), n.ints([0])])
    const name = `cached_nonlin_attn_${index}`
    const heard = n.concat([name, now], 2)
    n.named('Slice', [heard, n.ints([-left]), n.ints([2 ** 31]), n.ints([2])], [`new_${name}`])
    const mixed = n.op('MatMul', [n.slice(weights, 0, 1, 1), heard])
    return n.linear(n.op('Mul', [n.op('Squeeze', [mixed, n.ints([0])]), part(2)]), size, dim)
  }

  #convolved(x: string, { dim, kernel }: Stack, name: string): string {
    const n = this.#n
    const reach = Math.floor(kernel / 2)
    const both = n.transpose(n.linear(x, dim, 2 * dim), [0, 2, 1])
    const now = n.op('Mul', [n.slice(both, 0, dim, 1), n.op('Sigmoid', [n.slice(both, dim, 2 * dim, 1)])])
    const heard = n.concat([name, now], 2)
    n.named('Slice', [heard, n.ints([-reach]), n.ints([2 ** 31]), n.ints([2])], [`new_${name}`])
    const group = attribute.int(dim)
    const past = n.conv(heard, [dim, 1, reach + 1], { group })
    const around = n.conv(now, [dim, 1, kernel], { group, pads: attribute.ints([reach, reach]) })
    return n.linear(swoosh(n, n.transpose(n.op('Add', [past, around]), [0, 2, 1])), dim, dim)
  }

  /** The states of a layer, in the order in which sherpa-onnx hands them over. */
  #declare(index: number, { dim, heads, kernel, rate }: Stack): void {
    const left = LEFT / rate
    const reach = Math.floor(kernel / 2)
    const states = {
      cached_key: [left, 'N', heads * QUERY],
      cached_nonlin_attn: [1, 'N', left, (3 * dim) / 4],
      cached_val1: [left, 'N', heads * VALUE],
      cached_val2: [left, 'N', heads * VALUE],
      cached_conv1: ['N', dim, reach],
      cached_conv2: ['N', dim, reach],
    }
    for (const [name, dims] of Object.entries(states)) {
      this.#inputs.push(value(`${name}_${index}`, 'float', dims))
      this.#outputs.push(value(`new_${name}_${index}`, 'float', dims))
    }
  }
}

function attended(
  n: Network,
  x: string,
  { dim, heads }: Stack,
  weights: string,
  carried: (now: string) => string,
): string {
  const size = heads * VALUE
  const values = n.heads(carried(n.linear(x, dim, size)), heads, VALUE)
  const mixed = n.transpose(n.op('MatMul', [weights, values]), [0, 2, 1, 3])
  return n.linear(n.reshape(mixed, [1, -1, size]), size, dim)
}

function feedForward(n: Network, x: string, dim: number, inner: number): string {
  return n.linear(swoosh(n, n.linear(x, dim, inner)), inner, dim)
}

/** ln(1 + eˣ⁻¹) − 0.08 x − 0.313 (Yao et al. 2023, arXiv 2310.11230). */
function swoosh(n: Network, x: string): string {
  const soft = n.op('Softplus', [n.op('Sub', [x, n.scalar(1)])])
  return n.op('Sub', [n.op('Sub', [soft, n.op('Mul', [x, n.scalar(0.08)])]), n.scalar(0.313)])
}

function bypass(n: Network, from: string, to: string, dim: number): string {
  const share = n.floats(new Float32Array(dim).fill(0.5))
  return n.op('Add', [from, n.op('Mul', [n.op('Sub', [to, from]), share])])
}

/** Weighted means of `rate` steps. */
function slower(n: Network, x: string, rate: number, dim: number): string {
  const grouped = n.reshape(x, [1, -1, rate, dim])
  const weighted = n.op('Mul', [grouped, n.floats(new Float32Array(rate).fill(1 / rate), [rate, 1])])
  return n.op('ReduceSum', [weighted, n.ints([2])], { keepdims: attribute.int(0) })
}

/** Channels are cut off, or zeros added. */
function fitted(n: Network, x: string, from: number, to: number): string {
  if (to <= from) return to === from ? x : n.slice(x, 0, to, 2)
  return n.op('Pad', [x, n.ints([0, 0, 0, 0, 0, to - from])])
}

function settings(): Record<string, string> {
  const each = (of: (stack: Stack) => number): string => STACKS.map(of).join()
  return {
    model_type: 'zipformer2',
    version: '1',
    model_author: 'k2-fsa',
    comment: 'made-up weights',
    decode_chunk_len: String(SHIFT),
    T: String(WINDOW),
    num_encoder_layers: each(({ layers }) => layers),
    encoder_dims: each(({ dim }) => dim),
    cnn_module_kernels: each(({ kernel }) => kernel),
    left_context_len: each(({ rate }) => LEFT / rate),
    query_head_dims: each(() => QUERY),
    value_head_dims: each(() => VALUE),
    num_heads: each(({ heads }) => heads),
  }
}

function decoder(precision: Precision): Uint8Array {
  const n = new Network(precision, 'int8', 'float32')
  const known = n.op('Max', ['y', n.ints([0], [])])
  const embedded = n.transpose(n.lookUp(n.weight([TOKENS, WIDTH], 1), known), [0, 2, 1])
  const read = n.op('Relu', [n.conv(embedded, [WIDTH, 4, CONTEXT], { group: attribute.int(WIDTH / 4) })])
  const said = n.linear(n.op('Squeeze', [read, n.ints([2])]), WIDTH, WIDTH)
  const odd = n.floats(Float32Array.from({ length: TOKENS }, (_, id) => id % 2))
  const parity = n.op('Gather', [odd, n.slice(known, CONTEXT - 1, CONTEXT, 1)])
  n.named('Concat', [parity, n.slice(said, 1, WIDTH, 1)], ['decoder_out'], { axis: attribute.int(1) })
  return n.file([value('y', 'int64', ['N', CONTEXT])], [value('decoder_out', 'float', ['N', WIDTH])], {
    metadata: { context_size: String(CONTEXT), vocab_size: String(TOKENS) },
  })
}

function joiner(precision: Precision): Uint8Array {
  const n = new Network(precision, 'int8', 'float32')
  const active = n.op('Tanh', [n.op('Add', ['encoder_out', 'decoder_out'])])
  const [due, last] = [n.slice('encoder_out', 0, 1, 1), n.slice('decoder_out', 0, 1, 1)]
  const only = (id: number, bonus: number): string => {
    const scores = new Float32Array(TOKENS)
    scores[id] = bonus
    return n.floats(scores)
  }
  const wanted = (from: string, take: string, id: number): string =>
    n.op('Mul', [n.op('Relu', [n.op('Sub', [from, take])]), only(id, 2 * SURE)])
  const steering = n.op('Add', [only(0, SURE), n.op('Add', [wanted(due, last, 5), wanted(last, due, 6)])])
  n.named('Add', [n.linear(active, WIDTH, TOKENS), steering], ['logit'])
  return n.file(
    [value('encoder_out', 'float', ['N', WIDTH]), value('decoder_out', 'float', ['N', WIDTH])],
    [value('logit', 'float', ['N', TOKENS])],
    { metadata: { joiner_dim: String(WIDTH) } },
  )
}
