/** A query of the window → the SQL behind `FROM dictations`. Pure. */
import type { HistoryQuery } from '../../shared/history.ts'

export interface Clause {
  readonly where: string
  readonly values: readonly (string | number)[]
}

/** Only what is sealed: what is under way is on the other page. */
export function clauseOf({ text, since, outcome, starred, tag }: HistoryQuery): Clause {
  const terms: (readonly [string, ...(string | number)[]])[] = [['outcome IS NOT NULL']]
  const words = matchOf(text)
  if (words !== '') terms.push(['id IN (SELECT rowid FROM found WHERE found MATCH ?)', words])
  if (since !== null) terms.push(['started_at >= ?', since])
  if (outcome !== null) terms.push(["json_valid(outcome) AND json_extract(outcome, '$.kind') = ?", outcome])
  if (starred) terms.push(['starred = 1'])
  if (tag !== null)
    terms.push(['json_valid(tags) AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)', tag])
  return {
    where: `WHERE ${terms.map(([sql]) => `(${sql})`).join(' AND ')}`,
    values: terms.flatMap(([, ...values]) => values),
  }
}

/** FTS5 reads quoted words as themselves, whatever is in them; the star lets each be the beginning of a longer one. */
export function matchOf(text: string): string {
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return words.map((word) => `"${word}"*`).join(' ')
}
