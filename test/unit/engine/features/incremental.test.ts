import { describe, expect, it } from 'vitest'
import { IncrementalFeatures, KALDI_REACH, NEMO_REACH } from '../../../../src/engine/features/incremental.ts'
import { KaldiFrontEnd, ZIPFORMER } from '../../../../src/engine/features/kaldi.ts'
import { NemoFrontEnd } from '../../../../src/engine/features/nemo.ts'
import { RandomWeights } from '../../../onnx/random.ts'

describe.each([
  ['NeMo', new NemoFrontEnd(80), NEMO_REACH],
  ['Kaldi', new KaldiFrontEnd(ZIPFORMER), KALDI_REACH],
])('the frames of %s', (_name, frontEnd, reach) => {
  const inPieces = (signal: Float32Array, pieces: (at: number) => number): number[] => {
    const features = new IncrementalFeatures(frontEnd, reach)
    const rows: number[] = []
    for (let at = 0; at < signal.length;) {
      const length = pieces(at)
      rows.push(...features.push(signal.subarray(at, at + length)).data)
      at += length
    }
    return [...rows, ...features.finish().data]
  }

  it.each([1, 79, 80, 81, 160, 512, 1280, 5000])(
    'are the same in pieces of %i samples, bit for bit',
    (length) => {
      for (const samples of length === 1 ? [700] : [0, 1, 90, 240, 399, 400, 2000, 5001]) {
        const signal = new RandomWeights(samples).values(samples)
        expect(inPieces(signal, () => length)).toEqual(Array.from(frontEnd.logMel(signal).data))
      }
    },
  )

  it('are the same in pieces of any lengths', () => {
    const random = new RandomWeights(5)
    const signal = random.values(8000)
    const any = (): number => 1 + Math.floor(900 * Math.abs(random.next()))
    expect(inPieces(signal, any)).toEqual(Array.from(frontEnd.logMel(signal).data))
  })
})
