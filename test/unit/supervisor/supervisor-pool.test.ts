import { describe, expect, it } from 'vitest'
import { silentLog } from '../../../src/shared/log.ts'
import { TUNING } from '../../../src/shared/tuning.ts'
import { Supervisor } from '../../../src/supervisor/supervisor.ts'
import { SupervisorPool } from '../../../src/supervisor/supervisor-pool.ts'
import { countingEngine, countingPcm, expectedText } from '../../fakes/fake-engine.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { MemoryAdapter } from '../../fakes/memory-process.ts'

function poolOf(): { pool: SupervisorPool; adapter: MemoryAdapter } {
  const adapter = new MemoryAdapter(() => Promise.resolve(countingEngine()))
  const pool = new SupervisorPool(
    (model, priority) =>
      new Supervisor({ adapter, model, priority, clock: new FakeClock(), tuning: TUNING, log: silentLog }),
  )
  return { pool, adapter }
}

const MODEL = { folder: '/models/a', vad: '/vad', threads: 1 }

describe('the pool', () => {
  it('lets a second opener of the same model share the running process', async () => {
    const { pool, adapter } = poolOf()
    await using first = await pool.lease(MODEL)
    await using second = await pool.lease({ ...MODEL })
    await Promise.all([first.supervisor.start(), second.supervisor.start()])
    expect(second.supervisor).toBe(first.supervisor)
    expect(adapter.forked).toHaveLength(1)
  })

  it('gives another model, or another priority, a process of its own', async () => {
    const { pool } = poolOf()
    await using first = await pool.lease(MODEL)
    await using other = await pool.lease({ ...MODEL, folder: '/models/b' })
    await using slow = await pool.lease(MODEL, 10)
    expect(new Set([first.supervisor, other.supervisor, slow.supervisor]).size).toBe(3)
  })

  it('ends the process with the last lease, not before, and gives a fresh one afterwards', async () => {
    const { pool, adapter } = poolOf()
    const first = await pool.lease(MODEL)
    const second = await pool.lease(MODEL)
    await first.supervisor.start()
    await first[Symbol.asyncDispose]()
    await first[Symbol.asyncDispose]()
    expect(adapter.alive).toHaveLength(1)
    const utterance = second.supervisor.open()
    await utterance.write(countingPcm(0, 10))
    await expect(utterance.finish()).resolves.toMatchObject({ text: expectedText(10) })
    await second[Symbol.asyncDispose]()
    expect(adapter.alive).toHaveLength(0)
    await using third = await pool.lease(MODEL)
    await expect(third.supervisor.start()).resolves.toBeDefined()
  })

  it('never has two processes of one model, also while one is ending', async () => {
    const { pool, adapter } = poolOf()
    const first = await pool.lease(MODEL)
    await first.supervisor.start()
    const closing = first[Symbol.asyncDispose]()
    const second = await pool.lease(MODEL)
    expect(adapter.alive).toHaveLength(0)
    await second.supervisor.start()
    await closing
    expect(adapter.alive).toHaveLength(1)
    await pool[Symbol.asyncDispose]()
    expect(adapter.alive).toHaveLength(0)
  })
})
