import { describe, expect, it } from 'vitest'
import { StenoError } from '../../../src/shared/errors.ts'
import { silentLog } from '../../../src/shared/log.ts'
import { TUNING } from '../../../src/shared/tuning.ts'
import type { ModelRequest } from '../../../src/shared/worker-frames.ts'
import { Supervisor } from '../../../src/supervisor/supervisor.ts'
import type { Utterance } from '../../../src/supervisor/utterance.ts'
import { countingEngine, countingPcm, expectedText, SEGMENT } from '../../fakes/fake-engine.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'
import { MemoryAdapter } from '../../fakes/memory-process.ts'

const OLD: ModelRequest = { folder: '/models/old', vad: '/vad', threads: 1 }
const NEW: ModelRequest = { ...OLD, folder: '/models/new' }
const BROKEN: ModelRequest = { ...OLD, folder: '/models/broken' }

class Bench {
  readonly clock = new FakeClock()
  readonly fellBack: string[] = []
  readonly supervisor: Supervisor
  readonly adapter = new MemoryAdapter((number) => {
    const folder = this.folders[number - 1] ?? ''
    return folder === BROKEN.folder
      ? Promise.reject(new StenoError('model-corrupt', 'It is damaged.'))
      : Promise.resolve({ ...countingEngine(), info: { ...countingEngine().info, id: folder } })
  })

  constructor() {
    this.supervisor = new Supervisor({
      adapter: this.adapter,
      clock: this.clock,
      log: silentLog,
      model: OLD,
      tuning: TUNING,
      fellBack: (reason) => void this.fellBack.push(reason.code),
    })
  }

  /** Of each process, in order: what it was asked to load. */
  get folders(): string[] {
    return this.adapter.forked.map(({ received }) => {
      const load = received.find((frame) => frame.kind === 'load')
      return load?.model.folder ?? ''
    })
  }

  get alive(): string[] {
    return this.adapter.forked.flatMap(({ alive }, index) => (alive ? (this.folders[index] ?? '') : []))
  }

  async speak(utterance: Utterance, samples: number): Promise<string> {
    void utterance.write(countingPcm(0, samples))
    await settle()
    return (await utterance.finish()).text
  }
}

describe('another model', () => {
  it('is that of the next utterance, and the process of the old one ends', async () => {
    const bench = new Bench()
    await bench.supervisor.start()
    bench.supervisor.use(NEW)
    await expect(bench.speak(bench.supervisor.open(), 100)).resolves.toBe(expectedText(100))
    expect(bench.folders).toEqual([OLD.folder, NEW.folder])
    expect(bench.alive).toEqual([NEW.folder])
  })

  it('waits until the utterance in work is finished with the old one', async () => {
    const bench = new Bench()
    const first = bench.supervisor.open()
    void first.write(countingPcm(0, SEGMENT))
    await settle()
    bench.supervisor.use(NEW)
    const second = bench.supervisor.open()
    void second.write(countingPcm(0, 50))
    await settle()
    expect(bench.folders).toEqual([OLD.folder])
    await expect(first.finish()).resolves.toMatchObject({ text: expectedText(SEGMENT) })
    await expect(second.finish()).resolves.toMatchObject({ text: expectedText(50) })
    expect(bench.folders).toEqual([OLD.folder, NEW.folder])
  })

  it('is what start() waits for', async () => {
    const bench = new Bench()
    await bench.supervisor.start()
    bench.supervisor.use(NEW)
    await expect(bench.supervisor.start()).resolves.toMatchObject({ id: NEW.folder })
    expect(bench.alive).toEqual([NEW.folder])
  })

  it('is what a start() under way waits for, though the old one is loaded first', async () => {
    const bench = new Bench()
    const started = bench.supervisor.start()
    bench.supervisor.use(NEW)
    await expect(started).resolves.toMatchObject({ id: NEW.folder })
    await settle()
    expect(bench.alive).toEqual([NEW.folder])
  })

  it('is the same one with other wishes, too; the same with the same is no change', async () => {
    const bench = new Bench()
    await bench.supervisor.start()
    bench.supervisor.use({ ...OLD })
    await bench.speak(bench.supervisor.open(), 10)
    expect(bench.folders).toHaveLength(1)
    bench.supervisor.use({ ...OLD, wishes: { vocabulary: ['Steno'] } })
    await bench.speak(bench.supervisor.open(), 10)
    expect(bench.folders).toHaveLength(2)
  })

  it('can be chosen while none runs, and more than once', async () => {
    const bench = new Bench()
    bench.supervisor.use(BROKEN)
    bench.supervisor.use(NEW)
    await expect(bench.supervisor.start()).resolves.toMatchObject({ id: NEW.folder })
  })

  it('that cannot be loaded gives way to the last that could, says so, and loses nothing', async () => {
    const bench = new Bench()
    await bench.supervisor.start()
    bench.supervisor.use(BROKEN)
    const utterance = bench.supervisor.open()
    await expect(bench.speak(utterance, 100)).resolves.toBe(expectedText(100))
    expect(bench.fellBack).toEqual(['model-corrupt'])
    expect(bench.folders).toEqual([OLD.folder, BROKEN.folder, OLD.folder])
    expect(bench.alive).toEqual([OLD.folder])
  })

  it('that cannot be loaded is a failure where none could before', async () => {
    const bench = new Bench()
    bench.supervisor.use(BROKEN)
    await expect(bench.supervisor.start()).rejects.toMatchObject({ code: 'model-corrupt' })
    expect(bench.fellBack).toEqual([])
  })

  it('serves again after a crash', async () => {
    const bench = new Bench()
    await bench.supervisor.start()
    bench.supervisor.use(NEW)
    await bench.supervisor.start()
    bench.adapter.latest.end({ code: null, signal: 'SIGSEGV' })
    await bench.clock.advance(1_000)
    expect(bench.folders).toEqual([OLD.folder, NEW.folder, NEW.folder])
  })
})
