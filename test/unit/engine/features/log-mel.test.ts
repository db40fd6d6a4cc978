import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parseLogMelConfig } from '../../../../src/engine/features/log-mel-config.ts'
import { LogMelFrontEnd } from '../../../../src/engine/features/log-mel.ts'
import { deviation, expectStatistics, referenceSignal, statistics, type Points } from './reference-signal.ts'

const config = parseLogMelConfig(await starterFeatures(), 'config.json')
const frontEnd = new LogMelFrontEnd(config)
const pcm = referenceSignal()

async function starterFeatures(): Promise<unknown> {
  const file = new URL('../../../../resources/models/starter-en/config.json', import.meta.url)
  const starter: unknown = JSON.parse(await readFile(file, 'utf8'))
  return typeof starter === 'object' && starter !== null && 'features' in starter
    ? starter.features
    : undefined
}

// Computed with numpy in double precision by the formulas of the starter's training script.
const RAW: Points = [
  [0, 0, -3.124099],
  [0, 50, -6.087958],
  [8, 10, -6.635363],
  [16, 25, -4.561439],
  [32, 50, -3.277724],
  [48, 75, -2.786751],
  [63, 97, -2.933008],
  [63, 0, -2.970315],
  [4, 97, -5.151477],
  [24, 30, -1.323178],
  [56, 90, -3.296166],
]

const NORMALISED: Points = [
  [0, 0, 2.544437],
  [0, 50, -0.408318],
  [8, 10, -0.731776],
  [16, 25, -0.106819],
  [32, 50, -0.02516],
  [48, 75, 0.272026],
  [63, 97, 0.139322],
  [63, 0, 0.045452],
  [4, 97, 0.170857],
  [24, 30, 0.766799],
  [56, 90, 0.134202],
]

describe('LogMelFrontEnd with the starter model’s settings', () => {
  it('has the values of the training recipe before normalisation', () => {
    const raw = frontEnd.logMel(pcm)
    expect(raw).toMatchObject({ layout: 'frame-major', frames: 98, bands: 64 })
    expect(deviation(raw, RAW)).toBeLessThan(2e-6)
    expectStatistics(raw, { mean: -3.698646, std: 2.728875 })
  })

  it('has them after it', () => {
    const features = frontEnd.features(pcm)
    expect(deviation(features, NORMALISED)).toBeLessThan(2e-6)
    expectStatistics(features, { std: 0.99919, min: -3.268312, max: 6.086849 })
  })

  it('does not change with the loudness of the utterance, once well above the floor', () => {
    const quieter = frontEnd.features(pcm)
    const louder = frontEnd.features(pcm.map((sample) => 4 * sample))
    const furthest = louder.data.reduce(
      (most, x, i) => Math.max(most, Math.abs(x - (quieter.data[i] ?? NaN))),
      0,
    )
    expect(furthest).toBeLessThan(0.01)
  })

  it.each([
    { length: 0, frames: 1 },
    { length: 399, frames: 1 },
    { length: 400, frames: 1 },
    { length: 559, frames: 1 },
    { length: 560, frames: 2 },
    { length: 16_000, frames: 98 },
  ])('gives $frames frames of $length samples', ({ length, frames }) => {
    const features = frontEnd.features(referenceSignal(length))
    expect(features.frames).toBe(frames)
    expect(features.data).toHaveLength(frames * 64)
    expect(features.data.every(Number.isFinite)).toBe(true)
  })

  it('hears a short clip as that clip with zeros behind it', () => {
    const padded = new Float32Array(400)
    padded.set(pcm.subarray(0, 250))
    expect(frontEnd.logMel(pcm.subarray(0, 250)).data).toEqual(frontEnd.logMel(padded).data)
  })

  it('is zero throughout for silence, which has nothing to normalise', () => {
    expect(statistics(frontEnd.features(new Float32Array(1600)))).toMatchObject({ min: 0, max: 0 })
  })
})

describe('LogMelFrontEnd with other settings', () => {
  it('follows them', () => {
    const other = {
      ...config,
      bands: 40,
      scale: 'slaney',
      window: 'hamming',
      hopSamples: 200,
      fft: 400,
    } as const
    const features = new LogMelFrontEnd(other).logMel(pcm)
    expect(features).toMatchObject({ frames: 79, bands: 40 })
    expect(features.data.every(Number.isFinite)).toBe(true)
  })
})
