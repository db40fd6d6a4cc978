/** Word error rate, as the README of the starter model and the benchmark count it. */

export interface WordErrors {
  /** Substitutions, insertions and deletions. */
  readonly errors: number
  /** Words of the reference. */
  readonly words: number
}

/** Lower case, the letters a to z and apostrophes inside words; everything else parts words. */
export function normaliseForScoring(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^a-z']+/g, ' ')
    .replace(/(?<![a-z'])'+|'+(?![a-z'])/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
}

/**
 * Word errors of a hypothesis against what was said (Levenshtein distance over words), both normalised first. Add up
 * `errors` and `words` over clips before dividing: long clips count for more.
 */
export function wordErrorRate(reference: string, hypothesis: string): WordErrors {
  const said = wordsOf(reference)
  const heard = wordsOf(hypothesis)
  /** Distances of the words of `said` so far to every beginning of `heard`. */
  let row = Array.from({ length: heard.length + 1 }, (_, index) => index)
  for (const [i, word] of said.entries()) {
    const next = [i + 1]
    for (const [j, other] of heard.entries()) {
      const substituted = (row[j] ?? 0) + (word === other ? 0 : 1)
      const deleted = (row[j + 1] ?? 0) + 1
      const inserted = (next[j] ?? 0) + 1
      next.push(Math.min(substituted, deleted, inserted))
    }
    row = next
  }
  return { errors: row[heard.length] ?? 0, words: said.length }
}

function wordsOf(text: string): string[] {
  return normaliseForScoring(text)
    .split(' ')
    .filter((word) => word !== '')
}
