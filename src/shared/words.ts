/** Comparing words of several decodes of the same speech. */
import type { Word } from './transcript.ts'

/** Longer repetitions across two decodes are meant. */
const OVERLAP_WORDS = 5

/** Case, punctuation and the form of letters make no other word. */
export function wordKey(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
  return letters === '' ? text : letters
}

export function sameWord(a: Word | undefined, b: Word): boolean {
  return a !== undefined && wordKey(a.text) === wordKey(b.text)
}

/**
 * The words of `decoded` behind those of `known`: by place where it still begins with them, else by time, less what it
 * only says again (as whisper_streaming does: Macháček et al. 2023, arXiv 2307.14743).
 */
export function wordsBehind(known: readonly Word[], decoded: readonly Word[]): readonly Word[] {
  if (known.every((word, index) => sameWord(decoded[index], word))) return decoded.slice(known.length)
  const end = known.at(-1)?.end ?? 0
  const later = decoded.filter((word) => (word.start + word.end) / 2 > end)
  return later.slice(overlap(known, later))
}

/** How many words `later` begins with that `known` ends with. */
function overlap(known: readonly Word[], later: readonly Word[]): number {
  for (let count = Math.min(OVERLAP_WORDS, known.length, later.length); count > 0; count--) {
    const tail = known.slice(-count)
    if (tail.every((word, index) => sameWord(later[index], word))) return count
  }
  return 0
}
