/** What every process adapter must do alike; the supervisor relies on nothing else. */
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { childProcessAdapter } from '../../src/cli/child-process-adapter.ts'
import type { FromWorker, ToWorker } from '../../src/shared/worker-frames.ts'
import type { OwnProcess, ProcessExit } from '../../src/supervisor/process-adapter.ts'
import type { WorkerAdapter } from '../../src/supervisor/process-host.ts'
import { countingEngine, countingPcm } from '../fakes/fake-engine.ts'
import { MemoryAdapter } from '../fakes/memory-process.ts'

const ENTRY = join(import.meta.dirname, '../fakes/faulty-worker.ts')

const ADAPTERS: readonly (readonly [string, () => WorkerAdapter])[] = [
  ['memory', () => new MemoryAdapter(() => Promise.resolve(countingEngine()))],
  ['child_process', () => childProcessAdapter(ENTRY)],
]

const LOAD: ToWorker = { kind: 'load', generation: 3, model: { folder: 'well', vad: '', threads: 1 } }

describe.each(ADAPTERS)('the %s adapter', (_, makeAdapter) => {
  const running: Worker[] = []

  class Worker {
    readonly frames: FromWorker[] = []
    readonly exits: ProcessExit[] = []
    readonly process: OwnProcess<ToWorker>
    readonly gone = Promise.withResolvers<ProcessExit>()
    #wanted: { kind: string; found: (frame: FromWorker) => void } | undefined

    constructor() {
      running.push(this)
      this.process = makeAdapter().fork({
        frame: (frame) => {
          this.frames.push(frame)
          if (frame.kind === this.#wanted?.kind) this.#wanted.found(frame)
        },
        stderr: () => undefined,
        exit: (exit) => {
          this.exits.push(exit)
          this.gone.resolve(exit)
        },
      })
    }

    next(kind: FromWorker['kind']): Promise<FromWorker> {
      return new Promise((found) => {
        this.#wanted = { kind, found }
      })
    }
  }

  afterEach(async () => {
    for (const worker of running.splice(0)) {
      worker.process.kill()
      await worker.gone.promise
    }
  })

  it('keeps frames posted before the process listens, in order, typed arrays intact', async () => {
    const worker = new Worker()
    const final = worker.next('final')
    worker.process.post(LOAD)
    worker.process.post({ kind: 'open', generation: 3, session: 1, from: 0, live: false })
    for (let from = 0; from < 40_000; from += 400) {
      worker.process.post({ kind: 'audio', generation: 3, session: 1, pcm: countingPcm(from, from + 400) })
    }
    worker.process.post({ kind: 'finish', generation: 3, session: 1 })
    await expect(final).resolves.toEqual({ kind: 'final', generation: 3, session: 1, samples: 40_000 })
    const lines = worker.frames.filter((frame) => frame.kind === 'settled').map((frame) => frame.line?.text)
    expect(lines).toEqual(['0-15999', '16000-31999', '32000-39999'])
  })

  it('copies what it posts: the sender may reuse its buffer', async () => {
    const worker = new Worker()
    const final = worker.next('final')
    const pcm = countingPcm(0, 100)
    worker.process.post(LOAD)
    worker.process.post({ kind: 'open', generation: 3, session: 1, from: 0, live: false })
    worker.process.post({ kind: 'audio', generation: 3, session: 1, pcm })
    pcm.fill(-1)
    worker.process.post({ kind: 'finish', generation: 3, session: 1 })
    await final
    const line = worker.frames.find((frame) => frame.kind === 'settled')?.line
    expect(line?.text).toBe('0-99')
  })

  it('answers a ping with the memory and processor time of the process', async () => {
    const worker = new Worker()
    const pong = worker.next('pong')
    worker.process.post({ kind: 'ping', generation: 3 })
    expect(await pong).toMatchObject({ usage: { rssBytes: expect.any(Number) as number } })
  })

  it.each([
    [
      'asked to shut down',
      (process: OwnProcess<ToWorker>) => {
        process.post({ kind: 'shutdown', generation: 3 })
      },
    ],
    [
      'its channel closes',
      (process: OwnProcess<ToWorker>) => {
        process.disconnect()
      },
    ],
    [
      'killed',
      (process: OwnProcess<ToWorker>) => {
        process.kill()
      },
    ],
    [
      'killed twice',
      (process: OwnProcess<ToWorker>) => {
        process.kill()
        process.kill()
      },
    ],
  ])('reports the exit once when %s', async (_how, end) => {
    const worker = new Worker()
    const ready = worker.next('ready')
    worker.process.post(LOAD)
    await ready
    end(worker.process)
    await worker.gone.promise
    worker.process.post(LOAD)
    worker.process.disconnect()
    worker.process.kill()
    expect(worker.exits).toHaveLength(1)
  })
})
