import { describe, expect, it } from 'vitest'
import { Pace } from '../../../../src/engine/partials/pace.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'

/** Decodes whenever it is due, each decode taking `cost(seconds heard)` ms: the seconds at which it was. */
async function decodes(seconds: number, cost: (heard: number) => number): Promise<number[]> {
  let now = 0
  const pace = new Pace(() => now)
  const at: number[] = []
  for (let frame = 1; frame * 0.032 <= seconds; frame++) {
    const heard = frame * 0.032
    if (!pace.due(samplesOf(heard))) continue
    at.push(heard)
    await pace.decode(samplesOf(heard), () => {
      now += cost(heard)
      return Promise.resolve()
    })
  }
  return at
}

function gaps(at: readonly number[]): number[] {
  return at.slice(1).map((second, index) => second - (at[index] ?? 0))
}

describe('the pace of partials', () => {
  it('is three a second where decoding costs little', async () => {
    for (const gap of gaps(await decodes(10, () => 5))) expect(gap).toBeCloseTo(0.32, 5)
  })

  it('leaves three quarters of the time, whatever a decode costs', async () => {
    for (const cost of [150, 300, 600]) {
      const at = await decodes(60, () => cost)
      expect((at.length * cost) / 60_000).toBeLessThanOrEqual(0.26)
      expect((at.length * cost) / 60_000).toBeGreaterThan(0.2)
    }
  })

  it('slows down as the segment grows: the work per second stays the same', async () => {
    const at = await decodes(45, (heard) => 15 * heard)
    const work = (from: number, to: number): number =>
      at.filter((second) => second >= from && second < to).reduce((sum, second) => sum + 15 * second, 0)
    expect(work(30, 45) / work(15, 30)).toBeGreaterThan(0.8)
    expect(work(30, 45) / work(15, 30)).toBeLessThan(1.2)
  })

  it('never lets the reader wait longer than three seconds', async () => {
    expect(Math.max(...gaps(await decodes(60, () => 5_000)))).toBeLessThan(3.1)
  })
})
