import { expect, it } from 'vitest'
import { readerOf } from '../../../../src/main/models/read-with.ts'
import { silentLog } from '../../../../src/shared/log.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { Supervisor } from '../../../../src/supervisor/supervisor.ts'
import { SupervisorPool } from '../../../../src/supervisor/supervisor-pool.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { countingEngine, countingPcm, expectedText } from '../../../fakes/fake-engine.ts'
import { MemoryAdapter } from '../../../fakes/memory-process.ts'

const MODEL = { folder: '/models/a', vad: '/vad', threads: 1 }

function world(): { adapter: MemoryAdapter; readWith: ReturnType<typeof readerOf> } {
  const adapter = new MemoryAdapter(() => Promise.resolve(countingEngine()))
  const clock = new FakeClock()
  const pool = new SupervisorPool(
    (model, priority) => new Supervisor({ adapter, model, priority, clock, tuning: TUNING, log: silentLog }),
  )
  return { adapter, readWith: readerOf(pool, clock) }
}

it('reads all of the sound in a process of its own, which ends after it', async () => {
  const { adapter, readWith } = world()
  const { text, realTimeFactor } = await readWith(MODEL, countingPcm(0, 40_000))
  expect(text).toBe(expectedText(40_000))
  expect(realTimeFactor).toBeGreaterThanOrEqual(0)
  expect(adapter.forked).toHaveLength(1)
  expect(adapter.alive).toHaveLength(0)
})

it('is given up with the reason of the signal, and leaves no process', async () => {
  const { adapter, readWith } = world()
  const abort = new AbortController()
  const reason = new Error('no more')
  const reading = readWith(MODEL, countingPcm(0, 40_000), { signal: abort.signal })
  abort.abort(reason)
  await expect(reading).rejects.toBe(reason)
  expect(adapter.alive).toHaveLength(0)
})
