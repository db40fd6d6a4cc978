/** The raw text as words with their punctuation set apart, and with the silences between them. */
import type { Line } from '../shared/transcript.ts'
import { languageOf, type Language } from './languages/tables.ts'

export interface Token {
  /** Range in the raw text, punctuation included. */
  readonly start: number
  readonly end: number
  /** Range of the word itself. Empty in a token of punctuation alone. */
  readonly coreStart: number
  readonly coreEnd: number
  readonly core: string
  /** The word as tables have it: lower case, straight apostrophe. */
  readonly word: string
  readonly lead: string
  readonly trail: string
  /** Seconds of silence before it; undefined where the times are not known, and before the first. */
  readonly pause: number | undefined
  readonly firstOfLine: boolean
  /** The vocabulary of the user made the model write it so. */
  readonly fired: boolean
  readonly language: Language | undefined
}

/** What lies before the first token and behind the last. */
export const EDGE: Token = {
  ...partsOf('', 0),
  pause: undefined,
  firstOfLine: false,
  fired: false,
  language: undefined,
}

/** Where and when a word was spoken: characters of its line, seconds. */
interface Spoken {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

/** How far behind the last word found the next one may stand in its line. */
const NEAR_CHARACTERS = 64

/** Tokens of the texts of the lines that have any, joined by one space. */
export function tokensOf(lines: readonly Line[], language: string | null): Token[] {
  const tokens: Token[] = []
  let offset = 0
  let silentFrom: number | undefined
  for (const line of lines) {
    if (line.text === '') continue
    const table = languageOf(language ?? line.language)
    const fired = new Set((line.fired ?? []).flatMap((entry) => normalised(entry).split(/\s+/u)))
    const times = new Times(line)
    let firstOfLine = true
    for (const { 0: text, index } of line.text.matchAll(/\S+/gu)) {
      const spoken = times.of(index, index + text.length)
      const known = spoken !== undefined && silentFrom !== undefined
      const pause = known ? Math.max(0, spoken.start - (silentFrom ?? 0)) : undefined
      silentFrom = spoken?.end
      const parts = partsOf(text, offset + index)
      tokens.push({ ...parts, pause, firstOfLine, fired: fired.has(parts.word), language: table })
      firstOfLine = false
    }
    silentFrom ??= line.end
    offset += line.text.length + 1
  }
  return tokens
}

/** The times of the words of a line, asked for from its beginning to its end. */
class Times {
  readonly #words: readonly Spoken[]
  #at = 0

  constructor(line: Line) {
    this.#words = spokenIn(line)
    // A line without words has at least its own begin and end.
    if (line.words.length === 0) {
      const { start, end, text } = line
      this.#words = [{ from: 0, to: text.length, start, end }]
    }
  }

  of(from: number, to: number): { readonly start: number; readonly end: number } | undefined {
    while ((this.#words[this.#at]?.to ?? Infinity) <= from) this.#at++
    const first = this.#words[this.#at]
    if (first === undefined || first.from >= to) return undefined
    while ((this.#words[this.#at + 1]?.from ?? Infinity) < to) this.#at++
    return { start: first.start, end: this.#words[this.#at]?.end ?? first.end }
  }
}

/** The words that can be found in the text of their line, in order. */
function spokenIn({ text, words }: Line): Spoken[] {
  let cursor = 0
  return words.flatMap(({ text: word, start, end }) => {
    const wanted = word.trim()
    const near = text.slice(cursor, cursor + wanted.length + NEAR_CHARACTERS)
    const at = wanted === '' ? -1 : near.indexOf(wanted)
    if (at < 0) return []
    const from = cursor + at
    cursor = from + wanted.length
    return [{ from, to: cursor, start, end }]
  })
}

function partsOf(text: string, start: number) {
  const lead = /^[^\p{L}\p{N}]*/u.exec(text)?.[0] ?? ''
  const rest = text.slice(lead.length)
  // A broken-off word keeps its hyphen, an amount its sign.
  const trail = /[^\p{L}\p{M}\p{N}%€$£°+#-]*$/u.exec(rest)?.[0] ?? ''
  const core = rest.slice(0, rest.length - trail.length)
  const coreStart = start + lead.length
  return {
    start,
    end: start + text.length,
    coreStart,
    coreEnd: coreStart + core.length,
    core,
    word: normalised(core),
    lead,
    trail,
  }
}

export function normalised(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('’', "'")
}

/** Whether the punctuation behind a word ends a sentence. */
export function endsSentence(trail: string): boolean {
  return /[.?!…。？！]/u.test(trail)
}
