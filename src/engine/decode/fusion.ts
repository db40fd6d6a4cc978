/**
 * What a token sequence is worth beyond its acoustics (shallow fusion): a language model's opinion, a bonus for the
 * user's own phrases. Immutable; one belongs to each prefix of a beam, so that equal prefixes are worth the same.
 */
export interface Fusion {
  /** Natural log, over the whole sequence so far; what depends on tokens still to come may be left out or advanced. */
  readonly score: number
  extend(token: number): Fusion
  /** The score if the sequence ends here. */
  finish(): number
}

/** The sum of several opinions. */
export function fuse(parts: readonly Fusion[]): Fusion {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  return {
    score: parts.reduce((sum, part) => sum + part.score, 0),
    extend: (token) => fuse(parts.map((part) => part.extend(token))),
    finish: () => parts.reduce((sum, part) => sum + part.finish(), 0),
  }
}
