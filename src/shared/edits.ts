/**
 * What is done to a text after it was heard. An edit says which characters of the raw text become what. Edits lie side
 * by side in the raw text, so any of them can be undone, in any order, with one answer; without any, the answer is the
 * raw text itself. `src/text` makes them and applies them.
 */
export type EditKind =
  | 'replacement'
  | 'filler'
  | 'stutter'
  | 'spoken-mark'
  | 'number'
  | 'full-stop'
  | 'joint'
  | 'casing'
  | 'spacing'

export interface Edit {
  readonly kind: EditKind
  /** Range of the raw text in UTF-16 units, end exclusive; empty where something is put in. */
  readonly start: number
  readonly end: number
  readonly replacement: string
  /** Sides on which the replacement stands without a space, as a comma does before and a new line on both. */
  readonly glue?: 'before' | 'after' | 'both'
  /** Indices of earlier edits without which this one makes no sense; undone with any of them. */
  readonly because: readonly number[]
}

export interface Edited {
  readonly raw: string
  /** The raw text with all edits applied. */
  readonly text: string
  /** In the order of the raw text. Two of the same range stand one on the other: the later one is seen. */
  readonly edits: readonly Edit[]
}

/** A text as it is kept: `text` is the raw one with all edits but those the user has undone. */
export interface Written extends Edited {
  /** Indices, ascending. */
  readonly undone: readonly number[]
}

/** A text that nothing is done to. */
export function unedited(text: string): Written {
  return { raw: text, text, edits: [], undone: [] }
}

/** A word or phrase of the user's, and what is to stand there instead. */
export interface Replacement {
  readonly from: string
  readonly to: string
}
