import type { EmittedToken, TokenHypothesis } from './hypothesis.ts'
import { argmax, type Logits } from './logits.ts'

/**
 * The most probable alignment: the best token of every step, repeats merged, blanks dropped (Graves et al. 2006,
 * “best path decoding”). Its score is the log-probability of that one alignment.
 */
export function ctcGreedy(logits: Logits, blank: number): TokenHypothesis {
  const tokens: EmittedToken[] = []
  let score = 0
  let previous = blank
  for (let step = 0; step < logits.steps; step++) {
    const id = argmax(logits, step)
    const logProb = logits.data[step * logits.tokens + id] ?? 0
    if (id !== blank) {
      const run = id === previous ? tokens.pop() : undefined
      const best = Math.max(run?.logProb ?? -Infinity, logProb)
      tokens.push({ id, step: run?.step ?? step, endStep: step + 1, logProb: best })
    }
    score += logProb
    previous = id
  }
  return { tokens, score }
}
