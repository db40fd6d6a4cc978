import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parseOnnxMetadata, readOnnxMetadata } from '../../../../src/engine/models/onnx-metadata.ts'
import { bytesField, message, varintField } from '../../../onnx/protobuf.ts'
import { graph, model, node, tensor, value } from '../../../onnx/writer.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const METADATA = {
  T: '45',
  'model type': 'zipformer2',
  empty: '',
  means: '-1.5,2,3e-3',
  ids: '3,1,2',
  tree: '{"a":1}',
}

const bytes = model(
  graph({
    name: 'identity',
    nodes: [node('Add', ['x', 'one'], ['y'])],
    inputs: [value('x', 'float', [1])],
    outputs: [value('y', 'float', [1])],
    initializers: [tensor('one', 'float', [1], [1])],
  }),
  { metadata: METADATA },
)

/** Counts what is read. */
function sourceOf(content: Uint8Array): {
  size: number
  total: number
  read: (at: number, n: number) => Promise<Uint8Array>
} {
  const source = {
    size: content.length,
    total: 0,
    read: (at: number, length: number) => {
      const piece = content.subarray(at, at + length)
      source.total += piece.length
      return Promise.resolve(piece)
    },
  }
  return source
}

let folder: string
inOwnFolder((made) => {
  folder = made
})

async function readBack(content: Uint8Array): ReturnType<typeof readOnnxMetadata> {
  const file = join(folder, 'model.onnx')
  writeFileSync(file, content)
  return await readOnnxMetadata(file)
}

describe('the settings inside an ONNX file', () => {
  it('are read wherever they stand, without reading the graph', async () => {
    const heavy = bytesField(7, new Uint8Array(1_000_000))
    const source = sourceOf(message(varintField(1, 8), bytes.subarray(0), heavy, new Uint8Array(0)))
    expect(Object.fromEntries(await parseOnnxMetadata(source))).toEqual(METADATA)
    expect(source.total).toBeLessThan(1_000)
  })

  it('are numbers, lists and text', async () => {
    const metadata = await readBack(bytes)
    expect([metadata.integer('T'), metadata.get('model type'), metadata.get('none')]).toEqual([
      45,
      'zipformer2',
      undefined,
    ])
    expect(Array.from(metadata.floats('means', 3))).toEqual(Array.from(Float32Array.of(-1.5, 2, 3e-3)))
    expect([metadata.integers('ids'), metadata.integers('empty')]).toEqual([[3, 1, 2], []])
    expect(metadata.json('tree', v.record(v.string(), v.number()))).toEqual({ a: 1 })
  })

  it.each(['none', 'means', 'tree'])(
    'as whole numbers “%s” is refused, and as JSON of another kind',
    async (name) => {
      const metadata = await readBack(bytes)
      const facts = { code: 'model-corrupt', file: join(folder, 'model.onnx') }
      expect(() => metadata.integers(name)).toThrow(expect.objectContaining(facts))
      expect(() => metadata.json(name, v.array(v.number()))).toThrow(expect.objectContaining(facts))
    },
  )

  it.each([
    ['missing', () => 'none'],
    ['not a number', () => 'empty'],
    ['a list', () => 'means'],
  ])('that are %s are named with their file', async (_what, name) => {
    const metadata = await readBack(bytes)
    const facts = { code: 'model-corrupt', file: join(folder, 'model.onnx') }
    expect(() => metadata.integer(name())).toThrow(expect.objectContaining(facts))
    expect(() => metadata.floats(name(), 2)).toThrow(expect.objectContaining(facts))
  })

  it('of a file that is cut short anywhere are read as far as they go, or refused', async () => {
    for (let length = 1; length < bytes.length; length++) {
      const outcome = await readBack(bytes.subarray(0, length)).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'model-corrupt' })
    }
  })

  it.each([
    ['zeros', new Uint8Array(64)],
    ['text', new TextEncoder().encode('<!doctype html><title>404</title>')],
    ['a length without end', Uint8Array.of(0x3a, ...Array.from({ length: 12 }, () => 0xff))],
    ['an entry of a gigabyte', message(Uint8Array.of(0x72, 0x80, 0x80, 0x80, 0x80, 0x04), new Uint8Array(9))],
  ])('of a file of %s are refused', async (_what, content) => {
    await expect(readBack(content)).rejects.toMatchObject({ code: 'model-corrupt' })
  })
})
