/**
 * One Stockham pass per radix p: reads p points `span·stride` apart, transforms them, turns output j by its twiddle
 * and writes the outputs `stride` apart. Written out by hand because these loops are nearly all of the feature time.
 */

/** Split storage: the butterflies run over plain arrays of doubles. */
export interface ComplexArray {
  readonly re: Float64Array
  readonly im: Float64Array
}

export type Radix = 2 | 3 | 4 | 5

export interface Pass {
  readonly radix: Radix
  /** Points of the sub-transform divided by the radix. */
  readonly span: number
  /** Interleaved sub-transforms. */
  readonly stride: number
  /** Pairs (re, im), radix−1 of them for each q < span. */
  readonly twiddles: Float64Array
}

type RunPass = (pass: Pass, from: ComplexArray, to: ComplexArray) => void

/** For indices known to be inside. */
const at = (array: Float64Array, index: number): number => array[index] ?? 0

const radix2: RunPass = ({ span, stride, twiddles }, { re, im }, to) => {
  const far = span * stride
  for (let q = 0; q < span; q++) {
    const w1r = at(twiddles, 2 * q)
    const w1i = at(twiddles, 2 * q + 1)
    for (let k = 0; k < stride; k++) {
      const a = k + stride * q
      const ar = at(re, a)
      const ai = at(im, a)
      const br = at(re, a + far)
      const bi = at(im, a + far)
      const y = k + stride * 2 * q
      to.re[y] = ar + br
      to.im[y] = ai + bi
      const dr = ar - br
      const di = ai - bi
      to.re[y + stride] = dr * w1r - di * w1i
      to.im[y + stride] = dr * w1i + di * w1r
    }
  }
}

const SIN_3 = Math.sin((2 * Math.PI) / 3)

const radix3: RunPass = ({ span, stride, twiddles }, { re, im }, to) => {
  const far = span * stride
  for (let q = 0; q < span; q++) {
    const w1r = at(twiddles, 4 * q)
    const w1i = at(twiddles, 4 * q + 1)
    const w2r = at(twiddles, 4 * q + 2)
    const w2i = at(twiddles, 4 * q + 3)
    for (let k = 0; k < stride; k++) {
      const a = k + stride * q
      const b = a + far
      const c = b + far
      const ar = at(re, a)
      const ai = at(im, a)
      const sr = at(re, b) + at(re, c)
      const si = at(im, b) + at(im, c)
      const dr = SIN_3 * (at(re, b) - at(re, c))
      const di = SIN_3 * (at(im, b) - at(im, c))
      const mr = ar - 0.5 * sr
      const mi = ai - 0.5 * si
      const y = k + stride * 3 * q
      to.re[y] = ar + sr
      to.im[y] = ai + si
      to.re[y + stride] = (mr + di) * w1r - (mi - dr) * w1i
      to.im[y + stride] = (mr + di) * w1i + (mi - dr) * w1r
      to.re[y + 2 * stride] = (mr - di) * w2r - (mi + dr) * w2i
      to.im[y + 2 * stride] = (mr - di) * w2i + (mi + dr) * w2r
    }
  }
}

const radix4: RunPass = ({ span, stride, twiddles }, { re, im }, to) => {
  const far = span * stride
  for (let q = 0; q < span; q++) {
    const w1r = at(twiddles, 6 * q)
    const w1i = at(twiddles, 6 * q + 1)
    const w2r = at(twiddles, 6 * q + 2)
    const w2i = at(twiddles, 6 * q + 3)
    const w3r = at(twiddles, 6 * q + 4)
    const w3i = at(twiddles, 6 * q + 5)
    for (let k = 0; k < stride; k++) {
      const a = k + stride * q
      const b = a + far
      const c = b + far
      const d = c + far
      const acr = at(re, a) + at(re, c)
      const aci = at(im, a) + at(im, c)
      const aMinusCr = at(re, a) - at(re, c)
      const aMinusCi = at(im, a) - at(im, c)
      const bdr = at(re, b) + at(re, d)
      const bdi = at(im, b) + at(im, d)
      const bMinusDr = at(re, b) - at(re, d)
      const bMinusDi = at(im, b) - at(im, d)
      const x1r = aMinusCr + bMinusDi
      const x1i = aMinusCi - bMinusDr
      const x2r = acr - bdr
      const x2i = aci - bdi
      const x3r = aMinusCr - bMinusDi
      const x3i = aMinusCi + bMinusDr
      const y = k + stride * 4 * q
      to.re[y] = acr + bdr
      to.im[y] = aci + bdi
      to.re[y + stride] = x1r * w1r - x1i * w1i
      to.im[y + stride] = x1r * w1i + x1i * w1r
      to.re[y + 2 * stride] = x2r * w2r - x2i * w2i
      to.im[y + 2 * stride] = x2r * w2i + x2i * w2r
      to.re[y + 3 * stride] = x3r * w3r - x3i * w3i
      to.im[y + 3 * stride] = x3r * w3i + x3i * w3r
    }
  }
}

