/** A word n-gram language model with Katz back-off (Katz 1987), as ARPA files describe it. Logs are natural. */
import type { LanguageModel, LmState } from './language-model.ts'
import type { NgramTable } from './ngram-table.ts'

const SENTENCE_START = '<s>'
const SENTENCE_END = '</s>'
const UNKNOWN_WORD = '<unk>'

/**
 * What a word outside the vocabulary costs (natural log), and how many letters that is for; longer ones cost in
 * proportion. As in pyctcdecode (unk_score_offset −10, average token length 6).
 */
const UNKNOWN_PENALTY = -10
const UNKNOWN_LETTERS = 6

export interface NgramParts {
  /** The longest n-grams have so many words. */
  readonly order: number
  /** Of the words: their nodes in the table. */
  readonly ids: ReadonlyMap<string, number>
  readonly table: NgramTable
}

export class NgramModel implements LanguageModel {
  readonly order: number
  readonly start: LmState
  readonly #ids: ReadonlyMap<string, number>
  readonly #table: NgramTable
  readonly #unknownPenalty: number
  readonly #alphabetical: readonly string[]

  constructor({ order, ids, table }: NgramParts, unknownPenalty = UNKNOWN_PENALTY) {
    this.order = order
    this.#ids = ids
    this.#table = table
    this.#unknownPenalty = unknownPenalty
    this.#alphabetical = [...ids.keys()].sort()
    this.start = this.#after([], ids.get(SENTENCE_START))
  }

  /** A word outside the vocabulary costs the penalty, on top of P(<unk>) where the model has one. */
  score(state: LmState, word: string): { readonly logProb: number; readonly next: LmState } {
    const known = this.#ids.get(word)
    const id = known ?? this.#ids.get(UNKNOWN_WORD)
    const penalty = known === undefined ? this.#penalty(word) : 0
    return {
      logProb: penalty + (id === undefined ? 0 : this.#logProb(state, id)),
      next: this.#after(state, id),
    }
  }

  partial(letters: string): number {
    return this.#begins(letters) ? 0 : this.#penalty(letters)
  }

  /** ln P(</s> | state); 0 for a model that has no sentence ends. */
  end(state: LmState): number {
    const id = this.#ids.get(SENTENCE_END)
    return id === undefined ? 0 : this.#logProb(state, id)
  }

  #penalty(word: string): number {
    return this.#unknownPenalty * Math.max(1, word.length / UNKNOWN_LETTERS)
  }

  /** Does any known word begin so? Binary search for the first word that is not before these letters. */
  #begins(letters: string): boolean {
    let from = 0
    let to = this.#alphabetical.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((this.#alphabetical[middle] ?? '') < letters) from = middle + 1
      else to = middle
    }
    return this.#alphabetical[from]?.startsWith(letters) ?? false
  }

  /** P(w | context) if that n-gram is listed; else the context's back-off weight times P(w | context without its first word). */
  #logProb(context: LmState, word: number): number {
    let backoff = 0
    for (let from = 0; from < context.length; from++) {
      const node = this.#nodeOf(context.slice(from))
      if (node === undefined) continue
      const ngram = this.#table.find(node, word)
      if (ngram !== undefined) return backoff + this.#table.logProb(ngram)
      backoff += this.#table.backoff(node)
    }
    return backoff + this.#table.logProb(word)
  }

  #nodeOf(words: readonly number[]): number | undefined {
    const [first, ...rest] = words
    return rest.reduce<number | undefined>(
      (node, word) => (node === undefined ? undefined : this.#table.find(node, word)),
      first,
    )
  }

  /** The words in view after one more; an unknown word without an id hides those before it. */
  #after(state: LmState, id: number | undefined): LmState {
    if (id === undefined || this.order === 1) return []
    return [...state, id].slice(1 - this.order)
  }
}
