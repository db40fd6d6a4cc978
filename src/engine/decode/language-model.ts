/** What the beam search asks of a language model over words. */

/** Ids of the words that still matter for the next one, oldest first. */
export type LmState = readonly number[]

export interface LanguageModel {
  /** At the beginning of an utterance. */
  readonly start: LmState
  /** Natural log-probability of a word after the words of `state`. */
  score(state: LmState, word: string): { readonly logProb: number; readonly next: LmState }
  /**
   * What a word in progress must cost at least, whatever comes of it: 0 while it may become a known word, negative
   * (natural log) after that. Without it a beam glues words together to put off their cost.
   */
  partial?(letters: string): number
  /** Natural log-probability that the utterance ends after the words of `state`. */
  end?(state: LmState): number
}
