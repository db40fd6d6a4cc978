/**
 * The merged decoder of Hugging Face Optimum in full size, for Whisper and Moonshine: see
 * src/engine/models/merged-decoder.ts for its inputs and outputs. Published graphs hold both branches whole; here the
 * branch holds only what differs, the keys and values of the encoder.
 */
import { attribute, value, type Network, type Weight } from './network.ts'
import type { ValueInfoProto } from '../../test/onnx/writer.ts'

export interface DecoderSize {
  readonly layers: number
  readonly heads: number
  readonly headSize: number
  readonly vocabulary: number
  readonly context: number
  /** Number of encoder steps, where it does not change. */
  readonly steps?: number
  /** By position: the token said there; −1 leaves it to the weights. */
  readonly script: readonly number[]
}

export interface Positions {
  /** int64 [k]: of the tokens of this call. */
  readonly positions: string
  /** Added to the scores of attention: no token looks at what comes after it. */
  readonly mask: string
}

export interface DecoderKind {
  /** Query or key with its position, where it is not part of the embedding. */
  readonly place: (n: Network, x: string, positions: string) => string
  readonly embed: (n: Network, embedded: string, positions: string) => string
  readonly feedForward: (n: Network, x: string) => string
  readonly bias: boolean
}

/** Makes the script's token sure: deviations of a logit. */
const BONUS = 1000

export function writeDecoder(n: Network, size: DecoderSize, kind: DecoderKind): Uint8Array {
  const { layers, heads, headSize, vocabulary, steps = 'steps' } = size
  const width = heads * headSize
  const table = n.weight([vocabulary, width], width)
  const { positions, mask } = placesOf(n)
  let x = kind.embed(n, n.lookUp(table, 'input_ids'), positions)
  for (let layer = 0; layer < layers; layer++) {
    x = n.op('Add', [x, selfAttention(n, n.layerNorm(x, width), layer, size, kind, { positions, mask })])
    x = n.op('Add', [x, crossAttention(n, n.layerNorm(x, width), layer, size, kind)])
    x = n.op('Add', [x, kind.feedForward(n, n.layerNorm(x, width))])
  }
  n.named('Add', [scores(n, n.layerNorm(x, width), table), script(n, positions, size)], ['logits'])
  const caches = (prefix: string): ValueInfoProto[] =>
    Array.from({ length: layers }, (_, layer) =>
      ['decoder', 'encoder'].flatMap((side) =>
        ['key', 'value'].map((part) =>
          value(`${prefix}.${layer}.${side}.${part}`, 'float', ['batch', heads, `${side}_length`, headSize]),
        ),
      ),
    ).flat()
  return n.file(
    [
      value('input_ids', 'int64', ['batch', 'length']),
      value('encoder_hidden_states', 'float', ['batch', steps, width]),
      ...caches('past_key_values'),
      value('use_cache_branch', 'bool', [1]),
    ],
    [value('logits', 'float', ['batch', 'length', vocabulary]), ...caches('present')],
  )
}

function placesOf(n: Network): Positions {
  const scalar = (size: string): string => n.op('Squeeze', [size, n.ints([0])])
  const past = scalar(n.size('past_key_values.0.decoder.key', 2))
  const total = n.op('Add', [past, scalar(n.size('input_ids', 1))])
  const one = n.ints([1], [])
  const positions = n.op('Range', [past, total, one])
  const columns = n.op('Range', [n.ints([0], []), total, one])
  const later = n.op('Greater', [columns, n.op('Unsqueeze', [positions, n.ints([1])])])
  return { positions, mask: n.op('Where', [later, n.scalar(-1e9), n.scalar(0)]) }
}

function selfAttention(
  n: Network,
  x: string,
  layer: number,
  { heads, headSize }: DecoderSize,
  { place, bias }: DecoderKind,
  { positions, mask }: Positions,
): string {
  const width = heads * headSize
  const projected = (biased: boolean): string =>
    n.heads(n.linear(x, width, width, { bias: bias && biased }), heads, headSize)
  const grown = (part: string, fresh: string): string => {
    const joined = n.concat([`past_key_values.${layer}.decoder.${part}`, fresh], 2)
    n.named('Identity', [joined], [`present.${layer}.decoder.${part}`])
    return joined
  }
  const query = n.op('Mul', [place(n, projected(true), positions), n.scalar(headSize ** -0.5)])
  const key = grown('key', place(n, projected(false), positions))
  const mixed = n.attend(query, key, grown('value', projected(true)), width, mask)
  return n.linear(mixed, width, width, { bias })
}

function crossAttention(
  n: Network,
  x: string,
  layer: number,
  { heads, headSize }: DecoderSize,
  { bias }: DecoderKind,
): string {
  const width = heads * headSize
  const kept = (part: string): string => {
    const past = `past_key_values.${layer}.encoder.${part}`
    const weight = n.weight([width, width], width)
    const [used, given] = [n.name(), `present.${layer}.encoder.${part}`]
    const shape = (name: string): ValueInfoProto => value(name, 'float', ['a', heads, 'b', headSize])
    const dummy = n.floats([], [0, heads, 1, headSize])
    n.named('If', ['use_cache_branch'], [used, given], {
      then_branch: n.branch(() => [n.op('Identity', [past]), n.op('Identity', [dummy])], shape),
      else_branch: n.branch(() => {
        const fresh = n.heads(n.multiply('encoder_hidden_states', weight), heads, headSize)
        return [n.op('Identity', [fresh]), n.op('Identity', [fresh])]
      }, shape),
    })
    return used
  }
  const query = n.op('Mul', [
    n.heads(n.linear(x, width, width, { bias }), heads, headSize),
    n.scalar(headSize ** -0.5),
  ])
  return n.linear(n.attend(query, kept('key'), kept('value'), width), width, width, { bias })
}

/** The embedding serves as the last layer too. */
function scores(n: Network, x: string, table: Weight): string {
  return n.multiply(x, { ...table, name: n.transpose(table.name, [1, 0]) })
}

/** [k, vocabulary]: a bonus for the token of the position. */
function script(n: Network, positions: string, { context, vocabulary, script: said }: DecoderSize): string {
  const tokens = n.ints(Array.from({ length: context }, (_, position) => said[position] ?? -1))
  const token = n.op('Gather', [tokens, positions])
  // OneHot counts −1 from the end; one beyond it is none.
  const none = n.ints([vocabulary], [])
  const known = n.op('Where', [n.op('Less', [token, n.ints([0], [])]), none, token])
  return n.op('OneHot', [known, n.ints([vocabulary], []), n.floats([0, BONUS])], { axis: attribute.int(-1) })
}
