/** How the model writes, told from its text. */
import type { Token } from './token.ts'

export interface Script {
  /** It tells upper from lower case. */
  readonly cased: boolean
  /** It writes capitals alone, as the Zipformer models do. */
  readonly capitals: boolean
  /** It writes neither case nor punctuation: both are Steno's to add. */
  readonly plain: boolean
}

/** One word of so few capitals may be an abbreviation. */
const ABBREVIATION_LETTERS = 4

export function scriptOf(tokens: readonly Token[]): Script {
  // What the user's vocabulary made the model write says nothing of its habits.
  const own = tokens.filter((token) => !token.fired)
  const letters = own.map(({ core }) => core).join('')
  const upper = /\p{Lu}/u.test(letters)
  const lower = /\p{Ll}/u.test(letters)
  const capitals = upper && !lower && (own.length > 1 || letters.length > ABBREVIATION_LETTERS)
  const punctuated = own.some(({ lead, trail }) => /[.,;:?!…]/u.test(lead + trail))
  const cased = upper && !capitals
  return { cased, capitals, plain: !cased && !punctuated && (upper || lower) }
}
