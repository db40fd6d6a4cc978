/** Properties of the supervisor over random schedules; a failing seed can be run again. */
import { describe, expect, it } from 'vitest'
import { silentLog } from '../../../src/shared/log.ts'
import { TUNING } from '../../../src/shared/tuning.ts'
import { Supervisor } from '../../../src/supervisor/supervisor.ts'
import { randomNumbers } from '../../chaos/random.ts'
import { countingEngine, countingPcm, expectedText, SEGMENT } from '../../fakes/fake-engine.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'
import { MemoryAdapter } from '../../fakes/memory-process.ts'

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1)

describe('over random schedules', () => {
  it.each(SEEDS)('every utterance gets its own text or its own cancellation (seed %i)', async (seed) => {
    const random = randomNumbers(seed)
    const clock = new FakeClock()
    const adapter = new MemoryAdapter(() =>
      Promise.resolve(countingEngine({ beforeDecode: () => (random() < 0.3 ? settle() : undefined) })),
    )
    const tuning = { ...TUNING, utteranceMayKill: Infinity, circuitOpensAt: Infinity }
    const supervisor = new Supervisor({
      adapter,
      clock,
      tuning,
      log: silentLog,
      model: { folder: '', vad: '', threads: 1 },
    })
    const outcomes: Promise<boolean>[] = []
    for (let turn = 0; turn < 12; turn++) {
      const samples = 1 + Math.floor(random() * 3 * SEGMENT)
      const utterance = supervisor.open()
      for (let from = 0; from < samples; from += 7_001) {
        void utterance.write(countingPcm(from, Math.min(from + 7_001, samples)))
        if (random() < 0.2) await settle()
        if (random() < 0.1) adapter.latest.end({ code: null, signal: 'SIGKILL' })
        if (random() < 0.05) await clock.advance(2_000)
      }
      const cancelled = random() < 0.25
      outcomes.push(
        utterance.finish().then(
          // Also when it was cancelled: it may have ended a moment before.
          ({ text }) => text === expectedText(samples),
          (reason: unknown) => cancelled && reason === utterance,
        ),
      )
      if (!cancelled) continue
      if (random() < 0.5) await settle()
      utterance.cancel(utterance)
    }
    const all = Promise.all(outcomes)
    // Only the clock brings replacements; enough of it for a failure before every utterance.
    for (let turn = 0; turn < 40; turn++) await clock.advance(500)
    expect(await all).toEqual(outcomes.map(() => true))
    await supervisor[Symbol.asyncDispose]()
    expect(adapter.alive).toHaveLength(0)
    expect(clock.pendingTimers).toBe(0)
  })

  it('a hundred lives leave no timer, no process and no listener behind', async () => {
    const clock = new FakeClock()
    const adapter = new MemoryAdapter(() => Promise.resolve(countingEngine()))
    for (let life = 0; life < 100; life++) {
      await using supervisor = new Supervisor({
        adapter,
        clock,
        tuning: TUNING,
        log: silentLog,
        model: { folder: '', vad: '', threads: 1 },
      })
      const utterance = supervisor.open()
      let heard = 0
      for (let turn = 0; turn < 10; turn++) utterance.onLine(() => (heard += 1))[Symbol.dispose]()
      await utterance.write(countingPcm(0, 100))
      await utterance.finish()
      expect(heard).toBe(0)
      expect(utterance.remains().audio).toHaveLength(0)
    }
    expect(adapter.alive).toHaveLength(0)
    expect(clock.pendingTimers).toBe(0)
  })
})
