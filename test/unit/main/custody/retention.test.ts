import { describe, expect, it } from 'vitest'
import { isLimited, tooMany, type Kept, type Limits } from '../../../../src/main/custody/retention.ts'

const DAY_MS = 86_400_000
const NOW = 100 * DAY_MS
const ALL: Limits = { keepDays: null, keepCount: null, keepMegabytes: null }

/** Newest first, a day apart, a minute (1.92 MB) each. */
function days(count: number, of: (id: number) => Partial<Kept> = () => ({})): Kept[] {
  return Array.from({ length: count }, (_, index) => {
    const id = count - index
    return { id, startedAt: NOW - index * DAY_MS, seconds: 60, starred: false, open: false, ...of(id) }
  })
}

describe('what is let go', () => {
  it('is nothing without a limit', () => {
    expect(tooMany(days(50), ALL, NOW)).toEqual([])
    expect(isLimited(ALL)).toBe(false)
  })

  it('is what is older, beyond the count, or beyond the size', () => {
    expect(tooMany(days(6), { ...ALL, keepDays: 3 }, NOW)).toEqual([2, 1])
    expect(tooMany(days(6), { ...ALL, keepCount: 4 }, NOW)).toEqual([2, 1])
    expect(tooMany(days(6), { ...ALL, keepMegabytes: 6 }, NOW)).toEqual([3, 2, 1])
    expect(isLimited({ ...ALL, keepMegabytes: 6 })).toBe(true)
  })

  it('is never starred or under way, though that counts', () => {
    const some = days(6, (id) => ({ starred: id === 1, open: id === 2 }))
    expect(tooMany(some, { ...ALL, keepCount: 2 }, NOW)).toEqual([4, 3])
  })

  it('is no large one that hides the small ones behind it', () => {
    const some = days(4, (id) => (id === 3 ? { seconds: 6_000 } : {}))
    expect(tooMany(some, { ...ALL, keepMegabytes: 6 }, NOW)).toEqual([3])
  })
})
