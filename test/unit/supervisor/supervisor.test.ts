import { describe, expect, it } from 'vitest'
import { StenoError } from '../../../src/shared/errors.ts'
import { silentLog } from '../../../src/shared/log.ts'
import { TUNING, type Tuning } from '../../../src/shared/tuning.ts'
import { Supervisor } from '../../../src/supervisor/supervisor.ts'
import type { Utterance } from '../../../src/supervisor/utterance.ts'
import { countingEngine, countingPcm, expectedText, SEGMENT, type Hooks } from '../../fakes/fake-engine.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'
import { MemoryAdapter } from '../../fakes/memory-process.ts'

interface Bench {
  readonly clock: FakeClock
  readonly adapter: MemoryAdapter
  readonly supervisor: Supervisor
  readonly log: string[]
}

/** A supervisor over in-memory workers, on a clock that only the test moves. */
function bench(
  options: { hooks?: (generation: number) => Hooks; tuning?: Partial<Tuning>; load?: () => never } = {},
): Bench {
  const clock = new FakeClock()
  const log: string[] = []
  const adapter = new MemoryAdapter((generation) => {
    options.load?.()
    return Promise.resolve(countingEngine(options.hooks?.(generation)))
  })
  const supervisor = new Supervisor({
    adapter,
    clock,
    log: (level, text) => void log.push(`${level} ${text}`),
    model: { folder: '/models/counting', vad: '/vad', threads: 1 },
    tuning: { ...TUNING, ...options.tuning },
  })
  return { clock, adapter, supervisor, log }
}

async function speak(utterance: Utterance, samples: number, piece = 5_000): Promise<void> {
  for (let from = 0; from < samples; from += piece) {
    void utterance.write(countingPcm(from, Math.min(from + piece, samples)))
  }
  await settle()
}

const LENGTH = 3 * SEGMENT + 777

async function transcribe(supervisor: Supervisor, samples = LENGTH): Promise<string> {
  const utterance = supervisor.open()
  await speak(utterance, samples)
  return (await utterance.finish()).text
}

