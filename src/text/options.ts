import type { Replacement } from '../shared/edits.ts'

/** What the user can choose about the text. Flat and plain, so that settings can hold it; reasons in docs/text.md. */
export interface TextOptions {
  /** ISO 639 code of the text; null asks the lines themselves. Without a table the text is left alone. */
  readonly language: string | null
  readonly casing: boolean
  readonly spacing: boolean
  /** Only where the model writes no punctuation itself. */
  readonly fullStops: boolean
  /** careful: a name of a mark that could be an ordinary word needs a pause beside it. */
  readonly spokenMarks: 'off' | 'careful' | 'always'
  readonly numbers: boolean
  readonly fillers: boolean
  readonly stutter: boolean
  readonly replacements: readonly Replacement[]
}

export const DEFAULT_TEXT_OPTIONS: TextOptions = {
  language: null,
  casing: true,
  spacing: true,
  fullStops: true,
  spokenMarks: 'careful',
  numbers: true,
  fillers: true,
  stutter: true,
  replacements: [],
}
