import type { Fusion } from './fusion.ts'

/**
 * One token sequence of a CTC beam, as a node of the trie of all sequences that are live or lead to a live one. Equal
 * sequences are the same node: that is how the alignments of one text add up. Scores are natural logs.
 */
export class Prefix {
  readonly parent: Prefix | undefined
  /** The last token; −1 for the empty sequence. */
  readonly token: number
  readonly fusion: Fusion | undefined
  /** Is it in the beam? */
  live = true
  /** Sum over the alignments so far that end in a blank … */
  blank = -Infinity
  /** … and over those that end in the last token. */
  nonBlank = -Infinity
  /** Both, one step on, while that step is being worked out. */
  nextBlank = -Infinity
  nextNonBlank = -Infinity
  readonly #children = new Map<number, Prefix>()

  private constructor(parent: Prefix | undefined, token: number, fusion: Fusion | undefined) {
    this.parent = parent
    this.token = token
    this.fusion = fusion
  }

  /** The empty sequence, before the first step. */
  static root(fusion: Fusion | undefined): Prefix {
    const root = new Prefix(undefined, -1, fusion)
    root.blank = 0
    return root
  }

  child(token: number): Prefix | undefined {
    return this.#children.get(token)
  }

  /** What the sequence with one more token is worth. */
  fusionWith(token: number): Fusion | undefined {
    return this.#children.get(token)?.fusion ?? this.fusion?.extend(token)
  }

  /** Brings the sequence that has one more token to life. */
  grow(token: number, fusion: Fusion | undefined, nonBlank: number): Prefix {
    const child = this.#children.get(token) ?? new Prefix(this, token, fusion)
    this.#children.set(token, child)
    child.live = true
    child.blank = -Infinity
    child.nonBlank = nonBlank
    return child
  }

  /** Ends a step. Whether it is still in the beam is decided anew. */
  advance(): void {
    this.blank = this.nextBlank
    this.nonBlank = this.nextNonBlank
    this.live = false
  }

  /** Leaves the trie, unless it or something below it is live; so do those above that are left without reason. */
  prune(): void {
    if (this.live || this.#children.size > 0 || this.parent === undefined) return
    this.parent.#children.delete(this.token)
    this.parent.prune()
  }

  /** The whole sequence. */
  ids(): number[] {
    const ids = this.parent?.ids() ?? []
    if (this.parent !== undefined) ids.push(this.token)
    return ids
  }
}
