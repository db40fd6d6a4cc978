import { describe, expect, it } from 'vitest'
import { Watchdog } from '../../../src/supervisor/watchdog.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

function watch(): { clock: FakeClock; dog: Watchdog; barks: number[] } {
  const clock = new FakeClock()
  const barks: number[] = []
  return { clock, dog: new Watchdog(clock, 1_000, (silentMs) => barks.push(silentMs)), barks }
}

describe('the watchdog', () => {
  it('barks once when nothing came in time', async () => {
    const { clock, dog, barks } = watch()
    dog.expect(5_000)
    await clock.advance(4_999)
    expect(barks).toEqual([])
    await clock.advance(60_000)
    expect(barks).toEqual([5_000])
  })

  it('waits anew after each sign of progress', async () => {
    const { clock, dog, barks } = watch()
    dog.expect(5_000)
    for (let turn = 0; turn < 10; turn++) {
      await clock.advance(4_000)
      dog.feed()
    }
    expect(barks).toEqual([])
    await clock.advance(5_000)
    expect(barks).toHaveLength(1)
  })

  it('measures a new allowance from the last progress, not from the moment it was set', async () => {
    const { clock, dog, barks } = watch()
    dog.expect(60_000)
    await clock.advance(8_000)
    dog.expect(10_000)
    await clock.advance(2_000)
    expect(barks).toEqual([10_000])
  })

  it('is silent while nothing is owed, and leaves no timer', async () => {
    const { clock, dog, barks } = watch()
    dog.expect(5_000)
    dog.rest()
    await clock.advance(60_000)
    expect(barks).toEqual([])
    expect(clock.pendingTimers).toBe(0)
  })

  it('gives one more turn after the machine slept', async () => {
    const { clock, dog, barks } = watch()
    dog.expect(5_000)
    await clock.sleep(3_600_000)
    expect(barks).toEqual([])
    await clock.advance(5_000)
    expect(barks).toEqual([5_000])
  })
})
