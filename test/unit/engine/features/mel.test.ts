import { describe, expect, it } from 'vitest'
import {
  htkFilterbank,
  kaldiFilterbank,
  slaneyFilterbank,
  type MelFilterbank,
} from '../../../../src/engine/features/mel.ts'

const fullRange = { sampleRate: 16_000, low: 0, high: 8000 }

function sum(bank: MelFilterbank): number {
  return bank.weights.reduce((total, weight) => total + weight, 0)
}

function respond(bank: MelFilterbank, power: Float64Array): Float64Array {
  const out = new Float64Array(bank.bands)
  bank.apply(power, out)
  return out
}

/** Where a band answers loudest to a single bin. */
function loudestBand(bank: MelFilterbank, bins: number, bin: number): number {
  const power = new Float64Array(bins)
  power[bin] = 1
  const out = respond(bank, power)
  return out.indexOf(Math.max(...out))
}

describe('slaneyFilterbank', () => {
  // Σ of all weights and how many are above zero.
  it.each([
    { bands: 80, fftSize: 400, total: 1.9990241029, nonZero: 391 },
    { bands: 128, fftSize: 400, total: 3.1909855285, nonZero: 394 },
    { bands: 80, fftSize: 512, total: 2.5582607778, nonZero: 500 },
    { bands: 128, fftSize: 512, total: 4.0904876412, nonZero: 504 },
  ])('has the known weights at $bands bands of $fftSize points', ({ bands, fftSize, total, nonZero }) => {
    const bank = slaneyFilterbank({ ...fullRange, bands, fftSize })
    expect(sum(bank)).toBeCloseTo(total, 9)
    expect(bank.weights).toHaveLength(nonZero)
  })

  it('leaves no band empty', () => {
    const { offsets } = slaneyFilterbank({ ...fullRange, bands: 128, fftSize: 400 })
    for (let band = 0; band < 128; band++) expect(offsets[band + 1]).toBeGreaterThan(offsets[band] ?? NaN)
  })

  it('gives every triangle the same area', () => {
    const bank = slaneyFilterbank({ ...fullRange, bands: 20, fftSize: 4096 })
    const area = respond(bank, new Float64Array(2049).fill(16_000 / 4096))
    for (const value of area) expect(value).toBeCloseTo(1, 2)
  })
})

describe('htkFilterbank', () => {
  const bank = htkFilterbank({ bands: 64, fftSize: 512, sampleRate: 16_000, low: 20, high: 7600 })

  it('has the weights of the starter model’s training', () => {
    expect(sum(bank)).toBeCloseTo(237.20157, 4)
    expect(bank.weights).toHaveLength(475)
  })

  it('adds up to one between the first and the last peak', () => {
    for (const bin of [10, 50, 100, 200, 230]) {
      const power = new Float64Array(257)
      power[bin] = 1
      expect(respond(bank, power).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    }
  })

  it('orders the bands by frequency', () => {
    const loudest = [5, 20, 60, 120, 200, 240].map((bin) => loudestBand(bank, 257, bin))
    expect(loudest).toEqual([...new Set(loudest)].sort((a, b) => a - b))
  })
})

describe('kaldiFilterbank', () => {
  it('does not hear the Nyquist bin, nor anything outside its range', () => {
    const bank = kaldiFilterbank({ bands: 80, fftSize: 512, sampleRate: 16_000, low: 20, high: 7600 })
    const power = new Float64Array(257)
    power[0] = power[256] = power[244] = 1
    expect(respond(bank, power)).toEqual(new Float64Array(80))
    power[243] = 1
    expect(respond(bank, power)[79]).toBeGreaterThan(0)
  })

  it('adds up to one in the mel domain too', () => {
    const bank = kaldiFilterbank({ ...fullRange, bands: 40, fftSize: 512 })
    const power = new Float64Array(257)
    power[77] = 1
    expect(respond(bank, power).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
  })
})

describe('MelFilterbank', () => {
  it('applies the same weights as a dense matrix would', () => {
    const bank = slaneyFilterbank({ ...fullRange, bands: 80, fftSize: 400 })
    const power = Float64Array.from({ length: 201 }, (_, bin) => 1 + (bin % 7))
    const dense = Array.from({ length: 80 }, (_, band) => {
      const unit = (bin: number): number => {
        const one = new Float64Array(201)
        one[bin] = 1
        return respond(bank, one)[band] ?? NaN
      }
      return power.reduce((total, value, bin) => total + value * unit(bin), 0)
    })
    const out = respond(bank, power)
    for (const [band, value] of dense.entries()) expect(out[band]).toBeCloseTo(value, 12)
  })
})
