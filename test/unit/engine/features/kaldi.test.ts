import { describe, expect, it } from 'vitest'
import { KaldiFrontEnd, SENSE_VOICE, ZIPFORMER } from '../../../../src/engine/features/kaldi.ts'
import { deviation, expectStatistics, referenceSignal, statistics, type Points } from './reference-signal.ts'

const TOLERANCE = 1e-4

const pcm = referenceSignal()

const POVEY: Points = [
  [0, 0, -3.140478],
  [0, 50, -9.172828],
  [10, 0, 0.163577],
  [10, 10, -7.778991],
  [20, 25, -8.611814],
  [40, 50, -3.214433],
  [60, 75, -3.444319],
  [79, 99, -1.697595],
  [5, 99, -7.22943],
  [30, 30, -1.826864],
  [70, 90, -3.369281],
]

const HAMMING: Points = [
  [0, 0, 17.83903],
  [0, 50, 13.540573],
  [10, 10, 15.552407],
  [40, 50, 19.36942],
  [79, 99, 19.012272],
  [70, 90, 18.805511],
]

describe('KaldiFrontEnd', () => {
  it.each([
    { name: 'Povey', options: ZIPFORMER, points: POVEY, mean: -5.117833, std: 3.837866 },
    {
      name: 'Hamming',
      options: { ...SENSE_VOICE, snipEdges: false },
      points: HAMMING,
      mean: 16.967806,
      std: 2.78561,
    },
  ])('has the reference values with the $name window', ({ options, points, mean, std }) => {
    const features = new KaldiFrontEnd(options).logMel(pcm)
    expect(features).toMatchObject({ layout: 'frame-major', frames: 100, bands: 80 })
    expect(deviation(features, points)).toBeLessThan(TOLERANCE)
    expectStatistics(features, { mean, std })
  })

  it('computes the same inner frames with snipped edges, from another start', () => {
    const mirrored = new KaldiFrontEnd({ ...SENSE_VOICE, snipEdges: false }).logMel(pcm)
    // Frame 1 begins at sample 40 when there is one frame per hop.
    const snipped = new KaldiFrontEnd(SENSE_VOICE).logMel(pcm.subarray(40))
    expect(snipped.frames).toBe(98)
    expect(mirrored.data.subarray(80, 99 * 80)).toEqual(snipped.data)
  })

  it.each([
    { length: 0, snipped: 0, mirrored: 0 },
    { length: 79, snipped: 0, mirrored: 0 },
    { length: 80, snipped: 0, mirrored: 1 },
    { length: 399, snipped: 0, mirrored: 2 },
    { length: 400, snipped: 1, mirrored: 3 },
    { length: 560, snipped: 2, mirrored: 4 },
  ])(
    'gives $snipped snipped and $mirrored mirrored frames of $length samples',
    ({ length, snipped, mirrored }) => {
      const short = referenceSignal(length)
      const [a, b] = [
        new KaldiFrontEnd(SENSE_VOICE).logMel(short),
        new KaldiFrontEnd(ZIPFORMER).logMel(short),
      ]
      expect([a.frames, b.frames]).toEqual([snipped, mirrored])
      expect([...a.data, ...b.data].every(Number.isFinite)).toBe(true)
    },
  )

  it('does not hear a constant offset', () => {
    const still = new KaldiFrontEnd(ZIPFORMER).logMel(new Float32Array(1600).fill(0.25))
    expect(statistics(still).max).toBeCloseTo(-23 * Math.LN2, 5)
  })

  it('raises every band by the scale squared', () => {
    const [plain, scaled] = [1, 1024].map((scale) => new KaldiFrontEnd({ ...SENSE_VOICE, scale }).logMel(pcm))
    const raised = statistics(scaled ?? fail()).mean - statistics(plain ?? fail()).mean
    expect(raised).toBeCloseTo(2 * Math.log(1024), 3)
  })
})

function fail(): never {
  throw new Error('no features')
}
