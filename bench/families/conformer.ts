/**
 * FastConformer encoders of published size (NeMo, asr/modules/conformer_encoder.py): sub-sampling by eight, then
 * layers of half feed-forward, attention with relative positions, convolution, half feed-forward.
 */
import { attribute, Network, value, type Precision } from './network.ts'
import type { ValueInfoProto } from '../../test/onnx/writer.ts'

export interface ConformerSize {
  readonly bands: 80 | 128
  readonly layers: number
  readonly width: number
  readonly heads: number
  /** Of the last layers’ scores; see transducer.ts. */
  readonly stream?: { readonly shift: number; readonly left: number }
}

const CHANNELS = 256
const KERNEL = 9
/** Frames before each chunk that the sub-sampling hears again, and its steps that are dropped. */
const PRE_ENCODE = 9
const DROPPED = 2
const MOST_STEPS = 512
/** Steps to a word: the encoder says when a token is due, for weights that were not trained cannot. */
export const STEPS_PER_TOKEN = 3

/** Whole utterances. */
export function offlineEncoder(
  size: ConformerSize,
  precision: Precision,
  metadata: Record<string, string>,
): Uint8Array {
  const n = new Network(precision)
  give(n, heardWhole(n, 'audio_signal', size))
  n.named('Identity', [stepsOf(n, 'length')], ['encoded_lengths'])
  return n.file(
    [value('audio_signal', 'float', ['N', size.bands, 'T']), value('length', 'int64', ['N'])],
    outputsOf(size.width, 'S'),
    { metadata },
  )
}

/** [1, bands, frames] → [1, steps, width] */
export function heardWhole(n: Network, features: string, size: ConformerSize): string {
  let x = subsampled(n, features, size)
  const steps = n.size(x, 1)
  const positions = positionTable(n, steps, steps, size.width)
  for (let layer = 0; layer < size.layers; layer++) x = block(n, x, size, { positions, steps })
  return x
}

/** @param length of the features. */
export function stepsOf(n: Network, length: string): string {
  return n.op('Div', [n.op('Add', [length, n.ints([7])]), n.ints([8])])
}

/** Chunk by chunk, with what each layer remembers. */
export function streamingEncoder(
  size: ConformerSize,
  precision: Precision,
  metadata: Record<string, string>,
): Uint8Array {
  const { bands, layers, width, stream: { shift, left } = { shift: 56, left: 70 } } = size
  const n = new Network(precision)
  const window = shift + PRE_ENCODE
  const chunk = shift / 8
  // The first steps of the window are those of the chunk before.
  let x = n.slice(subsampled(n, 'audio_signal', size), DROPPED, DROPPED + chunk, 1)
  const positions = positionTable(n, n.ints([chunk]), n.ints([chunk + left]), width)
  const [channels, times]: [string[], string[]] = [[], []]
  for (let layer = 0; layer < layers; layer++) {
    const of = (cache: string): string =>
      n.op('Gather', [cache, n.ints([layer], [])], { axis: attribute.int(1) })
    const carried = { channel: of('cache_last_channel'), time: of('cache_last_time'), left }
    x = block(n, x, size, { positions, steps: n.ints([chunk]), carried, channels, times })
  }
  give(n, x)
  const one = n.ints([1])
  const stack = (parts: readonly string[]): string =>
    n.concat(
      parts.map((part) => n.op('Unsqueeze', [part, one])),
      1,
    )
  n.named('Identity', [stack(channels)], ['cache_last_channel_next'])
  n.named('Identity', [stack(times)], ['cache_last_time_next'])
  const filled = n.op('Add', ['cache_last_channel_len', n.ints([chunk])])
  n.named('Min', [filled, n.ints([left])], ['cache_last_channel_next_len'])
  n.named('Div', ['length', n.ints([8])], ['encoded_lengths'])
  const caches = (suffix: string): ValueInfoProto[] => [
    value(`cache_last_channel${suffix}`, 'float', ['N', layers, left, width]),
    value(`cache_last_time${suffix}`, 'float', ['N', layers, width, KERNEL - 1]),
  ]
  return n.file(
    [
      value('audio_signal', 'float', ['N', bands, window]),
      value('length', 'int64', ['N']),
      ...caches(''),
      value('cache_last_channel_len', 'int64', ['N']),
    ],
    [...outputsOf(width, chunk), ...caches('_next'), value('cache_last_channel_next_len', 'int64', ['N'])],
    { metadata },
  )
}

function outputsOf(width: number, steps: number | string): ValueInfoProto[] {
  return [value('outputs', 'float', ['N', width, steps]), value('encoded_lengths', 'int64', ['N'])]
}

/** [1, steps, width] → `outputs` [1, width, steps], whose first channel says whether an odd token is due. */
function give(n: Network, x: string): void {
  const count = n.op('Squeeze', [n.size(x, 1), n.ints([0])])
  const steps = n.op('Range', [n.ints([0], []), count, n.ints([1], [])])
  const turn = n.op('Mod', [n.op('Div', [steps, n.ints([STEPS_PER_TOKEN], [])]), n.ints([2], [])])
  const due = n.reshape(n.cast(turn, 'float'), [1, -1, 1])
  const rest = n.slice(x, 1, 2 ** 31, 2)
  n.named('Transpose', [n.concat([due, rest], 2)], ['outputs'], { perm: attribute.ints([0, 2, 1]) })
}

