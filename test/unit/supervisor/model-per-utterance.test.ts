import { expect, it } from 'vitest'
import { StenoError } from '../../../src/shared/errors.ts'
import { silentLog } from '../../../src/shared/log.ts'
import { TUNING } from '../../../src/shared/tuning.ts'
import type { ModelRequest } from '../../../src/shared/worker-frames.ts'
import { Supervisor } from '../../../src/supervisor/supervisor.ts'
import { countingEngine, countingPcm, expectedText, SEGMENT } from '../../fakes/fake-engine.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'
import { MemoryAdapter } from '../../fakes/memory-process.ts'

const ONE: ModelRequest = { folder: '/models/one', vad: '/vad', threads: 1 }
const TWO: ModelRequest = { ...ONE, folder: '/models/two' }
const BROKEN: ModelRequest = { ...ONE, folder: '/models/broken' }

class Bench {
  readonly loaded: string[] = []
  readonly failed: string[] = []
  readonly supervisor: Supervisor
  /** What is loaded instead, as whoever hears of a failure is told. */
  next: Promise<string> | undefined

  constructor(model = ONE, fallback?: ModelRequest) {
    const adapter = new MemoryAdapter((_number, request) => {
      this.loaded.push(request.folder)
      return request.folder === BROKEN.folder
        ? Promise.reject(new StenoError('model-corrupt', 'It is damaged.'))
        : Promise.resolve({ ...countingEngine(), info: { ...countingEngine().info, id: request.folder } })
    })
    this.supervisor = new Supervisor({
      ...{ adapter, model, clock: new FakeClock(), log: silentLog, tuning: TUNING },
      ...(fallback === undefined ? {} : { fallback }),
      fellBack: (_reason, failed) => {
        this.failed.push(failed.folder)
        this.next = this.supervisor.start().then(({ id }) => id)
      },
    })
  }

  /** The text, and the model that read it. */
  async speak(model: ModelRequest): Promise<string | undefined> {
    const utterance = this.supervisor.open({ model })
    void utterance.write(countingPcm(0, 100))
    await settle()
    expect((await utterance.finish()).text).toBe(expectedText(100))
    return utterance.model?.id
  }
}

it('each utterance is read by the model it was opened with', async () => {
  const bench = new Bench()
  expect(await bench.speak(ONE)).toBe(ONE.folder)
  expect(await bench.speak(TWO)).toBe(TWO.folder)
  expect(await bench.speak(TWO)).toBe(TWO.folder)
  expect(await bench.speak(ONE)).toBe(ONE.folder)
  expect(bench.loaded).toEqual([ONE.folder, TWO.folder, ONE.folder])
})

it('also while the one before it is still in work', async () => {
  const bench = new Bench()
  const first = bench.supervisor.open({ model: ONE })
  void first.write(countingPcm(0, SEGMENT))
  await settle()
  const second = bench.supervisor.open({ model: TWO })
  void second.write(countingPcm(0, 50))
  await settle()
  await first.finish()
  expect((await second.finish()).text).toBe(expectedText(50))
  expect([first.model?.id, second.model?.id]).toEqual([ONE.folder, TWO.folder])
})

it('one that cannot be loaded is tried once, and the last good one reads what waits for it', async () => {
  const bench = new Bench()
  await bench.speak(ONE)
  expect(await bench.speak(BROKEN)).toBe(ONE.folder)
  expect(bench.failed).toEqual([BROKEN.folder])
  expect(bench.loaded).toEqual([ONE.folder, BROKEN.folder, ONE.folder])
  expect(await bench.next).toBe(ONE.folder)
})

it('where none was loaded yet, the fallback reads', async () => {
  const bench = new Bench(BROKEN, TWO)
  expect(await bench.speak(BROKEN)).toBe(TWO.folder)
  expect(bench.failed).toEqual([BROKEN.folder])
})

it('a fallback that cannot be loaded either is told to whoever waits', async () => {
  const bench = new Bench(BROKEN, BROKEN)
  await expect(bench.speak(BROKEN)).rejects.toMatchObject({ code: 'model-corrupt' })
})
