import { describe, expect, it } from 'vitest'
import { floats } from '../../../src/engine/graph.ts'
import { loadRuntime } from '../../../src/engine/runtime.ts'

const FILE = '/models/some/model.onnx'
const ort = await loadRuntime()

describe('floats', () => {
  it('gives float32 as it is and widens half precision', () => {
    const data = Float32Array.of(1, -Infinity, 0.5)
    expect(floats(new ort.Tensor('float32', data, [3]), 'logits', FILE)).toBe(data)
    expect(floats(new ort.Tensor('float16', [1, 0.5], [2]), 'logits', FILE)).toEqual(Float32Array.of(1, 0.5))
  })

  it('refuses what is no number, naming the file: damaged weights answer so', () => {
    const damaged = new ort.Tensor('float32', Float32Array.of(1, NaN), [2])
    expect(() => floats(damaged, 'logits', FILE)).toThrow(
      expect.objectContaining({ code: 'model-corrupt', file: FILE }) as Error,
    )
  })

  it.each([undefined, new ort.Tensor('int32', Int32Array.of(1), [1])])(
    'refuses %o, naming the file and the output',
    (tensor) => {
      expect(() => floats(tensor, 'logits', FILE)).toThrow(
        expect.objectContaining({
          code: 'model-mismatch',
          file: FILE,
          message: expect.stringContaining('“logits”') as string,
        }) as Error,
      )
    },
  )
})