/** [1, bands, frames] → [1, ⌈frames / 8⌉, width] */
function subsampled(n: Network, input: string, { bands, width }: ConformerSize): string {
  const half = { strides: attribute.ints([2, 2]), pads: attribute.ints([1, 1, 1, 1]) }
  const image = n.op('Unsqueeze', [n.transpose(input, [0, 2, 1]), n.ints([1])])
  let x = n.op('Relu', [n.conv(image, [CHANNELS, 1, 3, 3], half)])
  for (let round = 0; round < 2; round++) {
    const each = n.conv(x, [CHANNELS, 1, 3, 3], { ...half, group: attribute.int(CHANNELS) })
    x = n.op('Relu', [n.conv(each, [CHANNELS, CHANNELS, 1, 1], {})])
  }
  const flat = n.reshape(n.transpose(x, [0, 2, 1, 3]), [1, -1, (CHANNELS * bands) / 8])
  return n.linear(flat, (CHANNELS * bands) / 8, width)
}

interface Surroundings {
  /** [1, keys + queries − 1, width] */
  readonly positions: string
  /** Queries, as int64 [1]. */
  readonly steps: string
  readonly carried?: { readonly channel: string; readonly time: string; readonly left: number }
  /** Where the next caches are noted. */
  readonly channels?: string[]
  readonly times?: string[]
}

function block(n: Network, x: string, size: ConformerSize, around: Surroundings): string {
  const { width } = size
  const half = (input: string): string => {
    const inner = n.silu(n.linear(n.layerNorm(input, width), width, 4 * width))
    return n.op('Add', [input, n.op('Mul', [n.linear(inner, 4 * width, width), n.scalar(0.5)])])
  }
  const fed = half(x)
  const attended = n.op('Add', [fed, attention(n, n.layerNorm(fed, width), size, around)])
  const convolved = n.op('Add', [attended, convolution(n, n.layerNorm(attended, width), width, around)])
  return n.layerNorm(half(convolved), width)
}

/** Transformer-XL's relative positions (Dai et al. 2019): scores by content and by distance. */
function attention(n: Network, x: string, { width, heads }: ConformerSize, around: Surroundings): string {
  const { positions, steps, carried, channels } = around
  const size = width / heads
  const heard = carried === undefined ? x : n.concat([carried.channel, x], 1)
  if (carried !== undefined) channels?.push(n.slice(heard, -carried.left, 2 ** 31, 1))
  const split = (input: string): string => n.heads(n.linear(input, width, width), heads, size)
  const query = n.op('Mul', [split(x), n.scalar(size ** -0.5)])
  const [key, values] = [split(heard), split(heard)]
  const places = n.heads(n.linear(positions, width, width, { bias: false }), heads, size)
  const biased = (): string => n.op('Add', [query, n.noise([1, heads, 1, size], 0.02)])
  const byDistance = n.op('MatMul', [biased(), n.transpose(places, [0, 1, 3, 2])])
  const keys = n.size(key, 2)
  const mixed = n.attend(biased(), key, values, width, shifted(n, byDistance, heads, steps, keys))
  return n.linear(mixed, width, width)
}

/** [1, heads, queries, keys + queries − 1] → [1, heads, queries, keys]: row by row one further to the left. */
export function shifted(n: Network, scores: string, heads: number, queries: string, keys: string): string {
  const padded = n.op('Pad', [scores, n.ints([0, 0, 0, 1, 0, 0, 0, 0])])
  const [batch, count, any] = [n.ints([1]), n.ints([heads]), n.ints([-1])]
  const turned = n.op('Reshape', [padded, n.concat([batch, count, any, queries], 0)])
  const cut = n.slice(turned, 1, 2 ** 31, 2)
  const rows = n.op('Reshape', [cut, n.concat([batch, count, queries, any], 0)])
  return n.slice(rows, n.ints([0]), keys, 3)
}

/** Sines by distance, as many as there are between any query and any key. */
function positionTable(n: Network, queries: string, keys: string, width: number): string {
  const table = n.noise([1, 2 * MOST_STEPS, width], 0.7)
  const count = n.op('Sub', [n.op('Add', [queries, keys]), n.ints([1])])
  return n.slice(table, n.ints([0]), count, 1)
}

function convolution(n: Network, x: string, width: number, { carried, times }: Surroundings): string {
  const both = n.conv(n.transpose(x, [0, 2, 1]), [2 * width, width, 1], {})
  const gate = n.op('Sigmoid', [n.slice(both, width, 2 * width, 1)])
  const gated = n.op('Mul', [n.slice(both, 0, width, 1), gate])
  const heard = carried === undefined ? gated : n.concat([carried.time, gated], 2)
  if (carried !== undefined) times?.push(n.slice(heard, -(KERNEL - 1), 2 ** 31, 2))
  const reach = (KERNEL - 1) / 2
  const pads = carried === undefined ? [reach, reach] : [0, 0]
  const mixed = n.conv(heard, [width, 1, KERNEL], {
    group: attribute.int(width),
    pads: attribute.ints(pads),
  })
  return n.transpose(n.conv(n.silu(mixed), [width, width, 1], {}), [0, 2, 1])
}
