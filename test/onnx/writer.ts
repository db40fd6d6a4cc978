/**
 * Writes ONNX models for tests: tensors, nodes, graphs, a model around them. Field numbers are those of onnx.proto3
 * (github.com/onnx/onnx).
 */
import { bytesField, floatField, message, stringField, varintField } from './protobuf.ts'

/** An encoded message that still knows what it is. */
interface Encoded<Kind extends string> {
  readonly kind: Kind
  readonly bytes: Uint8Array
}

export type TensorProto = Encoded<'tensor'>
export type ValueInfoProto = Encoded<'value'>
export type NodeProto = Encoded<'node'>
export type GraphProto = Encoded<'graph'>
export type Attribute = Encoded<'attribute'>

interface Element {
  /** TensorProto.DataType. */
  readonly code: number
  readonly size: number
  readonly write: (view: DataView, at: number, value: number | bigint) => void
}

const ELEMENTS = {
  float: {
    code: 1,
    size: 4,
    write: (view, at, value) => {
      view.setFloat32(at, Number(value), true)
    },
  },
  uint8: {
    code: 2,
    size: 1,
    write: (view, at, value) => {
      view.setUint8(at, Number(value))
    },
  },
  int8: {
    code: 3,
    size: 1,
    write: (view, at, value) => {
      view.setInt8(at, Number(value))
    },
  },
  int32: {
    code: 6,
    size: 4,
    write: (view, at, value) => {
      view.setInt32(at, Number(value), true)
    },
  },
  int64: {
    code: 7,
    size: 8,
    write: (view, at, value) => {
      view.setBigInt64(at, BigInt(value), true)
    },
  },
  /** 0 or 1. */
  bool: {
    code: 9,
    size: 1,
    write: (view, at, value) => {
      view.setUint8(at, Number(value))
    },
  },
  /** Given as its 16 bits. */
  float16: {
    code: 10,
    size: 2,
    write: (view, at, value) => {
      view.setUint16(at, Number(value), true)
    },
  },
} as const satisfies Record<string, Element>

export type ElementType = keyof typeof ELEMENTS

/** A constant of the graph. `values` in row-major order, as many as the dimensions say; no dimensions: a scalar. */
export function tensor(
  name: string,
  type: ElementType,
  dims: readonly number[],
  values: ArrayLike<number | bigint>,
): TensorProto {
  const count = dims.reduce((product, dim) => product * dim, 1)
  if (count !== values.length) throw new RangeError(`${name} holds ${count} values, not ${values.length}`)
  const { size, write } = ELEMENTS[type]
  const raw = new Uint8Array(count * size)
  const view = new DataView(raw.buffer)
  for (let i = 0; i < count; i++) write(view, i * size, values[i] ?? 0)
  return rawTensor(name, type, dims, raw)
}

/** A constant given as its bytes, little-endian: the quick way for weights by the million. */
export function rawTensor(
  name: string,
  type: ElementType,
  dims: readonly number[],
  raw: Uint8Array,
): TensorProto {
  return {
    kind: 'tensor',
    bytes: message(
      ...dims.map((dim) => varintField(1, dim)),
      varintField(2, ELEMENTS[type].code),
      stringField(8, name),
      bytesField(9, raw),
    ),
  }
}

/** An input or output of a graph; a dimension with a name may be of any size. */
export function value(name: string, type: ElementType, dims: readonly (number | string)[]): ValueInfoProto {
  const shape = dims.map((dim) =>
    bytesField(1, typeof dim === 'number' ? varintField(1, dim) : stringField(2, dim)),
  )
  const tensorType = message(varintField(1, ELEMENTS[type].code), bytesField(2, message(...shape)))
  return { kind: 'value', bytes: message(stringField(1, name), bytesField(2, bytesField(1, tensorType))) }
}

/** One operator call. An optional input left out in the middle is ''. @param domain {@link MICROSOFT} or ONNX's own. */
export function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
  domain = '',
): NodeProto {
  return {
    kind: 'node',
    bytes: message(
      ...inputs.map((input) => stringField(1, input)),
      ...outputs.map((output) => stringField(2, output)),
      stringField(4, operator),
      ...Object.entries(attributes).map(([name, { bytes }]) =>
        bytesField(5, message(stringField(1, name), bytes)),
      ),
      ...(domain === '' ? [] : [stringField(7, domain)]),
    ),
  }
}

/** Values of node attributes. */
export const attribute = {
  float: (number: number) => attributeOf(1, floatField(2, number)),
  int: (number: number | bigint) => attributeOf(2, varintField(3, number)),
  string: (text: string) => attributeOf(3, stringField(4, text)),
  tensor: (constant: TensorProto) => attributeOf(4, bytesField(5, constant.bytes)),
  /** The body of an If or a Loop. */
  graph: (body: GraphProto) => attributeOf(5, bytesField(6, body.bytes)),
  floats: (numbers: readonly number[]) => attributeOf(6, ...numbers.map((number) => floatField(7, number))),
  ints: (numbers: readonly (number | bigint)[]) =>
    attributeOf(7, ...numbers.map((number) => varintField(8, number))),
}

function attributeOf(type: number, ...fields: readonly Uint8Array[]): Attribute {
  return { kind: 'attribute', bytes: message(...fields, varintField(20, type)) }
}

export interface GraphParts {
  readonly name: string
  /** In an order in which each finds its inputs computed. */
  readonly nodes: readonly NodeProto[]
  readonly inputs: readonly ValueInfoProto[]
  readonly outputs: readonly ValueInfoProto[]
  readonly initializers?: readonly TensorProto[]
}

export function graph({ name, nodes, inputs, outputs, initializers = [] }: GraphParts): GraphProto {
  return {
    kind: 'graph',
    bytes: message(
      ...nodes.map(({ bytes }) => bytesField(1, bytes)),
      stringField(2, name),
      ...initializers.map(({ bytes }) => bytesField(5, bytes)),
      ...inputs.map(({ bytes }) => bytesField(11, bytes)),
      ...outputs.map(({ bytes }) => bytesField(12, bytes)),
    ),
  }
}

export interface ModelOptions {
  /** Becomes `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>
  readonly opset?: number
}

const IR_VERSION = 8
/** Of onnxruntime's own operators, of which every model may make use. */
export const MICROSOFT = 'com.microsoft'

/** The bytes of an .onnx file. */
export function model(
  main: GraphProto,
  { metadata = {}, opset = 17 }: ModelOptions = {},
): Uint8Array<ArrayBuffer> {
  return message(
    varintField(1, IR_VERSION),
    stringField(2, 'steno-tests'),
    bytesField(7, main.bytes),
    bytesField(8, message(stringField(1, ''), varintField(2, opset))),
    bytesField(8, message(stringField(1, MICROSOFT), varintField(2, 1))),
    ...Object.entries(metadata).map(([key, text]) =>
      bytesField(14, message(stringField(1, key), stringField(2, text))),
    ),
  )
}
