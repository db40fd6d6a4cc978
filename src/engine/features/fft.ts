/** FFT of real frames by a complex FFT of half the size: even samples are its real parts, odd ones the imaginary. */
import { ComplexFft, factorise } from './complex-fft.ts'
import type { ComplexArray } from './fft-butterflies.ts'

/** Whether `RealFft` can do `size` points: even, and half of it a product of 2, 3 and 5. */
export function isFftSize(size: number): boolean {
  return factorise(size / 2) !== undefined
}

export class RealFft {
  /** Points of a frame. */
  readonly size: number
  /** Bins from 0 Hz to Nyquist: size/2 + 1. */
  readonly bins: number
  readonly #half: ComplexFft
  readonly #cos: Float64Array
  readonly #sin: Float64Array

  /** Throws `internal` for a size that `isFftSize` denies. */
  constructor(size: number) {
    this.size = size
    this.bins = size / 2 + 1
    this.#half = new ComplexFft(size / 2)
    const angles = Float64Array.from({ length: Math.floor(size / 4) + 1 }, (_, k) => (2 * Math.PI * k) / size)
    this.#cos = angles.map(Math.cos)
    this.#sin = angles.map(Math.sin)
  }

  /** Writes |X[k]|² for k = 0 … size/2 into `out`. Allocates nothing. */
  power(frame: Float64Array, out: Float64Array): void {
    const { re, im } = this.#transformPacked(frame)
    const half = this.bins - 1
    const sum = (re[0] ?? 0) + (im[0] ?? 0)
    const difference = (re[0] ?? 0) - (im[0] ?? 0)
    out[0] = sum * sum
    out[half] = difference * difference
    // With E and O the spectra of the even and odd samples, X[k] = E + w·O and X[half−k] = conj(E − w·O), w = e^(−2πik/size).
    for (let k = 1; 2 * k <= half; k++) {
      const ar = re[k] ?? 0
      const ai = im[k] ?? 0
      const br = re[half - k] ?? 0
      const bi = im[half - k] ?? 0
      const cos = this.#cos[k] ?? 0
      const sin = this.#sin[k] ?? 0
      const evenRe = 0.5 * (ar + br)
      const evenIm = 0.5 * (ai - bi)
      const oddRe = 0.5 * (ai + bi)
      const oddIm = 0.5 * (br - ar)
      const turnedRe = oddRe * cos + oddIm * sin
      const turnedIm = oddIm * cos - oddRe * sin
      out[k] = (evenRe + turnedRe) ** 2 + (evenIm + turnedIm) ** 2
      out[half - k] = (evenRe - turnedRe) ** 2 + (evenIm - turnedIm) ** 2
    }
  }

  #transformPacked(frame: Float64Array): ComplexArray {
    const { re, im } = this.#half.input
    for (let n = 0; n < re.length; n++) {
      re[n] = frame[2 * n] ?? 0
      im[n] = frame[2 * n + 1] ?? 0
    }
    return this.#half.transform()
  }
}
