import { describe, expect, it } from 'vitest'
import type { FolderListing } from '../../../../src/engine/models/folder.ts'
import { assertRoom, estimateBytes } from '../../../../src/engine/models/memory.ts'

const MIB = 2 ** 20
const GIB = 2 ** 30

function listing(files: Readonly<Record<string, number>>): FolderListing {
  return { folder: '/models/some', files: new Map(Object.entries(files)), config: undefined }
}

const fitting = { kind: 'fits', graphs: ['encoder.onnx', 'decoder.onnx'], workingBytes: 50 * MIB } as const
const folder = listing({
  'encoder.onnx': 600 * MIB,
  'decoder.onnx': 20 * MIB,
  'encoder.int8.onnx': 150 * MIB,
})

describe('estimateBytes', () => {
  it('counts the graphs that are opened, what a decode takes, and the process itself', () => {
    const empty = estimateBytes(listing({}), { ...fitting, workingBytes: 0 })
    expect(empty).toBeGreaterThan(0)
    expect(estimateBytes(folder, fitting)).toBe(empty + 1.5 * 620 * MIB + 50 * MIB)
  })

  it.each(['encoder.data', 'encoder.onnx.data', 'encoder.onnx_data'])(
    'counts weights beside a graph, in %s',
    (name) => {
      const plain = listing({ 'encoder.onnx': MIB })
      const beside = listing({ 'encoder.onnx': MIB, [name]: 2 * GIB })
      expect(estimateBytes(beside, fitting) - estimateBytes(plain, fitting)).toBe(3 * GIB)
    },
  )
})

describe('assertRoom', () => {
  it('lets a model pass that leaves a fifth of the machine free', () => {
    const needed = estimateBytes(folder, fitting)
    expect(() => {
      assertRoom(folder, fitting, Math.ceil(needed / 0.8))
    }).not.toThrow()
  })

  it('refuses one that does not, naming the folder and what is needed', () => {
    const needed = estimateBytes(folder, fitting)
    expect(() => {
      assertRoom(folder, fitting, needed)
    }).toThrow(
      expect.objectContaining({
        code: 'model-unsupported',
        file: '/models/some',
        message: 'The model needs 1.1 GB of memory, this computer has 1.1 GB: /models/some',
      }) as Error,
    )
  })
})
