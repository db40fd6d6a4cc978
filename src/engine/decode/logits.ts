/** Natural log-probabilities of the tokens at every step, row-major [steps, tokens]. */
export interface Logits {
  readonly data: Float32Array
  readonly steps: number
  readonly tokens: number
}

/** The most probable token of a step; the lowest id among equals. */
export function argmax({ data, tokens }: Logits, step: number): number {
  const row = step * tokens
  let best = 0
  for (let token = 1; token < tokens; token++) {
    if ((data[row + token] ?? 0) > (data[row + best] ?? 0)) best = token
  }
  return best
}

/** ln(eᵃ + eᵇ) without overflow; −Infinity is probability zero. */
export function logAddExp(a: number, b: number): number {
  if (b > a) return logAddExp(b, a)
  return b === -Infinity ? a : a + Math.log1p(Math.exp(b - a))
}
