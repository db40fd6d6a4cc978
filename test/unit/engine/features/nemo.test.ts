import { describe, expect, it } from 'vitest'
import { NemoFrontEnd, normaliseNemo } from '../../../../src/engine/features/nemo.ts'
import { deviation, expectStatistics, referenceSignal, type Points } from './reference-signal.ts'

/** Correct float32 pipelines differ by up to 1.3e-4 after normalisation. */
const RAW_TOLERANCE = 2e-5
const NORMALISED_TOLERANCE = 3e-4

const pcm = referenceSignal()

// Values agree with onnx-asr's numpy front end.
const RAW_80: Points = [
  [0, 0, -6.345313],
  [0, 50, -15.866777],
  [10, 10, -7.583095],
  [20, 25, -12.499485],
  [40, 50, -10.118703],
  [60, 75, -8.795663],
  [79, 99, -7.257599],
  [79, 0, -7.811436],
  [5, 99, -9.669513],
  [30, 30, -3.047893],
  [70, 90, -8.897046],
]

const NORMALISED_80: Points = [
  [0, 0, 6.764715],
  [0, 50, -0.625017],
  [10, 10, 1.338495],
  [40, 50, -0.429565],
  [79, 99, 0.661408],
  [30, 30, 2.282843],
  [70, 90, -2.348305],
]

const RAW_128: Points = [
  [0, 0, -6.675218],
  [16, 10, -8.399016],
  [32, 25, -13.373857],
  [64, 50, -10.956409],
  [96, 75, -8.866189],
  [127, 99, -7.890749],
  [48, 30, -4.009115],
  [112, 90, -8.957994],
]

const NORMALISED_128: Points = [
  [0, 0, 6.714546],
  [0, 50, -0.392792],
  [16, 10, 1.175711],
  [32, 25, -0.85502],
  [64, 50, -0.622709],
  [127, 0, 0.211331],
  [48, 30, 1.948836],
  [112, 90, -1.913791],
]

describe('NemoFrontEnd', () => {
  it.each([
    { bands: 80 as const, points: RAW_80, mean: -9.416111, std: 3.26206 },
    { bands: 128 as const, points: RAW_128, mean: -9.557858, std: 3.2317 },
  ])('has the reference values at $bands bands', ({ bands, points, mean, std }) => {
    const raw = new NemoFrontEnd(bands).logMel(pcm)
    expect(raw).toMatchObject({ layout: 'frame-major', frames: 100, bands })
    expect(deviation(raw, points)).toBeLessThan(RAW_TOLERANCE)
    expectStatistics(raw, { mean, std })
  })

  it.each([0, 159, 160, 319])('gives one frame for each whole hop of %i samples', (length) => {
    const raw = new NemoFrontEnd(80).logMel(referenceSignal(length))
    expect(raw.frames).toBe(Math.floor(length / 160))
    expect(normaliseNemo(raw).data.every(Number.isFinite)).toBe(true)
  })

  it('is at the logarithm’s guard on silence', () => {
    const floor = -24 * Math.LN2
    expectStatistics(new NemoFrontEnd(80).logMel(new Float32Array(1600)), { min: floor, max: floor })
  })
})

describe('normaliseNemo', () => {
  it.each([
    { bands: 80 as const, points: NORMALISED_80 },
    { bands: 128 as const, points: NORMALISED_128 },
  ])('has the reference values at $bands bands', ({ bands, points }) => {
    const features = normaliseNemo(new NemoFrontEnd(bands).logMel(pcm))
    expect(features).toMatchObject({ layout: 'band-major', frames: 100, bands })
    expect(deviation(features, points)).toBeLessThan(NORMALISED_TOLERANCE)
  })

  it('divides by the sample deviation: the matrix as a whole is a little narrower than 1', () => {
    const features = normaliseNemo(new NemoFrontEnd(80).logMel(pcm))
    expectStatistics(features, { std: 0.99498, min: -4.510051, max: 6.764715 })
  })
})
