/**
 * Writes networks of published size with made-up weights: layers as in the published graphs, in float32 or in the
 * 8 bits that `quantize_dynamic` of onnxruntime gives (DynamicQuantizeLinear and MatMulInteger or ConvInteger; products
 * of activations with each other stay float32). Every method gives the name of its result.
 */
import {
  attribute,
  graph,
  model,
  node,
  rawTensor,
  tensor,
  value,
  type ElementType,
  type ModelOptions,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from '../../test/onnx/writer.ts'
import { randomBytes, randomFloats } from './weights.ts'

export type Precision = 'float32' | 'int8'
export type Attributes = NonNullable<Parameters<typeof node>[3]>

/** Deviation of bytes of equal probability around their middle. */
const BYTE_DEVIATION = 73.9
const FLOAT = 1
const INT64 = 7

export interface Weight {
  readonly name: string
  /** For 8 bits. */
  readonly scale: string
  readonly zero: string
}

export class Network {
  readonly precision: Precision
  readonly #byteType: 'int8' | 'uint8'
  readonly #convolutions: Precision
  readonly #initializers: TensorProto[] = []
  #nodes: NodeProto[] = []
  #quantized = new Map<string, readonly [string, string, string]>()
  #count = 0

  /** @param byteType of quantised weights: exporters take uint8 where convolutions are quantised too. */
  constructor(
    precision: Precision,
    byteType: 'int8' | 'uint8' = 'uint8',
    convolutions: Precision = precision,
  ) {
    this.precision = precision
    this.#byteType = byteType
    this.#convolutions = convolutions
  }

  name(): string {
    return `n${++this.#count}`
  }

  op(operator: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = this.name()
    this.#nodes.push(node(operator, inputs, [output], attributes))
    return output
  }

  /** An operator whose outputs have names. */
  named(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Attributes = {},
  ): void {
    this.#nodes.push(node(operator, inputs, outputs, attributes))
  }

  ints(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.#constant(tensor, 'int64', dims, values)
  }

  floats(values: ArrayLike<number>, dims: readonly number[] = [values.length]): string {
    return this.#constant(tensor, 'float', dims, values)
  }

  scalar(number: number): string {
    return this.floats([number], [])
  }

  /** Random float32 of that deviation. */
  noise(dims: readonly number[], deviation: number): string {
    return this.#constant(rawTensor, 'float', dims, randomFloats(product(dims), deviation))
  }

  /** Weights that keep the variance of what they are applied to, times `gain`². */
  weight(dims: readonly number[], fanIn: number, gain = 1): Weight {
    const deviation = gain / Math.sqrt(fanIn)
    if (this.precision === 'float32') return { name: this.noise(dims, deviation), scale: '', zero: '' }
    const signed = this.#byteType === 'int8'
    return {
      name: this.#constant(rawTensor, this.#byteType, dims, randomBytes(product(dims))),
      scale: this.scalar(deviation / BYTE_DEVIATION),
      zero: this.#constant(tensor, this.#byteType, [], [signed ? 0 : 128]),
    }
  }

  /** [1, steps, from] → [1, steps, to]. */
  linear(x: string, from: number, to: number, { bias = true, gain = 1 } = {}): string {
    const product = this.multiply(x, this.weight([from, to], from, gain))
    return bias ? this.op('Add', [product, this.noise([to], 0.02)]) : product
  }

  multiply(x: string, { name, scale, zero }: Weight): string {
    if (this.precision === 'float32') return this.op('MatMul', [x, name])
    const [bytes, byteScale, byteZero] = this.#quantize(x)
    return this.#scaled(this.op('MatMulInteger', [bytes, name, byteZero, zero]), byteScale, scale)
  }

  /** @param dims [to, from / groups, …kernel] */
  conv(x: string, dims: readonly number[], attributes: Attributes, gain = 1): string {
    const all = { kernel_shape: attribute.ints(dims.slice(2)), ...attributes }
    const bias = this.noise([dims[0] ?? 1], 0.02)
    const fanIn = product(dims.slice(1))
    if (this.#convolutions === 'float32')
      return this.op('Conv', [x, this.noise(dims, gain / Math.sqrt(fanIn)), bias], all)
    const { name, scale, zero } = this.weight(dims, fanIn, gain)
    const [bytes, byteScale, byteZero] = this.#quantize(x)
    const convolved = this.#scaled(
      this.op('ConvInteger', [bytes, name, byteZero, zero], all),
      byteScale,
      scale,
    )
    const perChannel = this.op('Reshape', [bias, this.ints([1, -1, ...dims.slice(2).map(() => 1)])])
    return this.op('Add', [convolved, perChannel])
  }

  /** Rows of a [count, width] table. */
  lookUp({ name, scale, zero }: Weight, ids: string): string {
    const rows = this.op('Gather', [name, ids])
    return this.precision === 'float32' ? rows : this.op('DequantizeLinear', [rows, scale, zero])
  }

  layerNorm(x: string, width: number): string {
    const ones = this.floats(new Float32Array(width).fill(1))
    return this.op('LayerNormalization', [x, ones, this.floats(new Float32Array(width))], {
      axis: attribute.int(-1),
    })
  }

  /** As exporters write it, for the runtime to put together again. */
  gelu(x: string): string {
    const erf = this.op('Erf', [this.op('Div', [x, this.scalar(Math.SQRT2)])])
    return this.op('Mul', [this.op('Mul', [x, this.op('Add', [erf, this.scalar(1)])]), this.scalar(0.5)])
  }

  silu(x: string): string {
    return this.op('Mul', [x, this.op('Sigmoid', [x])])
  }

  transpose(x: string, order: readonly number[]): string {
    return this.op('Transpose', [x], { perm: attribute.ints(order) })
  }

  reshape(x: string, dims: readonly number[]): string {
    return this.op('Reshape', [x, this.ints(dims)])
  }

  cast(x: string, to: 'float' | 'int64'): string {
    return this.op('Cast', [x], { to: attribute.int(to === 'float' ? FLOAT : INT64) })
  }

  concat(parts: readonly string[], axis: number): string {
    return this.op('Concat', parts, { axis: attribute.int(axis) })
  }

  /** @param from one of a name or a number, as is `to`. */
  slice(x: string, from: string | number, to: string | number, axis: number): string {
    const at = (place: string | number): string => (typeof place === 'string' ? place : this.ints([place]))
    return this.op('Slice', [x, at(from), at(to), this.ints([axis])])
  }

  /** A dimension as int64 [1]. */
  size(x: string, axis: number): string {
    return this.op('Gather', [this.op('Shape', [x]), this.ints([axis])])
  }

  /** [1, steps, heads · size] → [1, heads, steps, size]. */
  heads(x: string, heads: number, size: number): string {
    return this.transpose(this.reshape(x, [1, -1, heads, size]), [0, 2, 1, 3])
  }

  /** softmax(q kᵀ + mask) v, joined to [1, steps, width]. The query is scaled already. */
  attend(query: string, key: string, values: string, width: number, mask?: string): string {
    const scores = this.op('MatMul', [query, this.transpose(key, [0, 1, 3, 2])])
    const masked = mask === undefined ? scores : this.op('Add', [scores, mask])
    const mixed = this.op('MatMul', [this.op('Softmax', [masked], { axis: attribute.int(-1) }), values])
    return this.reshape(this.transpose(mixed, [0, 2, 1, 3]), [1, -1, width])
  }

  /** What `build` adds becomes the body of a branch; it gives the names of the branch's outputs. */
  branch(build: () => readonly string[], output: (name: string) => ValueInfoProto): Attributes[string] {
    const [nodes, quantized] = [this.#nodes, this.#quantized]
    this.#nodes = []
    this.#quantized = new Map(quantized)
    const outputs = build()
    const body = graph({ name: this.name(), nodes: this.#nodes, inputs: [], outputs: outputs.map(output) })
    this.#nodes = nodes
    this.#quantized = quantized
    return attribute.graph(body)
  }

  /** The bytes of the file. */
  file(
    inputs: readonly ValueInfoProto[],
    outputs: readonly ValueInfoProto[],
    options?: ModelOptions,
  ): Uint8Array {
    const parts = {
      name: 'full-size',
      nodes: this.#nodes,
      initializers: this.#initializers,
      inputs,
      outputs,
    }
    return model(graph(parts), options)
  }

  #quantize(x: string): readonly [string, string, string] {
    const known = this.#quantized.get(x)
    if (known !== undefined) return known
    const outputs = [this.name(), this.name(), this.name()] as const
    this.#nodes.push(node('DynamicQuantizeLinear', [x], outputs))
    this.#quantized.set(x, outputs)
    return outputs
  }

  #scaled(integers: string, first: string, second: string): string {
    return this.op('Mul', [this.cast(integers, 'float'), this.op('Mul', [first, second])])
  }

  #constant<Values>(
    write: (name: string, type: ElementType, dims: readonly number[], values: Values) => TensorProto,
    type: ElementType,
    dims: readonly number[],
    values: Values,
  ): string {
    const name = `w${++this.#count}`
    this.#initializers.push(write(name, type, dims, values))
    return name
  }
}

export { attribute, value }

function product(dims: readonly number[]): number {
  return dims.reduce((all, dim) => all * dim, 1)
}
