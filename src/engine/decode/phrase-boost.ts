/**
 * Favours phrases the user expects (names, jargon) in a beam. It looks at letters, not tokens, so it does not matter
 * how the model cuts a phrase into pieces.
 */
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import type { Fusion } from './fusion.ts'
import { phrasesIn } from './phrases-in.ts'
import { comparable, phraseTrie, type PhraseNode } from './phrase-trie.ts'

export class PhraseBoost {
  /** Before the first token: the `fusion` of a beam search. */
  readonly start: Fusion
  readonly #trie: PhraseNode
  readonly #tokenizer: PieceTokenizer

  /**
   * @param weight worth of every letter of a phrase, natural log. It is lent while a phrase may still become complete
   *   and taken back when the text goes on differently.
   */
  constructor(phrases: readonly string[], tokenizer: PieceTokenizer, weight = 1) {
    const letters = Array.from({ length: tokenizer.size }, (_, id) => comparable(tokenizer.textOf(id)))
    this.#tokenizer = tokenizer
    this.#trie = phraseTrie(phrases)
    this.start = new Boosted({ letters, weight }, this.#trie, 0)
  }

  /** The phrases that a finished sequence holds, each as it was given and as often as it occurs. */
  found(ids: readonly number[]): string[] {
    return phrasesIn(this.#tokenizer.decode(ids), this.#trie)
  }
}

interface Settings {
  /** By token id. */
  readonly letters: readonly string[]
  readonly weight: number
}

class Boosted implements Fusion {
  readonly score: number
  readonly #settings: Settings
  readonly #node: PhraseNode

  constructor(settings: Settings, node: PhraseNode, score: number) {
    this.#settings = settings
    this.#node = node
    this.score = score
  }

  extend(token: number): Fusion {
    return this.#read(this.#settings.letters[token] ?? '')
  }

  finish(): number {
    const end = this.#read(' ')
    return end.score - this.#settings.weight * end.#node.pending
  }

  #read(text: string): Boosted {
    let node = this.#node
    let letters = 0
    for (const letter of text) {
      const next = node.next(letter)
      letters += next.pending - node.pending
      if (node.endsWith(letter)) letters += node.completeLetters
      node = next
    }
    return new Boosted(this.#settings, node, this.score + this.#settings.weight * letters)
  }
}
