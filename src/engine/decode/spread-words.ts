/** Words of a model that tells no times: they share the time of their span by their letters. */
import type { Word } from '../../shared/transcript.ts'

export interface SpokenWord {
  readonly text: string
  /** The tokens `from` to `to` (exclusive) of the sequence spell it. */
  readonly from: number
  readonly to: number
}

/**
 * @param logProbs natural log, by token.
 * @param start seconds, as is `end`.
 */
export function spreadWords(
  words: readonly SpokenWord[],
  logProbs: readonly number[],
  start: number,
  end: number,
): Word[] {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0)
  const perLetter = (end - start) / Math.max(1, letters)
  let begin = start
  return words.map(({ text, from, to }) => {
    const word = {
      text,
      start: begin,
      end: begin + text.length * perLetter,
      confidence: mean(logProbs, from, to),
    }
    begin = word.end
    return word
  })
}

/** Geometric mean of probabilities. */
function mean(logProbs: readonly number[], from: number, to: number): number {
  const own = logProbs.slice(from, to)
  return Math.min(1, Math.exp(own.reduce((sum, logProb) => sum + logProb, 0) / Math.max(1, own.length)))
}
