import { describe, expect, test } from 'vitest'
import { Resampler } from '../../../src/audio/resample.ts'
import { amplitudeOf, randomFrom, sine } from '../../fakes/wav-files.ts'

function whole(input: Float32Array, rate: number): Float32Array {
  const resampler = new Resampler(rate)
  return joined([resampler.push(input), resampler.flush()])
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  return Float32Array.from(pieces.flatMap((piece) => [...piece]))
}

/** What a sine of one second comes out as, in dB, away from its ends. */
function gain(rate: number, frequency: number): number {
  const output = whole(sine(frequency, rate, rate), rate)
  return 20 * Math.log10(amplitudeOf(output.subarray(4_000, 12_000)))
}

const RATES = [1_000, 8_000, 11_025, 15_999, 22_050, 24_000, 32_000, 44_100, 48_000, 47_999, 96_000, 192_000]

describe('Resampler', () => {
  test.each(RATES)('gives the same bits however %i Hz input is cut', (rate) => {
    const random = randomFrom(rate)
    const input = Float32Array.from({ length: Math.min(rate, 20_000) }, () => random() * 2 - 1)
    const resampler = new Resampler(rate)
    const pieces: Float32Array[] = []
    for (let at = 0; at < input.length;) {
      const size = Math.floor(random() ** 3 * 2_000)
      pieces.push(resampler.push(input.subarray(at, at + size)))
      at += size
    }
    pieces.push(resampler.flush())
    expect(joined(pieces)).toEqual(whole(input, rate))
  })

  test('gives the same bits sample by sample', () => {
    const input = sine(440, 44_100, 3_000)
    const resampler = new Resampler(44_100)
    const pieces = Array.from(input, (sample) => resampler.push(Float32Array.of(sample)))
    expect(joined([...pieces, resampler.flush()])).toEqual(whole(input, 44_100))
  })

  test.each(RATES)('keeps the length: %i Hz', (rate) => {
    for (const count of [0, 1, 2, 7, 100, 997, 4_801]) {
      expect(whole(new Float32Array(count), rate).length).toBe(Math.round((count * 16_000) / rate))
    }
  })

  test.each(RATES)('leaves a click where it was: %i Hz', (rate) => {
    const input = new Float32Array(rate / 2)
    input[Math.round(rate / 4)] = 1
    const output = whole(input, rate)
    const loudest = output.indexOf(Math.max(...output))
    expect(Math.abs(loudest - (Math.round(rate / 4) / rate) * 16_000)).toBeLessThanOrEqual(
      16_000 / rate / 2 + 0.5,
    )
  })

  test.each(RATES)('passes a constant unchanged: %i Hz', (rate) => {
    const output = whole(new Float32Array(rate).fill(0.5), rate)
    const middle = output.subarray(4_000, 12_000)
    expect(Math.max(...middle)).toBeCloseTo(0.5, 5)
    expect(Math.min(...middle)).toBeCloseTo(0.5, 5)
  })

  test.each([22_050, 44_100, 48_000, 47_999, 192_000])('is flat to 7 kHz: %i Hz', (rate) => {
    for (const frequency of [50, 1_000, 3_000, 6_000, 6_900]) {
      expect(Math.abs(gain(rate, frequency))).toBeLessThan(0.1)
    }
  })

  test.each([8_000, 11_025, 12_345])('is flat to 7/8 of a lower Nyquist frequency: %i Hz', (rate) => {
    for (const share of [0.05, 0.3, 0.6, 0.87])
      expect(Math.abs(gain(rate, (share * rate) / 2))).toBeLessThan(0.1)
  })

  test.each([32_000, 44_100, 48_000, 47_999, 96_000, 192_000, 768_000])(
    'lets no alias through: %i Hz',
    (rate) => {
      for (const frequency of [8_100, 9_000, 10_000, 13_000, 15_500, 20_000, 30_000, 47_000]) {
        if (frequency < rate / 2) expect(gain(rate, frequency)).toBeLessThan(-60)
      }
    },
  )

  test('adds no images above a lower Nyquist frequency', () => {
    const tone = sine(3_000, 8_000, 8_000)
    const ideal = sine(3_000, 16_000, 16_000)
    const error = whole(tone, 8_000).map((value, index) => value - (ideal[index] ?? 0))
    expect(20 * Math.log10(amplitudeOf(error.subarray(4_000, 12_000)))).toBeLessThan(-60)
  })

  test('hands 16 kHz on as it is', () => {
    const input = sine(440, 16_000, 100)
    const resampler = new Resampler(16_000)
    expect(resampler.push(input)).toBe(input)
    expect(resampler.flush().length).toBe(0)
  })

  test.each([0, 999, 768_001, 44_100.5, Number.NaN, -16_000])('refuses %d Hz', (rate) => {
    expect(() => new Resampler(rate)).toThrow(RangeError)
  })
})
