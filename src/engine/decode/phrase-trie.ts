/** Finds phrases in text that arrives letter by letter (Aho & Corasick 1975), whole words only. */

const BOUNDARY = ' '
/** White space, and punctuation that follows or joins words. Anything else may be part of a name: C++, AT&T. */
const SEPARATORS = /[\s.,!?;:"“”()…–—-]+/gu

/** Text as phrases are compared: without case, a single space for every separator. */
export function comparable(text: string): string {
  return text.toLowerCase().replace(SEPARATORS, BOUNDARY)
}

/** How far into which phrases the text has come. */
export class PhraseNode {
  /** Letters of the phrase in progress, counted from where a shorter one was complete. */
  pending = 0
  /** The phrases that are complete here if the word ends here … */
  complete: readonly string[] = []
  /** … and their letters. */
  completeLetters = 0
  /** The phrase this path spells. */
  phrase: string | undefined
  /** The longest end of this path that begins a phrase, too; none above the root. */
  fallback: PhraseNode | undefined
  readonly children = new Map<string, PhraseNode>()
  readonly letter: string

  constructor(letter: string) {
    this.letter = letter
  }

  /** @param letter one character of {@link comparable} text. */
  next(letter: string): PhraseNode {
    if (letter === BOUNDARY && this.letter === BOUNDARY) return this
    return this.children.get(letter) ?? this.fallback?.next(letter) ?? this
  }

  /** Does this letter end a word, and with it what is complete here? */
  endsWith(letter: string): boolean {
    return letter === BOUNDARY && this.letter !== BOUNDARY
  }
}

/** The place before the first word of a text. Phrases without a letter are left out. */
export function phraseTrie(phrases: readonly string[]): PhraseNode {
  const root = new PhraseNode('')
  const start = childOf(root, BOUNDARY)
  for (const phrase of phrases) {
    const letters = Array.from(comparable(phrase).trim())
    if (letters.length > 0) letters.reduce(childOf, start).phrase = phrase
  }
  link(root)
  return start
}

function childOf(node: PhraseNode, letter: string): PhraseNode {
  const child = node.children.get(letter) ?? new PhraseNode(letter)
  node.children.set(letter, child)
  return child
}

/** Breadth first, so that what a node falls back to, which is nearer the root, is complete before it. */
function link(root: PhraseNode): void {
  const queue = [root]
  for (const node of queue) {
    for (const [letter, child] of node.children) {
      queue.push(child)
      child.fallback = node.fallback?.next(letter) ?? root
      const restarts = letter === BOUNDARY && (node === root || node.phrase !== undefined)
      child.pending = restarts ? 0 : node.pending + 1
      const { complete, completeLetters } = child.fallback
      const own = child.phrase
      child.complete = own === undefined ? complete : [own, ...complete]
      child.completeLetters = completeLetters + (own === undefined ? 0 : comparable(own).trim().length)
    }
  }
}
