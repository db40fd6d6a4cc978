import { describe, expect, it } from 'vitest'
import { toBandMajor } from '../../../../src/engine/features/matrix.ts'
import { scaleWhisper, WhisperFrontEnd } from '../../../../src/engine/features/whisper.ts'
import {
  deviation,
  expectStatistics,
  referenceSignal,
  statistics,
  valueAt,
  type Points,
} from './reference-signal.ts'

/** How far two correct implementations lie apart: a float32 DFT by matrix against a float64 FFT. */
const TOLERANCE = 2e-5

const pcm = referenceSignal()
const whisper80 = new WhisperFrontEnd(80)
const whisper128 = new WhisperFrontEnd(128)

// Values agree with onnx-asr's numpy front end.
const PADDED_80: Points = [
  [0, 0, 1.1648],
  [0, 50, -0.05777],
  [10, 0, 0.904124],
  [10, 10, 0.483804],
  [20, 25, -0.03102],
  [40, 50, -0.088845],
  [60, 75, -0.036591],
  [79, 99, 0.045631],
  [79, 0, 0.053568],
  [5, 99, 0.030499],
  [30, 30, 0.864169],
  [70, 90, -0.111442],
  [40, 100, 0.363747],
  [40, 101, -0.138472],
  [40, 2999, -0.555557],
]

const PADDED_128: Points = [
  [0, 0, 1.089041],
  [0, 50, -0.133529],
  [16, 10, 0.418473],
  [32, 25, -0.057015],
  [64, 50, -0.148502],
  [96, 75, -0.047823],
  [127, 99, -0.010542],
  [127, 0, 0.093528],
  [8, 99, 0.068546],
  [48, 30, 0.655044],
  [112, 90, -0.118434],
  [100, 5, 0.027322],
  [64, 100, 0.355439],
  [64, 101, -0.147165],
]

describe('the reference signal', () => {
  it('is the one the reference values were taken from', () => {
    expect(pcm.reduce((sum, x) => sum + x, 0)).toBeCloseTo(5.86980239, 7)
    expect(pcm.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1999.99335361, 7)
    for (const [n, sample] of [
      [0, -0.00527089],
      [4, 0.14585546],
      [15_999, -0.49423143],
    ] as const) {
      expect(pcm[n]).toBeCloseTo(sample, 7)
    }
  })
})

describe('WhisperFrontEnd, padded to 30 s', () => {
  it('has the reference values at 80 bands', () => {
    const features = scaleWhisper(whisper80.paddedLogMel(pcm))
    expect(features).toMatchObject({ layout: 'band-major', frames: 3000, bands: 80 })
    expect(deviation(features, PADDED_80)).toBeLessThan(TOLERANCE)
    expectStatistics(features, { mean: -0.53395, std: 0.126993, min: -0.555557, max: 1.444443 })
  })

  it('has the reference values at 128 bands', () => {
    const features = scaleWhisper(whisper128.paddedLogMel(pcm))
    expect(features).toMatchObject({ frames: 3000, bands: 128 })
    expect(deviation(features, PADDED_128)).toBeLessThan(TOLERANCE)
    expectStatistics(features, { mean: -0.487226, std: 0.115458, min: -0.506487, max: 1.493513 })
  })

  it('leaves out nothing where it skips the silence behind the audio', () => {
    const zeros = new Float32Array(480_000)
    zeros.set(pcm)
    expect(whisper80.paddedLogMel(pcm).data).toEqual(whisper80.paddedLogMel(zeros).data)
  })

  it('takes no more than 30 s', () => {
    const long = referenceSignal(500_000)
    expect(whisper80.paddedLogMel(long).data).toEqual(whisper80.paddedLogMel(long.slice(0, 480_000)).data)
  })

  it('is at the floor throughout for no audio', () => {
    const features = scaleWhisper(whisper80.paddedLogMel(new Float32Array(0)))
    expect(statistics(features)).toMatchObject({ min: -1.5, max: -1.5 })
  })
})

describe('WhisperFrontEnd, not padded', () => {
  it('has the reference values', () => {
    const features = scaleWhisper(whisper80.logMel(pcm))
    expect(features).toMatchObject({ frames: 100, bands: 80 })
    const inside = PADDED_80.filter(([, frame]) => frame < 99)
    expect(deviation(features, [...inside, [79, 99, 0.03895], [5, 99, 0.049965]])).toBeLessThan(TOLERANCE)
    expectStatistics(features, { mean: 0.077885, std: 0.289717 })
  })

  it.each([0, 1, 159, 160, 201, 1000])('gives one frame for each whole hop of %i samples', (length) => {
    const { frames, data } = whisper80.logMel(referenceSignal(length))
    expect(frames).toBe(Math.floor(length / 160))
    expect(data).toHaveLength(frames * 80)
    expect(data.every(Number.isFinite)).toBe(true)
  })

  it('computes raw frames that do not depend on audio beyond their window', () => {
    const whole = whisper80.logMel(pcm)
    const part = whisper80.logMel(pcm.subarray(0, 8000))
    const settled = 48 * 80
    expect(part.data.subarray(0, settled)).toEqual(whole.data.subarray(0, settled))
  })
})

describe('scaleWhisper', () => {
  it('clamps 8 below the loudest value and transposes', () => {
    const raw = { layout: 'frame-major', data: Float32Array.of(4, -10, 0, -3), frames: 2, bands: 2 } as const
    expect(scaleWhisper(raw)).toEqual({
      layout: 'band-major',
      data: Float32Array.of(2, 1, 0, 0.25),
      frames: 2,
      bands: 2,
    })
  })

  it('leaves the raw values as they were', () => {
    const raw = whisper80.logMel(pcm)
    const before = raw.data.slice()
    scaleWhisper(raw)
    expect(raw.data).toEqual(before)
  })
})

describe('toBandMajor', () => {
  it('keeps every value at its band and frame', () => {
    const raw = whisper80.logMel(pcm)
    const turned = toBandMajor(raw)
    for (const [band, frame] of [
      [0, 0],
      [79, 99],
      [3, 41],
    ] as const) {
      expect(valueAt(turned, band, frame)).toBe(valueAt(raw, band, frame))
    }
  })
})
