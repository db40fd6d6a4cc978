import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { message, stringField, varintField } from '../../onnx/protobuf.ts'
import { attribute, graph, model, node, tensor, value, type GraphParts } from '../../onnx/writer.ts'

type Feeds = Record<string, Tensor>

async function run(parts: Omit<GraphParts, 'name'>, feeds: Feeds): Promise<Record<string, Tensor>> {
  const session = await InferenceSession.create(model(graph({ name: 'test', ...parts })), {
    intraOpNumThreads: 1,
  })
  return { ...(await session.run(feeds)) }
}

function floats(...values: readonly number[]): Tensor {
  return new Tensor('float32', Float32Array.from(values), [values.length])
}

describe('protobuf', () => {
  it.each([
    { number: 0, bytes: [0x08, 0] },
    { number: 127, bytes: [0x08, 0x7f] },
    { number: 300, bytes: [0x08, 0xac, 0x02] },
    { number: -1, bytes: [0x08, ...new Array<number>(9).fill(0xff), 0x01] },
  ])('encodes $number as the specification says', ({ number, bytes }) => {
    expect([...varintField(1, number)]).toEqual(bytes)
  })

  it('writes tags beyond one byte and lengths in bytes, not characters', () => {
    expect([...message(stringField(16, '▁'))]).toEqual([0x82, 0x01, 3, 0xe2, 0x96, 0x81])
  })
})

describe('writer', () => {
  it.each([
    { type: 'float', values: [1.5, -2], expected: Float32Array.of(1.5, -2) },
    { type: 'int64', values: [-1, 2 ** 40], expected: BigInt64Array.of(-1n, 2n ** 40n) },
    { type: 'int32', values: [-7, 7], expected: Int32Array.of(-7, 7) },
    { type: 'uint8', values: [0, 255], expected: Uint8Array.of(0, 255) },
    { type: 'bool', values: [0, 1], expected: Uint8Array.of(0, 1) },
  ] as const)('carries $type constants through the runtime', async ({ type, values, expected }) => {
    const { y } = await run(
      {
        nodes: [node('Identity', ['constant'], ['y'])],
        inputs: [],
        outputs: [value('y', type, [2])],
        initializers: [tensor('constant', type, [2], values)],
      },
      {},
    )
    expect(y?.data).toEqual(expected)
  })

  it('carries float16 constants, given as bits', async () => {
    const { y } = await run(
      {
        nodes: [node('Cast', ['half'], ['y'], { to: attribute.int(1) })],
        inputs: [],
        outputs: [value('y', 'float', [2])],
        initializers: [tensor('half', 'float16', [2], [0x3c00, 0xc100])],
      },
      {},
    )
    expect(y?.data).toEqual(Float32Array.of(1, -2.5))
  })

  it('writes every kind of attribute', async () => {
    const outputs = ['elu', 'most', 'table', 'constant', 'raised'] as const
    const found = await run(
      {
        nodes: [
          node('Elu', ['x'], ['elu'], { alpha: attribute.float(2) }),
          node('ReduceMax', ['x'], ['most'], { axes: attribute.ints([0]), keepdims: attribute.int(0) }),
          node('Constant', [], ['table'], { value_floats: attribute.floats([3, 4]) }),
          node('Constant', [], ['constant'], { value: attribute.tensor(tensor('', 'float', [1], [5])) }),
          node('ScatterElements', ['x', 'first', 'constant'], ['raised'], {
            reduction: attribute.string('add'),
          }),
        ],
        inputs: [value('x', 'float', ['n'])],
        outputs: outputs.map((name) => value(name, 'float', name === 'most' ? [] : [`${name}_size`])),
        initializers: [tensor('first', 'int64', [1], [0])],
      },
      { x: floats(1, 7) },
    )
    expect(outputs.map((name) => [...(found[name]?.data ?? [])])).toEqual([[1, 7], [7], [3, 4], [5], [6, 7]])
  })

  it('nests graphs: an If takes the branch it is told to', async () => {
    const branch = (operator: string) =>
      attribute.graph(
        graph({
          name: operator,
          nodes: [node(operator, ['x', 'x'], ['result'])],
          inputs: [],
          outputs: [value('result', 'float', ['n'])],
        }),
      )
    const parts = {
      nodes: [node('If', ['flag'], ['y'], { then_branch: branch('Add'), else_branch: branch('Mul') })],
      inputs: [value('flag', 'bool', []), value('x', 'float', ['n'])],
      outputs: [value('y', 'float', ['n'])],
    }
    const chosen = async (flag: number) =>
      (await run(parts, { flag: new Tensor('bool', Uint8Array.of(flag), []), x: floats(3, 4, 5) }))['y']?.data
    expect(await chosen(1)).toEqual(Float32Array.of(6, 8, 10))
    expect(await chosen(0)).toEqual(Float32Array.of(9, 16, 25))
  })

  it('leaves named dimensions open and fixes numbered ones', async () => {
    const parts = {
      nodes: [node('Identity', ['x'], ['y'])],
      inputs: [value('x', 'float', ['rows', 2])],
      outputs: [value('y', 'float', ['rows', 2])],
    }
    const matrix = (rows: number, columns: number): Tensor =>
      new Tensor('float32', new Float32Array(rows * columns), [rows, columns])
    for (const rows of [0, 1, 5])
      expect((await run(parts, { x: matrix(rows, 2) }))['y']?.dims).toEqual([rows, 2])
    await expect(run(parts, { x: matrix(1, 3) })).rejects.toThrow(/dimension/i)
  })

  it('appends metadata after everything else, key before value', () => {
    const empty = graph({ name: 'empty', nodes: [], inputs: [], outputs: [] })
    const entry = [0x72, 8, 0x0a, 1, 0x6b, 0x12, 3, 0x61, 0x62, 0x63]
    expect([...model(empty, { metadata: { k: 'abc' } }).slice(-entry.length)]).toEqual(entry)
  })

  it('refuses a tensor of the wrong size', () => {
    expect(() => tensor('weights', 'float', [2, 3], [1, 2])).toThrow(/weights holds 6 values, not 2/)
  })
})
