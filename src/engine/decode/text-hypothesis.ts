/** What a decoder without times wrote → text, words over the whole segment, the vocabulary that fired. */
import type { Hypothesis } from '../model.ts'
import type { Sequence } from './autoregressive.ts'
import { phrasesIn } from './phrases-in.ts'
import { phraseTrie } from './phrase-trie.ts'
import { spreadWords, type SpokenWord } from './spread-words.ts'

interface WordReader {
  words(ids: readonly number[]): readonly SpokenWord[]
}

/** @param seconds length of the segment. */
export function textHypothesis(
  { tokens, logProbs, ending }: Sequence,
  tokenizer: WordReader,
  seconds: number,
  vocabulary: readonly string[] = [],
): Hypothesis {
  const words = spreadWords(tokenizer.words(tokens), logProbs, 0, seconds)
  const text = words.map((word) => word.text).join(' ')
  return {
    text,
    words,
    ...firedIn(text, vocabulary),
    ...(ending === 'end' ? {} : { truncated: true }),
  }
}

/** Each entry once; nothing where there is no vocabulary. */
export function firedIn(text: string, vocabulary: readonly string[]): Pick<Hypothesis, 'fired'> {
  return vocabulary.length === 0 ? {} : { fired: [...new Set(phrasesIn(text, phraseTrie(vocabulary)))] }
}
