/**
 * Byte-level byte-pair encoding, as GPT-2 introduced it (openai/gpt-2, src/encoder.py) and Whisper uses it: every
 * byte has a printable stand-in, tokens are strings of those, and text is cut by a pattern before pairs are merged.
 */

/** Contractions, words, numbers, everything else, white space. */
const PATTERN = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu

/** Bytes that are printable in Latin-1 stand for themselves; the others take the letters from U+0100 on, in order. */
const STAND_INS: readonly string[] = standIns()
const SPACE = STAND_INS[0x20] ?? ''
const BYTES: ReadonlyMap<string, number> = new Map(STAND_INS.map((letter, byte) => [letter, byte]))

export interface BytePairParts {
  /** Ids by token, tokens in stand-ins. */
  readonly vocabulary: ReadonlyMap<string, number>
  /**
   * In order of rank; both halves in stand-ins, with a space between. Left out where the list of tokens is all there
   * is (tiktoken): then a pair has the rank of the token that it becomes.
   */
  readonly merges?: readonly string[]
  /** Ids by name: `<|en|>`. They stand for no text. */
  readonly special: ReadonlyMap<string, number>
}

/** The tokens `from` to `to` (exclusive) of a sequence spell one word. */
export interface TokenWord {
  readonly text: string
  readonly from: number
  readonly to: number
}

export class ByteLevelTokenizer {
  /** Ids by name. */
  readonly special: ReadonlyMap<string, number>
  /** Largest id plus one. */
  readonly size: number
  /** By id, in stand-ins: turned into bytes when they are said, for most never are. */
  readonly #tokens = new Map<number, string>()
  readonly #vocabulary: ReadonlyMap<string, number>
  readonly #rank: (first: string, second: string) => number

  constructor({ vocabulary, merges, special }: BytePairParts) {
    this.special = special
    this.#vocabulary = vocabulary
    this.#rank = rankBy(vocabulary, merges)
    let largest = 0
    for (const [token, id] of vocabulary) {
      largest = Math.max(largest, id)
      if (!special.has(token)) this.#tokens.set(id, token)
    }
    for (const id of special.values()) largest = Math.max(largest, id)
    this.size = 1 + largest
  }

  /** The text of a sequence. Half a character, where the model broke off, becomes U+FFFD. */
  decode(sequence: readonly number[]): string {
    const letters = sequence.map((id) => this.#tokens.get(id) ?? '').join('')
    return Buffer.from(Array.from(letters, (letter) => BYTES.get(letter) ?? 0x3f)).toString('utf8')
  }

  /** Groups a sequence into words: each begins with white space. Words without text drop out. */
  words(sequence: readonly number[]): TokenWord[] {
    const starts = sequence.flatMap((id, at) =>
      at === 0 || this.#tokens.get(id)?.startsWith(SPACE) === true ? [at] : [],
    )
    return starts
      .map((from, index) => {
        const to = starts[index + 1] ?? sequence.length
        return { text: this.decode(sequence.slice(from, to)).trim(), from, to }
      })
      .filter((word) => word.text !== '')
  }

  /** Text → ids; what has no token, not even by bytes, is left out. */
  encode(text: string): number[] {
    return (text.match(PATTERN) ?? []).flatMap((piece) => this.#merge(piece))
  }

  /** Joins the pair of the lowest rank until none is left. */
  #merge(piece: string): number[] {
    const parts = Array.from(standInsOf(Buffer.from(piece, 'utf8')))
    for (;;) {
      let best = -1
      let bestRank = Infinity
      for (let i = 0; i + 1 < parts.length; i++) {
        const rank = this.#rank(parts[i] ?? '', parts[i + 1] ?? '')
        if (rank < bestRank) [best, bestRank] = [i, rank]
      }
      if (best < 0) break
      parts.splice(best, 2, (parts[best] ?? '') + (parts[best + 1] ?? ''))
    }
    return parts.flatMap((part) => this.#vocabulary.get(part) ?? [])
  }
}

/** Bytes as tokens are written. */
export function standInsOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => STAND_INS[byte] ?? '').join('')
}

function rankBy(
  vocabulary: ReadonlyMap<string, number>,
  merges: readonly string[] | undefined,
): (first: string, second: string) => number {
  if (merges === undefined) return (first, second) => vocabulary.get(first + second) ?? Infinity
  const ranks = new Map(merges.map((merge, rank) => [merge, rank]))
  return (first, second) => ranks.get(`${first} ${second}`) ?? Infinity
}

function standIns(): string[] {
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
    return String.fromCodePoint(printable ? byte : next++)
  })
}
