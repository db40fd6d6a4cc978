import { describe, expect, it } from 'vitest'
import { ComplexFft } from '../../../../src/engine/features/complex-fft.ts'
import { isFftSize, RealFft } from '../../../../src/engine/features/fft.ts'
import { referenceSignal } from './reference-signal.ts'

/** |Σ x[n]·e^(−2πikn/N)|², term by term. */
function naivePower(frame: Float64Array): number[] {
  return Array.from({ length: frame.length / 2 + 1 }, (_, k) => {
    let re = 0
    let im = 0
    for (const [n, x] of frame.entries()) {
      const angle = (2 * Math.PI * ((k * n) % frame.length)) / frame.length
      re += x * Math.cos(angle)
      im -= x * Math.sin(angle)
    }
    return re * re + im * im
  })
}

function powerOf(frame: Float64Array): Float64Array {
  const fft = new RealFft(frame.length)
  const out = new Float64Array(fft.bins)
  fft.power(frame, out)
  return out
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? NaN))))
}

describe('RealFft', () => {
  const sizes = [2, 4, 6, 8, 10, 12, 18, 20, 30, 50, 90, 120, 240, 400, 450, 512, 600]

  it.each(sizes)('agrees with the definition at %i points', (size) => {
    const frame = Float64Array.from(referenceSignal(size))
    expect(distance(powerOf(frame), naivePower(frame))).toBeLessThan(1e-10)
  })

  it('puts a sine of k periods into bin k alone', () => {
    const frame = Float64Array.from({ length: 400 }, (_, n) => Math.sin((2 * Math.PI * 25 * n) / 400))
    const power = powerOf(frame)
    expect(power[25]).toBeCloseTo(200 ** 2, 6)
    power[25] = 0
    expect(Math.max(...power)).toBeLessThan(1e-18)
  })

  it('keeps the energy of the frame (Parseval)', () => {
    const frame = Float64Array.from(referenceSignal(512))
    const power = powerOf(frame)
    const oneSided = power.reduce((sum, bin, k) => sum + (k === 0 || k === 256 ? bin : 2 * bin), 0)
    expect(oneSided / 512).toBeCloseTo(
      frame.reduce((sum, x) => sum + x * x, 0),
      10,
    )
  })

  it('starts afresh with each frame and leaves the frame as it was', () => {
    const fft = new RealFft(400)
    const frame = Float64Array.from(referenceSignal(400))
    const before = frame.slice()
    const [first, second] = [new Float64Array(201), new Float64Array(201)]
    fft.power(frame, first)
    fft.power(new Float64Array(400).fill(1), second)
    fft.power(frame, second)
    expect(second).toEqual(first)
    expect(frame).toEqual(before)
  })

  it('knows the sizes it can do', () => {
    expect([2, 400, 512, 480].map(isFftSize)).toEqual([true, true, true, true])
    expect([0, -2, 1, 401, 14, 2.5, NaN, Infinity].map(isFftSize)).toEqual(new Array(8).fill(false))
  })

  it('refuses a size with another prime factor', () => {
    expect(() => new RealFft(28)).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})

describe('ComplexFft', () => {
  it.each([2, 3, 4, 5, 60, 200])('transforms a turning point into one line at %i points', (length) => {
    const fft = new ComplexFft(length)
    const line = length - 1
    for (let n = 0; n < length; n++) {
      fft.input.re[n] = Math.cos((2 * Math.PI * line * n) / length)
      fft.input.im[n] = Math.sin((2 * Math.PI * line * n) / length)
    }
    const { re, im } = fft.transform()
    const expected = Float64Array.from(re, (_, k) => (k === line ? length : 0))
    expect(distance(re, expected)).toBeLessThan(1e-11)
    expect(distance(im, new Float64Array(length))).toBeLessThan(1e-11)
  })
})
