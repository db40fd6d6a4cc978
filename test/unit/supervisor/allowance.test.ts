import { expect, it } from 'vitest'
import { silentLog } from '../../../src/shared/log.ts'
import { TUNING } from '../../../src/shared/tuning.ts'
import { Supervisor } from '../../../src/supervisor/supervisor.ts'
import { countingEngine, countingPcm, expectedText } from '../../fakes/fake-engine.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'
import { MemoryAdapter } from '../../fakes/memory-process.ts'

it('a model that works on thirty seconds however short the audio has the time that these take', async () => {
  const clock = new FakeClock()
  const engine = countingEngine({
    beforeDecode: () => void (adapter.latest.hung = adapter.forked.length === 1),
  })
  const info = { ...engine.info, maxSeconds: 30, leastSeconds: 30 }
  const adapter = new MemoryAdapter(() => Promise.resolve({ ...engine, info }))
  const model = { folder: '', vad: '', threads: 1 }
  const supervisor = new Supervisor({ adapter, clock, log: silentLog, model, tuning: TUNING })
  const utterance = supervisor.open()
  void utterance.write(countingPcm(0, 100))
  const finished = utterance.finish()
  await settle()
  await clock.advance(1000 * TUNING.answerPerAudio * 30 - 1)
  expect(adapter.forked).toHaveLength(1)
  expect(adapter.latest.alive).toBe(true)
  await clock.advance(1_000)
  expect(adapter.forked[0]?.alive).toBe(false)
  await expect(finished).resolves.toMatchObject({ text: expectedText(100) })
})