describe('an undisturbed worker', () => {
  it('reads every sample once, in order', async () => {
    const { supervisor } = bench()
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
  })

  it('keeps audio that comes while the model still loads', async () => {
    const loading = Promise.withResolvers<undefined>()
    const clock = new FakeClock()
    const adapter = new MemoryAdapter(async () => {
      await loading.promise
      return countingEngine()
    })
    const supervisor = new Supervisor({
      adapter,
      clock,
      log: silentLog,
      model: { folder: '', vad: '', threads: 1 },
      tuning: TUNING,
    })
    const utterance = supervisor.open()
    await speak(utterance, 60 * SEGMENT)
    expect(utterance.lagSeconds).toBe(60)
    const finished = utterance.finish()
    loading.resolve(undefined)
    await expect(finished).resolves.toMatchObject({ text: expectedText(60 * SEGMENT), durationSeconds: 60 })
    expect(utterance.lagSeconds).toBe(0)
  })

  it('answers utterances in the order they were opened, however fast they come', async () => {
    const { supervisor } = bench()
    const order: number[] = []
    const all = Array.from({ length: 10 }, async (_, index) => {
      const utterance = supervisor.open()
      void utterance.write(countingPcm(0, 100 + index))
      const { text } = await utterance.finish()
      order.push(index)
      return text
    })
    await expect(Promise.all(all)).resolves.toEqual(
      Array.from({ length: 10 }, (_, index) => expectedText(100 + index)),
    )
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('asks a fast writer to wait and never sends more than the credit', async () => {
    const gate = Promise.withResolvers<undefined>()
    const { supervisor, adapter } = bench({
      hooks: () => ({ beforeDecode: () => gate.promise }),
      tuning: { creditSeconds: 4, highWaterSeconds: 6 },
    })
    const utterance = supervisor.open()
    await supervisor.start()
    let waiting = 0
    for (let second = 0; second < 8; second++) {
      waiting += 1
      void utterance.write(countingPcm(second * SEGMENT, (second + 1) * SEGMENT)).then(() => (waiting -= 1))
    }
    await settle()
    expect(waiting).toBe(3)
    expect(utterance.lagSeconds).toBe(8)
    const sent = adapter.latest.received.filter((frame) => frame.kind === 'audio')
    expect(sent.reduce((sum, frame) => sum + frame.pcm.length, 0)).toBe(4 * SEGMENT)
    gate.resolve(undefined)
    await expect(utterance.finish()).resolves.toMatchObject({ text: expectedText(8 * SEGMENT) })
    expect(waiting).toBe(0)
  })

  it('hands out each line as soon as it is final, and outlives a listener that throws', async () => {
    const { supervisor, log } = bench()
    const utterance = supervisor.open()
    const lines: string[] = []
    utterance.onLine(() => {
      throw new Error('listener broke')
    })
    const subscription = utterance.onLine((line) => lines.push(line.text))
    await speak(utterance, 2 * SEGMENT)
    expect(lines).toEqual(['0-15999', '16000-31999'])
    subscription[Symbol.dispose]()
    await utterance.finish()
    expect(log.filter((entry) => entry.includes('listener broke'))).toHaveLength(2)
  })

  it('does not mix up a cancelled utterance with the next one', async () => {
    const { supervisor } = bench()
    await supervisor.start()
    const first = supervisor.open()
    await speak(first, SEGMENT / 2)
    const finished = first.finish()
    first.cancel()
    await expect(finished).rejects.toMatchObject({ name: 'AbortError' })
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
  })

  it('lets an AbortSignal cancel, with its own reason', async () => {
    const { supervisor } = bench({ hooks: () => ({ beforeDecode: () => new Promise(() => undefined) }) })
    const utterance = supervisor.open()
    await speak(utterance, 100)
    const abort = new AbortController()
    const finished = utterance.finish(abort.signal)
    const reason = { why: 'the user pressed Escape' }
    abort.abort(reason)
    await expect(finished).rejects.toBe(reason)
  })

  it('tells an utterance that fails in the engine from a worker that fails', async () => {
    let broken = true
    const { supervisor, adapter } = bench({
      hooks: () => ({
        beforeDecode: () => {
          if (broken) throw new StenoError('internal', 'this one cannot be decoded')
        },
      }),
    })
    await expect(transcribe(supervisor)).rejects.toThrow('this one cannot be decoded')
    broken = false
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
    expect(adapter.forked).toHaveLength(1)
  })
})

describe('a worker that dies', () => {
  it('is replaced at any instant, and the text is the same', async () => {
    // Property: whatever line the crash precedes, and whether audio still comes, the text is the undisturbed one.
    for (const diesBefore of [0, 1, 2, 3]) {
      for (const samplesSpokenBefore of [0, 1, SEGMENT, 2 * SEGMENT + 5, LENGTH]) {
        const { supervisor, adapter, clock } = bench({
          hooks: (generation) => ({
            beforeDecode: (first) => {
              if (generation > 1 || first !== diesBefore * SEGMENT) return
              adapter.latest.end({ code: null, signal: 'SIGSEGV' })
              return new Promise(() => undefined)
            },
          }),
        })
        const utterance = supervisor.open()
        await utterance.write(countingPcm(0, samplesSpokenBefore))
        await settle()
        await utterance.write(countingPcm(samplesSpokenBefore, LENGTH))
        const finished = utterance.finish()
        await clock.advance(TUNING.restartAfterMs[0] ?? 0)
        await expect(finished).resolves.toMatchObject({ text: expectedText(LENGTH) })
        expect(adapter.forked).toHaveLength(2)
      }
    }
  })

  it('while idle is replaced without a word', async () => {
    const { supervisor, adapter, clock } = bench()
    await supervisor.start()
    adapter.latest.end({ code: 1, signal: null })
    await clock.advance(5_000)
    expect(supervisor.health).toMatchObject({ state: 'ready', generation: 2, failures: 1 })
  })

  it('twice on the same utterance sets that one aside with its audio; the next one works', async () => {
    const { supervisor, adapter, clock } = bench({
      hooks: () => ({
        beforeDecode: (first) => {
          if (first === SEGMENT) adapter.latest.end({ code: 139, signal: null })
        },
      }),
    })
    const utterance = supervisor.open()
    await speak(utterance, LENGTH)
    const finished = expect(utterance.finish()).rejects.toMatchObject({ code: 'utterance-set-aside' })
    await clock.advance(3_000)
    await finished
    const remains = utterance.remains()
    expect(remains.lines.map((line) => line.text)).toEqual(['0-15999'])
    expect(remains.fromSeconds).toBe(1)
    expect(remains.audio).toEqual(countingPcm(SEGMENT, LENGTH))

    const next = transcribe(supervisor, SEGMENT)
    await clock.advance(3_000)
    await expect(next).resolves.toBe(expectedText(SEGMENT))
  })

  it('three times in a row opens the circuit, keeps the audio, and stays so until reset', async () => {
    const { supervisor, adapter, clock } = bench({ tuning: { utteranceMayKill: 9 } })
    adapter.onFork = (process) => {
      if (adapter.forked.length <= 3) process.end({ code: 134, signal: null })
    }
    const utterance = supervisor.open()
    await speak(utterance, 500)
    const finished = expect(utterance.finish()).rejects.toMatchObject({ code: 'circuit-open' })
    await clock.advance(10_000)
    await finished
    expect(adapter.forked).toHaveLength(3)
    expect(supervisor.health.state).toBe('circuit-open')
    expect(utterance.remains().audio).toEqual(countingPcm(0, 500))
    expect(() => supervisor.open()).toThrow('3 times in a row')

    supervisor.reset()
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
  })

  it('waits longer after each failure', async () => {
    const { supervisor, adapter, clock } = bench({
      tuning: { circuitOpensAt: 4, restartAfterMs: [250, 1_000, 2_000] },
    })
    adapter.onFork = (process) => {
      process.end({ code: 1, signal: null })
    }
    supervisor.open()
    await clock.advance(249)
    expect(adapter.forked).toHaveLength(1)
    await clock.advance(1)
    expect(adapter.forked).toHaveLength(2)
    await clock.advance(999)
    expect(adapter.forked).toHaveLength(2)
    await clock.advance(1)
    expect(adapter.forked).toHaveLength(3)
  })

  it('says how it ended, what it was doing and its last words', async () => {
    const { supervisor, adapter } = bench({
      hooks: () => ({ beforeDecode: () => new Promise(() => undefined) }),
    })
    const utterance = supervisor.open()
    await speak(utterance, SEGMENT)
    adapter.latest.say('corrupted double-linked list\n')
    adapter.latest.end({ code: null, signal: 'SIGABRT' })
    await settle()
    const failure = supervisor.health.lastFailure
    expect(failure?.message).toBe(
      'The transcription process ended unexpectedly (killed by SIGABRT) while decoding utterance 1.',
    )
    expect(failure?.cause).toContain('corrupted double-linked list')
  })
})

describe('a worker that hangs', () => {
  it('is killed after a time that grows with its audio, and the audio is decoded again', async () => {
    const { supervisor, adapter, clock } = bench({
      hooks: (generation) => ({
        beforeDecode: (first) => {
          if (generation === 1 && first === SEGMENT) adapter.latest.hung = true
        },
      }),
    })
    const utterance = supervisor.open()
    await speak(utterance, LENGTH)
    const finished = utterance.finish()
    await clock.advance(TUNING.answerFloorMs - 1)
    expect(adapter.latest.alive).toBe(true)
    await clock.advance(1_000)
    expect(adapter.forked[0]?.alive).toBe(false)
    await expect(finished).resolves.toMatchObject({ text: expectedText(LENGTH) })
    expect(supervisor.health.failures).toBe(0)
  })

  it('gets three times the length of long audio', async () => {
    const { supervisor, adapter, clock } = bench({
      hooks: () => ({ beforeDecode: () => void (adapter.latest.hung = true) }),
      tuning: { creditSeconds: 15 },
    })
    const utterance = supervisor.open()
    await supervisor.start()
    void utterance.write(countingPcm(0, 15 * SEGMENT))
    await clock.advance(45_000 - 1)
    expect(adapter.forked).toHaveLength(1)
    expect(adapter.latest.alive).toBe(true)
    await clock.advance(2)
    expect(adapter.forked[0]?.alive).toBe(false)
  })

  it('is noticed while idle by its heartbeat', async () => {
    const { supervisor, adapter, clock } = bench({ tuning: { idleUnloadMs: Infinity } })
    await supervisor.start()
    await clock.advance(60_000)
    expect(adapter.latest.alive).toBe(true)
    adapter.latest.hung = true
    await clock.advance(TUNING.heartbeatEveryMs + TUNING.heartbeatDeadlineMs + 500)
    expect(adapter.forked[0]?.alive).toBe(false)
    expect(supervisor.health).toMatchObject({ state: 'ready', generation: 2 })
  })

  it('is not blamed for the time the machine slept', async () => {
    const { supervisor, adapter, clock } = bench({ tuning: { idleUnloadMs: Infinity } })
    await supervisor.start()
    await clock.advance(TUNING.heartbeatEveryMs - 1)
    await clock.sleep(8 * 3_600_000)
    await clock.advance(1_000)
    expect(adapter.forked.map((process) => process.alive)).toEqual([true])
    expect(supervisor.health.failures).toBe(0)
  })
})

describe('start', () => {
  it('rejects when the worker never gets ready, kills it, and works the second time', async () => {
    const { supervisor, adapter, clock } = bench({ tuning: { startDeadlineMs: 20_000 } })
    adapter.onFork = (process) => {
      process.hung = adapter.forked.length === 1
    }
    const started = expect(supervisor.start()).rejects.toMatchObject({
      code: 'start-timeout',
      file: '/models/counting',
    })
    await clock.advance(20_000)
    await started
    expect(adapter.alive).toHaveLength(0)
    await expect(supervisor.start()).resolves.toMatchObject({ id: 'counting' })
  })

  it('rejects at once with the reason when the model cannot be loaded, and does not try again', async () => {
    const { supervisor, adapter, clock } = bench({
      load: () => {
        throw new StenoError('model-corrupt', 'model.onnx is cut short', {
          file: 'model.onnx',
          hint: 'Fetch it again.',
        })
      },
    })
    const utterance = supervisor.open()
    await expect(utterance.finish()).rejects.toMatchObject({ code: 'model-corrupt', file: 'model.onnx' })
    await clock.advance(60_000)
    expect(adapter.forked).toHaveLength(1)
    expect(adapter.alive).toHaveLength(0)
  })

  it('rejects with the exit code when the worker ends while loading, without waiting for the deadline', async () => {
    const { supervisor, adapter } = bench()
    adapter.onFork = (process) => {
      process.say('libonnxruntime.so: cannot open shared object file')
      process.end({ code: 127, signal: null })
    }
    await expect(supervisor.start()).rejects.toMatchObject({
      code: 'worker-exited',
      message: expect.stringContaining('exit code 127') as string,
      cause: expect.stringContaining('libonnxruntime.so') as string,
    })
  })

  it('gives way to an AbortSignal', async () => {
    const { supervisor, adapter } = bench()
    adapter.onFork = (process) => {
      process.hung = true
    }
    const abort = new AbortController()
    const started = supervisor.start(abort.signal)
    abort.abort('enough')
    await expect(started).rejects.toBe('enough')
  })
})

describe('an idle worker', () => {
  it('is ended after a while and comes back on demand', async () => {
    const { supervisor, adapter, clock } = bench({ tuning: { idleUnloadMs: 60_000 } })
    await transcribe(supervisor)
    await clock.advance(59_000)
    expect(adapter.alive).toHaveLength(1)
    await clock.advance(2_000)
    expect(adapter.alive).toHaveLength(0)
    expect(supervisor.health.state).toBe('resting')
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
  })

  it('is ended at once when its memory is wanted back, a busy one when it is done', async () => {
    const { supervisor, adapter, clock } = bench({})
    await transcribe(supervisor)
    supervisor.unload()
    await clock.advance(TUNING.stopAskMs)
    expect(adapter.alive).toHaveLength(0)
    const utterance = supervisor.open()
    await speak(utterance, LENGTH)
    supervisor.unload()
    await expect(utterance.finish()).resolves.toMatchObject({ text: expectedText(LENGTH) })
    await clock.advance(TUNING.stopAskMs)
    expect(adapter.alive).toHaveLength(0)
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
    expect(adapter.alive).toHaveLength(1)
  })

  it('is replaced when it has grown too large, but never in the middle of an utterance', async () => {
    const { supervisor, adapter, clock } = bench({ tuning: { memoryLimitBytes: 1e9 } })
    const utterance = supervisor.open()
    await speak(utterance, LENGTH)
    adapter.latest.rssBytes = 2e9
    await clock.advance(TUNING.heartbeatEveryMs)
    expect(adapter.forked).toHaveLength(1)
    await expect(utterance.finish()).resolves.toMatchObject({ text: expectedText(LENGTH) })
    await clock.advance(TUNING.stopAskMs)
    expect(adapter.forked.map((process) => process.alive)).toEqual([false, true])
    expect(supervisor.health).toMatchObject({ state: 'ready', failures: 0 })
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
  })

  it('reports the memory and processor time of its process', async () => {
    const { supervisor, clock } = bench()
    await supervisor.start()
    await clock.advance(TUNING.heartbeatEveryMs)
    expect(supervisor.health.usage).toEqual({ rssBytes: 50_000_000, cpuMs: 0 })
  })
})

describe('shutdown', () => {
  it('performs the five acts in order and leaves no process and no timer', async () => {
    const { supervisor, adapter, clock, log } = bench()
    await transcribe(supervisor)
    await supervisor[Symbol.asyncDispose]()
    expect(adapter.alive).toHaveLength(0)
    expect(clock.pendingTimers).toBe(0)
    expect(
      log.filter((entry) => entry.includes('shutdown')).map((entry) => entry.replace(/: \d+ ms$/, '')),
    ).toEqual([
      'info shutdown 1/5 stop taking audio',
      'info shutdown 2/5 close the message channels',
      'info shutdown 3/5 release the model',
      'info shutdown 4/5 delete temporary files',
      'info shutdown 5/5 end every child',
    ])
  })

  it('kills a worker that does not answer, after one second', async () => {
    const { supervisor, adapter, clock } = bench()
    await supervisor.start()
    adapter.latest.hung = true
    const disposed = supervisor[Symbol.asyncDispose]()
    await clock.advance(TUNING.stopAskMs - 1)
    expect(adapter.latest.alive).toBe(true)
    await clock.advance(1)
    await disposed
    expect(adapter.latest.alive).toBe(false)
  })

  it('reports a process that cannot be ended after four seconds, runs all acts, and can be called again', async () => {
    const { supervisor, adapter, clock, log } = bench()
    await supervisor.start()
    adapter.latest.hung = true
    adapter.latest.immortal = true
    const disposed = expect(supervisor[Symbol.asyncDispose]()).rejects.toThrow(AggregateError)
    await clock.advance(TUNING.stopTotalMs)
    await disposed
    expect(log.filter((entry) => entry.includes('shutdown'))).toHaveLength(5)
    await expect(supervisor[Symbol.asyncDispose]()).rejects.toThrow(AggregateError)
    adapter.latest.end({ code: null, signal: 'SIGKILL' })
    await settle()
    await expect(supervisor[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })

  it('settles what is pending at once, during start and during decoding', async () => {
    for (const ready of [false, true]) {
      const { supervisor, adapter } = bench({
        hooks: () => ({ beforeDecode: () => new Promise(() => undefined) }),
      })
      const started = supervisor.start().catch((error: unknown) => error)
      const utterance = supervisor.open()
      void utterance.write(countingPcm(0, SEGMENT))
      const finished = expect(utterance.finish()).rejects.toMatchObject({ code: 'disposed' })
      if (ready) await settle()
      await supervisor[Symbol.asyncDispose]()
      await finished
      if (!ready) expect(await started).toMatchObject({ code: 'disposed' })
      expect(adapter.alive).toHaveLength(0)
      expect(() => supervisor.open()).toThrow('shut down')
    }
  })

  it('is safe twice and concurrently', async () => {
    const { supervisor, log } = bench()
    await supervisor.start()
    await Promise.all([supervisor[Symbol.asyncDispose](), supervisor[Symbol.asyncDispose]()])
    await supervisor[Symbol.asyncDispose]()
    expect(log.filter((entry) => entry.includes('shutdown'))).toHaveLength(5)
  })

  it('happens by itself at the end of `await using`, and the error of the body survives', async () => {
    const { supervisor, adapter } = bench()
    const body = async (): Promise<void> => {
      await using owned = supervisor
      await owned.start()
      throw new Error('body failed')
    }
    await expect(body()).rejects.toThrow('body failed')
    expect(adapter.alive).toHaveLength(0)
  })
})

describe('strangers', () => {
  it('frames of a former generation or of another session change nothing', async () => {
    const { supervisor, adapter } = bench()
    const utterance = supervisor.open()
    await speak(utterance, SEGMENT)
    const line = { text: 'forged', start: 0, end: 1, words: [] }
    adapter.latest.emit({ kind: 'settled', generation: 0, session: 1, samples: 10, line })
    adapter.latest.emit({ kind: 'settled', generation: 1, session: 99, samples: 10, line })
    adapter.latest.emit({ kind: 'final', generation: 7, session: 1, samples: 10 })
    await settle()
    await expect(utterance.finish()).resolves.toMatchObject({ text: expectedText(SEGMENT) })
  })

  it('a final that does not account for every sample is an error, not a text', async () => {
    const { supervisor, adapter } = bench({
      hooks: () => ({ beforeDecode: () => new Promise(() => undefined) }),
    })
    const utterance = supervisor.open()
    await speak(utterance, SEGMENT)
    adapter.latest.emit({ kind: 'final', generation: 1, session: 1, samples: SEGMENT - 1 })
    await expect(utterance.finish()).rejects.toThrow('Of 16000 samples the worker accounted for 15999.')
  })
})
