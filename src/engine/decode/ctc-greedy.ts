import type { EmittedToken, TokenHypothesis } from './hypothesis.ts'
import { argmax, logSumExp, type Logits } from './logits.ts'

/**
 * The most probable alignment: the best token of every step, repeats merged, blanks dropped (Graves et al. 2006,
 * “best path decoding”). Its score is the log-probability of that one alignment.
 * @param raw the scores are of any scale: only the best of each step is made a probability, where a vocabulary of
 * tens of thousands takes longer to normalise than to read.
 */
export function ctcGreedy(logits: Logits, blank: number, raw = false): TokenHypothesis {
  const tokens: EmittedToken[] = []
  let score = 0
  let previous = blank
  for (let step = 0; step < logits.steps; step++) {
    const id = argmax(logits, step)
    const row = logits.data.subarray(step * logits.tokens, (step + 1) * logits.tokens)
    const best = row[id] ?? 0
    const logProb = raw ? best - logSumExp(row, best) : best
    if (id !== blank) {
      const run = id === previous ? tokens.pop() : undefined
      const surest = Math.max(run?.logProb ?? -Infinity, logProb)
      tokens.push({ id, step: run?.step ?? step, endStep: step + 1, logProb: surest })
    }
    score += logProb
    previous = id
  }
  return { tokens, score }
}
