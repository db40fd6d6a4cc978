import { describe, expect, it } from 'vitest'
import {
  beginOf,
  byDay,
  dayOf,
  foundIn,
  tagsIn,
  wordAt,
} from '../../../../src/renderer/src/ui/words/history.ts'
import { linesOf } from '../../../../src/renderer/src/ui/words/log.ts'
import { LIMITS, limitOf, valueOf } from '../../../../src/renderer/src/ui/words/retention.ts'
import { unedited } from '../../../../src/shared/edits.ts'
import type { HistoryRow } from '../../../../src/shared/history.ts'

const NOON = new Date(2026, 10, 27, 12).getTime()
const HOUR = 3_600_000

function row(id: number, startedAt: number): HistoryRow {
  const facts = {
    seconds: 1,
    outcome: { kind: 'copied' },
    hasSound: true,
    starred: false,
    tags: [],
    model: undefined,
  } as const
  return { id, startedAt, ...facts, ...unedited('hello') }
}

describe('the history in words', () => {
  it('begins its spans at midnight', () => {
    expect(beginOf('any', NOON)).toBeNull()
    expect(beginOf('today', NOON)).toBe(NOON - 12 * HOUR)
    expect(beginOf('week', NOON)).toBe(NOON - (12 + 6 * 24) * HOUR)
  })

  it('has a heading for each day, with the year where it is another', () => {
    const days = byDay([row(3, NOON), row(2, NOON - HOUR), row(1, NOON - 24 * HOUR)], NOON)
    expect(days.map(([day, rows]) => [day, rows.map(({ id }) => id)])).toEqual([
      ['Today', [3, 2]],
      [dayOf(NOON - 24 * HOUR, NOON), [1]],
    ])
    expect(dayOf(NOON - 400 * 24 * HOUR, NOON)).toContain('2025')
  })

  it('counts, and reads tags', () => {
    expect(foundIn(0, 0)).toBe('Nothing fits.')
    expect(foundIn(1, 3_725)).toBe('1 dictation, 1:02:05 of sound')
    expect(tagsIn(' work, idea ,, work')).toEqual(['work', 'idea'])
  })

  it('lights the word that has begun last', () => {
    const words = [0, 1, 2].map((start) => ({ text: 'a', start, end: start + 0.5, confidence: 1 }))
    expect([-1, 0, 0.9, 1.2, 9].map((at) => wordAt(words, at))).toEqual([-1, 0, 0, 1, 2])
  })
})

it('the log: lines without a level belong to the one before', () => {
  const log = '2026-01-01T00:00:00Z info started\n2026-01-01T00:00:01Z error it broke\n  at line 3\n'
  expect(linesOf(log, 'info')).toHaveLength(3)
  expect(linesOf(log, 'warn').map(({ text }) => text)).toEqual([
    '2026-01-01T00:00:01Z error it broke',
    '  at line 3',
  ])
})

it('limits go to the settings and come back', () => {
  for (const { options } of LIMITS) {
    for (const [value] of options) expect(valueOf(limitOf(value))).toBe(value)
  }
})
