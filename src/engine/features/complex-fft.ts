/**
 * Complex FFT of any length made of 2, 3, 4 and 5: Stockham's self-sorting form (no bit reversal), decimation in
 * frequency, one hard-coded butterfly per radix
 * (C. Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992).
 */
import { StenoError } from '../../shared/errors.ts'
import { runPass, type ComplexArray, type Pass, type Radix } from './fft-butterflies.ts'

/** Radix 4 first: it does most work per memory access. */
const RADICES: readonly Radix[] = [4, 5, 3, 2]

/** The radices whose product is `length`, undefined when there are none. */
export function factorise(length: number): readonly Radix[] | undefined {
  if (!Number.isSafeInteger(length) || length < 1) return undefined
  const factors: Radix[] = []
  let rest = length
  for (const radix of RADICES) {
    for (; rest % radix === 0; rest /= radix) factors.push(radix)
  }
  return rest === 1 ? factors : undefined
}

export class ComplexFft {
  /** To be filled before each `transform`, which overwrites it. */
  readonly input: ComplexArray
  readonly #spare: ComplexArray
  readonly #passes: readonly Pass[]

  constructor(length: number) {
    const factors = factorise(length)
    if (factors === undefined) {
      throw new StenoError('internal', `There is no FFT of ${length} points.`, {
        hint: 'Choose a length whose only prime factors are 2, 3 and 5.',
      })
    }
    this.input = complexArray(length)
    this.#spare = complexArray(length)
    let span = length
    let stride = 1
    this.#passes = factors.map((radix) => {
      const pass = { radix, span: span / radix, stride, twiddles: twiddles(span, radix) }
      span /= radix
      stride *= radix
      return pass
    })
  }

  /** X[k] = Σ x[n]·e^(−2πikn/N) of `input`. The result lies in an array of ours until the next call. */
  transform(): ComplexArray {
    let from = this.input
    let to = this.#spare
    for (const pass of this.#passes) {
      runPass(pass, from, to)
      const full = to
      to = from
      from = full
    }
    return from
  }
}

function complexArray(length: number): ComplexArray {
  return { re: new Float64Array(length), im: new Float64Array(length) }
}

/** For each q < span/radix and j = 1 … radix−1 the pair (cos, −sin) of 2πqj/span. */
function twiddles(span: number, radix: Radix): Float64Array {
  const table: number[] = []
  for (let q = 0; q < span / radix; q++) {
    for (let j = 1; j < radix; j++) {
      const angle = (2 * Math.PI * q * j) / span
      table.push(Math.cos(angle), -Math.sin(angle))
    }
  }
  return Float64Array.from(table)
}
