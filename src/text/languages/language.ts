/** What a language brings along: tables, no code. All words are in lower case with a straight apostrophe. */
import type { Edit } from '../edit.ts'

export interface Language {
  readonly code: string
  readonly fillers: ReadonlySet<string>
  /** Pairs of which a filler is part and which are words. */
  readonly notFillers: ReadonlySet<string>
  /** Said twice in a row, these are a stutter: words that grammar never doubles. */
  readonly stutters: ReadonlySet<string>
  /** Words that can begin a phrase said twice, as in “in the in the”. */
  readonly phraseStarts: ReadonlySet<string>
  /** Verbs that are doubled on purpose, as in “I know I know”. */
  readonly doubledVerbs: ReadonlySet<string>
  /** Before the name of a mark they make it an ordinary word. */
  readonly articles: ReadonlySet<string>
  /** The same in most cases: they describe the noun behind. */
  readonly describing: ReadonlySet<string>
  /** The same, where an article stands before: “first comma” is an enumeration. */
  readonly ranking: ReadonlySet<string>
  /** No sentence ends with them. */
  readonly leadOn: ReadonlySet<string>
  /** Frequent words that are no names: in mid-sentence their capital is the model's, not the language's. */
  readonly common: ReadonlySet<string>
  /** Words that are always written with a capital. */
  readonly written: ReadonlyMap<string, string>
  readonly marks: readonly SpokenMark[]
  /** Marks with a space before them. */
  readonly spacedMarks: string
  readonly numbers: NumberWords
}

export interface SpokenMark {
  /** How it is said; several ways apart by `|`. */
  readonly said: string
  readonly mark: string
  readonly glue?: Edit['glue']
  /** A new sentence begins behind it. */
  readonly ends?: true
  /** Its name is an ordinary word as well: it needs a pause beside it. */
  readonly ordinary?: true
  /** Words that make an ordinary word of it when they follow. */
  readonly notBefore?: string
}

export interface NumberWords {
  /** Names of 0 to 99, of several words where they have several. */
  readonly small: ReadonlyMap<string, number>
  /** Multiplies what stands before it. */
  readonly hundred: ReadonlySet<string>
  /** Names of whole hundreds. */
  readonly hundreds: ReadonlyMap<string, number>
  /** Thousand and more; from a million on the word stays behind a round number. */
  readonly scales: ReadonlyMap<string, number>
  readonly scalesHaveCapitals?: true
  /** Hundred and thousand without a number before them. */
  readonly alone: ReadonlySet<string>
  /** “a” in “a hundred”. */
  readonly one: ReadonlySet<string>
  /** “and” in “a hundred and five”. */
  readonly and: ReadonlySet<string>
  /** Parts that long words are made of, besides those a hyphen sets apart. */
  readonly compound?: RegExp
  /** A digit in a row of digits only, as the “oh” in “nineteen oh five”. */
  readonly nought: ReadonlySet<string>
  readonly repeats: ReadonlyMap<string, number>
  readonly point: ReadonlySet<string>
  readonly decimalMark: string
  readonly groupMark: string
  readonly percent: ReadonlySet<string>
  readonly percentSign: string
  readonly currencies: ReadonlyMap<string, Currency>
  /** A number before them is written in digits, however small. */
  readonly units: ReadonlySet<string>
}

export interface Currency {
  readonly sign: string
  readonly before: boolean
  /** Its hundredth, as in “three dollars and fifty cents”. */
  readonly cents?: string
}

export function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u).filter((word) => word !== ''))
}
