/**
 * The n-grams of a back-off language model in typed arrays, some 30 bytes each. Every n-gram is a node, named by the
 * node of all its words but the last, and the last word; a word's own node has the word's id.
 */

/** Golden-ratio multiplier (Knuth 6.4) and the second constant of MurmurHash3's mixer. */
const MIX_WORD = 0x9e3779b1
const MIX_CONTEXT = 0x85ebca6b

export class NgramTable {
  /** Natural logs, by node. */
  readonly #logProbs: Float32Array
  readonly #backoffs: Float32Array
  /** What names a node; unused for single words. */
  readonly #contexts: Uint32Array
  readonly #words: Uint32Array
  /** Open addressing with linear probing: node + 1, or 0 where nothing is. */
  readonly #slots: Uint32Array
  #size: number

  /**
   * @param words single words: nodes 0 to words − 1.
   * @param ngrams room for longer n-grams.
   */
  constructor(words: number, ngrams: number) {
    const nodes = words + ngrams
    this.#logProbs = new Float32Array(nodes)
    this.#backoffs = new Float32Array(nodes)
    this.#contexts = new Uint32Array(nodes)
    this.#words = new Uint32Array(nodes)
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(2, 1.5 * ngrams))))
    this.#size = words
  }

  /** The node of a longer n-gram, or undefined. */
  find(context: number, word: number): number | undefined {
    const slot = this.#slots[this.#slotOf(context, word)] ?? 0
    return slot === 0 ? undefined : slot - 1
  }

  /** Gives a longer n-gram its node; undefined if it has one already. */
  add(context: number, word: number): number | undefined {
    const slot = this.#slotOf(context, word)
    if (this.#slots[slot] !== 0) return undefined
    const node = this.#size++
    this.#contexts[node] = context
    this.#words[node] = word
    this.#slots[slot] = node + 1
    return node
  }

  /** Sets the natural logs of a node's probability and back-off weight. */
  set(node: number, logProb: number, backoff: number): void {
    this.#logProbs[node] = logProb
    this.#backoffs[node] = backoff
  }

  /** Nodes in use. */
  get size(): number {
    return this.#size
  }

  /** What names a longer n-gram: the node of all its words but the last … */
  contextOf(node: number): number {
    return this.#contexts[node] ?? 0
  }

  /** … and the last. */
  wordOf(node: number): number {
    return this.#words[node] ?? 0
  }

  logProb(node: number): number {
    return this.#logProbs[node] ?? -Infinity
  }

  backoff(node: number): number {
    return this.#backoffs[node] ?? 0
  }

  /** Where the n-gram is, or would be put. */
  #slotOf(context: number, word: number): number {
    const mask = this.#slots.length - 1
    let hash = Math.imul(context, MIX_CONTEXT) ^ Math.imul(word, MIX_WORD)
    hash = Math.imul(hash ^ (hash >>> 15), MIX_WORD)
    for (let slot = (hash ^ (hash >>> 13)) & mask; ; slot = (slot + 1) & mask) {
      const node = (this.#slots[slot] ?? 0) - 1
      if (node < 0 || (this.#contexts[node] === context && this.#words[node] === word)) return slot
    }
  }
}