const COS_5 = Math.cos((2 * Math.PI) / 5)
const COS_10 = Math.cos((4 * Math.PI) / 5)
const SIN_5 = Math.sin((2 * Math.PI) / 5)
const SIN_10 = Math.sin((4 * Math.PI) / 5)

const radix5: RunPass = ({ span, stride, twiddles }, { re, im }, to) => {
  const far = span * stride
  for (let q = 0; q < span; q++) {
    const w1r = at(twiddles, 8 * q)
    const w1i = at(twiddles, 8 * q + 1)
    const w2r = at(twiddles, 8 * q + 2)
    const w2i = at(twiddles, 8 * q + 3)
    const w3r = at(twiddles, 8 * q + 4)
    const w3i = at(twiddles, 8 * q + 5)
    const w4r = at(twiddles, 8 * q + 6)
    const w4i = at(twiddles, 8 * q + 7)
    for (let k = 0; k < stride; k++) {
      const a = k + stride * q
      const b = a + far
      const c = b + far
      const d = c + far
      const e = d + far
      const ar = at(re, a)
      const ai = at(im, a)
      const ber = at(re, b) + at(re, e)
      const bei = at(im, b) + at(im, e)
      const bMinusEr = at(re, b) - at(re, e)
      const bMinusEi = at(im, b) - at(im, e)
      const cdr = at(re, c) + at(re, d)
      const cdi = at(im, c) + at(im, d)
      const cMinusDr = at(re, c) - at(re, d)
      const cMinusDi = at(im, c) - at(im, d)
      const even1r = ar + COS_5 * ber + COS_10 * cdr
      const even1i = ai + COS_5 * bei + COS_10 * cdi
      const even2r = ar + COS_10 * ber + COS_5 * cdr
      const even2i = ai + COS_10 * bei + COS_5 * cdi
      // The odd halves, already times −i: (r, i) = (imaginary, −real).
      const odd1r = SIN_5 * bMinusEi + SIN_10 * cMinusDi
      const odd1i = -SIN_5 * bMinusEr - SIN_10 * cMinusDr
      const odd2r = SIN_10 * bMinusEi - SIN_5 * cMinusDi
      const odd2i = -SIN_10 * bMinusEr + SIN_5 * cMinusDr
      const y = k + stride * 5 * q
      to.re[y] = ar + ber + cdr
      to.im[y] = ai + bei + cdi
      to.re[y + stride] = (even1r + odd1r) * w1r - (even1i + odd1i) * w1i
      to.im[y + stride] = (even1r + odd1r) * w1i + (even1i + odd1i) * w1r
      to.re[y + 2 * stride] = (even2r + odd2r) * w2r - (even2i + odd2i) * w2i
      to.im[y + 2 * stride] = (even2r + odd2r) * w2i + (even2i + odd2i) * w2r
      to.re[y + 3 * stride] = (even2r - odd2r) * w3r - (even2i - odd2i) * w3i
      to.im[y + 3 * stride] = (even2r - odd2r) * w3i + (even2i - odd2i) * w3r
      to.re[y + 4 * stride] = (even1r - odd1r) * w4r - (even1i - odd1i) * w4i
      to.im[y + 4 * stride] = (even1r - odd1r) * w4i + (even1i - odd1i) * w4r
    }
  }
}

const PASSES: Readonly<Record<Radix, RunPass>> = { 2: radix2, 3: radix3, 4: radix4, 5: radix5 }

export function runPass(pass: Pass, from: ComplexArray, to: ComplexArray): void {
  PASSES[pass.radix](pass, from, to)
}
