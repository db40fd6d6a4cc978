/** What the user asks of a decode, for models of sub-word pieces; and what they get to see of it. */
import { isMultilingual, languageLock } from '../decode/language-lock.ts'
import { PhraseBoost } from '../decode/phrase-boost.ts'
import type { TokenHypothesis } from '../decode/hypothesis.ts'
import { transcribed } from '../decode/words.ts'
import type { Hypothesis } from '../model.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import type { Wishes } from '../../shared/worker-frames.ts'

export interface PieceWishes {
  /** What `ModelInfo` says. */
  readonly language: string
  /** By token id: 0 for a piece that the language locked to does not write. */
  readonly allowed: Uint8Array | undefined
  readonly boost: PhraseBoost | undefined
}

/** A model of one language is not locked: it cannot write another. */
export function userWishes({ language, vocabulary = [] }: Wishes, tokenizer: PieceTokenizer): PieceWishes {
  const multilingual = isMultilingual(tokenizer)
  return {
    language: multilingual ? (language ?? 'multi') : 'en',
    allowed: multilingual && language !== undefined ? languageLock(language, tokenizer) : undefined,
    boost: vocabulary.length > 0 ? new PhraseBoost(vocabulary, tokenizer) : undefined,
  }
}

/** Text, words, and which entries of the vocabulary fired. */
export function hypothesisOf(
  found: TokenHypothesis,
  tokenizer: PieceTokenizer,
  secondsPerStep: number,
  boost: PhraseBoost | undefined,
): Hypothesis {
  const fired = boost?.found(found.tokens.map(({ id }) => id)) ?? []
  return { ...transcribed(found, tokenizer, secondsPerStep), ...(fired.length > 0 ? { fired } : {}) }
}
