/** Window functions. Periodic ones divide the circle by n (for spectra), symmetric ones by n − 1 (both ends alike). */

export function hannPeriodic(length: number): Float64Array {
  return raisedCosine(length, length, 0.5)
}

export function hannSymmetric(length: number): Float64Array {
  return raisedCosine(length, length - 1, 0.5)
}

/** Symmetric, 0.54 − 0.46·cos, as in Kaldi. */
export function hamming(length: number): Float64Array {
  return raisedCosine(length, length - 1, 0.54)
}

/** Kaldi's own: the symmetric Hann window to the power of 0.85. */
export function povey(length: number): Float64Array {
  return hannSymmetric(length).map((value) => value ** 0.85)
}

function raisedCosine(length: number, period: number, offset: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => offset - (1 - offset) * Math.cos((2 * Math.PI * n) / period))
}
