/** Filters of the history, and dates as people read them. Pure. */
import type { HistoryQuery, HistoryRow } from '../../../../shared/history.ts'
import type { Word } from '../../../../shared/transcript.ts'
import { counted, duration } from './format.ts'

const DAY_MS = 86_400_000
const DATE = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
const DATE_AND_YEAR = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })

export const SPANS = [
  ['any', 'Any time'],
  ['today', 'Today'],
  ['week', 'Last 7 days'],
  ['month', 'Last 30 days'],
] as const
export type Span = (typeof SPANS)[number][0]

export const OUTCOMES = [
  ['any', 'All outcomes'],
  ['copied', 'Copied'],
  ['interrupted', 'Recovered'],
  ['undelivered', 'Not copied'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
  ['nothing-heard', 'Nothing heard'],
] as const satisfies readonly (readonly ['any' | NonNullable<HistoryQuery['outcome']>, string])[]
export type OutcomeChoice = (typeof OUTCOMES)[number][0]

/** Milliseconds since 1970 at which the span begins; null for all time. @param now likewise. */
export function beginOf(span: Span, now: number): number | null {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  switch (span) {
    case 'any':
      return null
    case 'today':
      return midnight
    case 'week':
      return midnight - 6 * DAY_MS
    case 'month':
      return midnight - 29 * DAY_MS
  }
}

/** `Today`, `Wed, 25 Nov`, and with its year where that is not this one. */
export function dayOf(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)]
  if (then.toDateString() === today.toDateString()) return 'Today'
  return (then.getFullYear() === today.getFullYear() ? DATE : DATE_AND_YEAR).format(at)
}

/** Rows of one day after the other, as they come. */
export function byDay(
  rows: readonly HistoryRow[],
  now: number,
): readonly (readonly [string, HistoryRow[]])[] {
  const days: [string, HistoryRow[]][] = []
  for (const row of rows) {
    const day = dayOf(row.startedAt, now)
    const last = days.at(-1)
    if (last?.[0] === day) last[1].push(row)
    else days.push([day, [row]])
  }
  return days
}

/** `12 dictations, 1:02:05 of sound`. */
export function foundIn(found: number, seconds: number): string {
  return found === 0 ? 'Nothing fits.' : `${counted(found, 'dictation')}, ${duration(seconds)} of sound`
}

/** What a person types between commas. */
export function tagsIn(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim())
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

/** The word that is heard at that moment: the last that has begun; −1 before the first. */
export function wordAt(words: readonly Word[], seconds: number): number {
  return words.findLastIndex(({ start }) => start <= seconds)
}
