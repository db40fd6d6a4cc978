/**
 * A product with weights in the precisions that models are published in, written as the tools write it that make them:
 * float32; 8 bit as onnxruntime's dynamic quantisation; half precision with float32 at the ends of the graph; 4 bit in
 * blocks as onnxruntime's MatMulNBits (docs/ContribOperators.md there).
 */
import type { Builder } from './seq2seq.ts'
import { attribute, MICROSOFT } from './writer.ts'

export type Precision = 'fp32' | 'q8' | 'fp16' | 'q4'

/** What a graph's name ends with. */
export const SUFFIXES: Readonly<Record<Precision, string>> = {
  fp32: '',
  q8: '_quantized',
  fp16: '_fp16',
  q4: '_q4',
}

/** Row-major [rows, columns]. */
export interface Weights {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

/** Weights of one column that share a scale, in 4 bit. */
const BLOCK = 32
/** What stands for 0 among 0 to 15. */
const MIDDLE = 8

/** `input` [.., rows] × weights → [.., columns]. */
export function product(b: Builder, input: string, weights: Weights, precision: Precision): string {
  switch (precision) {
    case 'fp32':
      return b.op('MatMul', [input, b.constant('float', [weights.rows, weights.columns], weights.values)])
    case 'q8':
      return eightBit(b, input, weights)
    case 'fp16':
      return half(b, input, weights)
    case 'q4':
      return fourBit(b, input, weights)
  }
}

function eightBit(b: Builder, input: string, { rows, columns, values }: Weights): string {
  const scale = largest(values) / 127
  const rounded = Int8Array.from(values, (value) => Math.round(value / scale))
  const [quantised = '', inputScale = '', zero = ''] = b.ops('DynamicQuantizeLinear', [input], 3)
  const sums = b.op('MatMulInteger', [
    quantised,
    b.constant('int8', [rows, columns], rounded),
    zero,
    b.constant('int8', [], [0]),
  ])
  const scales = b.op('Mul', [inputScale, b.floats([], [scale])])
  return b.op('Mul', [b.cast(sums, 'float'), scales])
}

function half(b: Builder, input: string, { rows, columns, values }: Weights): string {
  const bits = new Uint16Array(Float16Array.from(values).buffer)
  const weights = b.constant('float16', [rows, columns], bits)
  return b.cast(b.op('MatMul', [b.cast(input, 'float16'), weights]), 'float')
}

/** Column by column, block by block; two weights in a byte, the first one in its low half. */
function fourBit(b: Builder, input: string, { rows, columns, values }: Weights): string {
  const blocks = Math.ceil(rows / BLOCK)
  const packed = new Uint8Array((columns * blocks * BLOCK) / 2)
  const scales = new Float32Array(columns * blocks)
  for (let block = 0; block < columns * blocks; block++) {
    const column = Math.floor(block / blocks)
    const from = (block % blocks) * BLOCK
    const own = Array.from({ length: BLOCK }, (_, i) =>
      from + i < rows ? (values[(from + i) * columns + column] ?? 0) : 0,
    )
    const scale = largest(own) / (MIDDLE - 1)
    scales[block] = scale
    const nibble = (i: number): number => MIDDLE + Math.round((own[i] ?? 0) / scale)
    for (let i = 0; i < BLOCK; i += 2) packed[(block * BLOCK + i) / 2] = nibble(i) | (nibble(i + 1) << 4)
  }
  const settings = { K: rows, N: columns, bits: 4, block_size: BLOCK }
  return b.op(
    'MatMulNBits',
    [
      input,
      b.constant('uint8', [columns, blocks, BLOCK / 2], packed),
      b.constant('float', [columns * blocks], scales),
    ],
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, attribute.int(value)])),
    MICROSOFT,
  )
}

/** Magnitude; never 0. */
function largest(values: Iterable<number>): number {
  let most = 1e-9
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
