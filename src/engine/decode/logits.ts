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

/** Scores of any scale → log-probabilities; those that are already stay what they are. */
export function logSoftmax({ data, steps, tokens }: Logits): Logits {
  const logProbs = new Float32Array(data.length)
  for (let step = 0; step < steps; step++) {
    const row = data.subarray(step * tokens, (step + 1) * tokens)
    const total = logSumExp(row)
    for (let token = 0; token < tokens; token++) logProbs[step * tokens + token] = (row[token] ?? 0) - total
  }
  return { data: logProbs, steps, tokens }
}

/**
 * So far below the largest, all the tokens of a vocabulary together change the sum by less than float32 can tell; and
 * an exponential of each of them takes as long as the smallest decoders themselves.
 */
const NEGLIGIBLE = 28

/** ln Σ eˣ without overflow; −Infinity where all are. @param most the largest of them. */
export function logSumExp(scores: Float32Array, most = largestOf(scores)): number {
  if (most === -Infinity) return -Infinity
  const least = most - NEGLIGIBLE
  let sum = 0
  for (const score of scores) if (score > least) sum += Math.exp(score - most)
  return most + Math.log(sum)
}

function largestOf(scores: Float32Array): number {
  let most = -Infinity
  for (const score of scores) if (score > most) most = score
  return most
}
