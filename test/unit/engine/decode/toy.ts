/** Small inputs for the decoder tests, and the slow, obvious way to decode them. */
import type { Logits } from '../../../../src/engine/decode/logits.ts'
import { PieceTokenizer } from '../../../../src/engine/tokenizer/pieces.ts'

export const BLANK = 0

/** Rows of probabilities → log-probabilities. */
export function logitsOf(rows: readonly (readonly number[])[]): Logits {
  return { data: Float32Array.from(rows.flat(), Math.log), steps: rows.length, tokens: rows[0]?.length ?? 1 }
}

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Distributions with one or two favourites per step. */
export function randomLogits(seed: number, steps: number, tokens: number): Logits {
  const random = randomOf(seed)
  return logitsOf(
    Array.from({ length: steps }, () => {
      const row = Array.from({ length: tokens }, () => random() ** 3 + 1e-3)
      const sum = row.reduce((a, b) => a + b, 0)
      return row.map((value) => value / sum)
    }),
  )
}

/** A token per step, and its log-probability. */
export interface Alignment {
  readonly path: readonly number[]
  readonly logProb: number
}

/** Every alignment there is: tokens ^ steps of them. */
export function alignments({ data, steps, tokens }: Logits): Alignment[] {
  let all: Alignment[] = [{ path: [], logProb: 0 }]
  for (let step = 0; step < steps; step++) {
    all = all.flatMap(({ path, logProb }) =>
      Array.from({ length: tokens }, (_, token) => ({
        path: [...path, token],
        logProb: logProb + (data[step * tokens + token] ?? 0),
      })),
    )
  }
  return all
}

/** Repeats merged, blanks dropped. */
export function collapse(path: readonly number[]): number[] {
  return path.filter((token, step) => token !== BLANK && token !== path[step - 1])
}

/** ln P of every token sequence (joined with commas): its alignments added up. */
export function sequenceLogProbs(logits: Logits): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { path, logProb } of alignments(logits)) {
    const key = collapse(path).join()
    sums.set(key, (sums.get(key) ?? 0) + Math.exp(logProb))
  }
  return new Map([...sums].map(([key, sum]) => [key, Math.log(sum)]))
}

/** A tokenizer over the blank and these pieces. */
export function tokenizerOf(...pieces: readonly string[]): PieceTokenizer {
  return PieceTokenizer.parse(['<blank>', ...pieces].join('\n'), { file: 'tokens.txt' })
}
