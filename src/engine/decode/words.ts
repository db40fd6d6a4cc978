/** Decoded tokens → words with times. */
import type { Word } from '../../shared/transcript.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import type { EmittedToken, TokenHypothesis } from './hypothesis.ts'

/** A word reaches from the first step of its first token to the end of its last one; times in seconds. */
export function wordsOf(
  hypothesis: TokenHypothesis,
  tokenizer: PieceTokenizer,
  secondsPerStep: number,
): Word[] {
  const { tokens } = hypothesis
  return tokenizer.words(tokens.map((token) => token.id)).map(({ text, from, to }) => {
    const own = tokens.slice(from, to)
    return {
      text,
      start: (own[0]?.step ?? 0) * secondsPerStep,
      end: (own.at(-1)?.endStep ?? 0) * secondsPerStep,
      confidence: confidenceOf(own),
    }
  })
}

/** The text and the words of a hypothesis. */
export function transcribed(
  hypothesis: TokenHypothesis,
  tokenizer: PieceTokenizer,
  secondsPerStep: number,
): { readonly text: string; readonly words: Word[] } {
  const words = wordsOf(hypothesis, tokenizer, secondsPerStep)
  return { text: words.map((word) => word.text).join(' '), words }
}

/** Geometric mean of the tokens' probabilities; clamped, for a float32 log-probability may come out just above 0. */
function confidenceOf(tokens: readonly EmittedToken[]): number {
  const mean = tokens.reduce((sum, token) => sum + token.logProb, 0) / tokens.length
  return Math.min(1, Math.max(0, Math.exp(mean)))
}
