import { afterEach, describe, expect, it } from 'vitest'
import { KeyHook } from '../../../../src/main/keys/key-hook.ts'
import { StenoError } from '../../../../src/shared/errors.ts'
import type { KeysHealth } from '../../../../src/shared/keys.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import type { RunRecords } from '../../../../src/supervisor/run-records.ts'
import { FakeClock, settle } from '../../../fakes/fake-clock.ts'
import { MemoryHooks } from '../../../fakes/memory-hook.ts'

const CRASH = { code: null, signal: 'SIGSEGV' }
const { keyHookPingEveryMs, keyHookPingDeadlineMs, restartAfterMs } = TUNING

class Bench {
  readonly clock = new FakeClock()
  readonly hooks = new MemoryHooks()
  readonly codes: string[] = []
  readonly healths: KeysHealth[] = []
  readonly log: string[] = []
  readonly records: (number | string)[] = []
  deaf = 0
  readonly hook: KeyHook

  constructor() {
    const records: RunRecords = {
      note: (pid) => void this.records.push(pid),
      forget: () => void this.records.push('forgotten'),
      [Symbol.dispose]: () => void this.records.push('disposed'),
    }
    this.hook = new KeyHook({
      adapter: this.hooks,
      clock: this.clock,
      tuning: TUNING,
      log: (level, text) => void this.log.push(`${level} ${text}`),
      records,
      events: {
        key: ({ code }) => void this.codes.push(code),
        deaf: () => {
          this.deaf += 1
        },
        health: (health) => void this.healths.push(health),
      },
    })
  }

  async start(): Promise<void> {
    this.hook.start()
    await settle()
  }

  get states(): string[] {
    return this.healths.map(({ state }) => state)
  }
}

let bench: Bench | undefined

function onBench(): Bench {
  return (bench = new Bench())
}

afterEach(async () => {
  const disposed = bench?.hook[Symbol.asyncDispose]()
  await bench?.clock.advance(TUNING.stopTotalMs)
  await disposed
  expect(bench?.clock.pendingTimers ?? 0).toBe(0)
})

describe('a key hook', () => {
  it('tells of keys, and writes none of them down', async () => {
    const { hook, hooks, codes, log, records, ...rest } = onBench()
    hook.start()
    hook.start()
    await settle()
    expect(hook.health).toEqual({ state: 'working' })
    expect(rest.healths).toEqual([{ state: 'working' }])
    await hooks.press('KeyS')
    expect(codes).toEqual(['KeyS'])
    expect(log.join()).not.toContain('KeyS')
    expect(hooks.forked).toHaveLength(1)
    expect(records).toEqual([1001, 1001])
  })

  it('that is alive is left alone for hours', async () => {
    const { hooks, clock } = onBench()
    await bench?.start()
    await clock.advance(3 * 3_600_000)
    expect(hooks.forked).toHaveLength(1)
    expect(hooks.latest.received.filter(({ kind }) => kind === 'ping').length).toBeGreaterThan(5_000)
  })

  it('that freezes is killed and replaced', async () => {
    const { hooks, clock, log } = onBench()
    await bench?.start()
    hooks.latest.hung = true
    await clock.advance(keyHookPingEveryMs + keyHookPingDeadlineMs)
    expect(hooks.alive).toEqual([])
    expect(bench?.deaf).toBe(1)
    await clock.advance(restartAfterMs[0] ?? 0)
    expect(bench?.hook.health.state).toBe('working')
    expect(hooks.alive).toHaveLength(1)
    expect(log).toContain('error key hook 1: The key hook did not answer for 2.0 s.')
  })

  it('is not taken for frozen after the machine slept', async () => {
    const { hooks, clock } = onBench()
    await bench?.start()
    await clock.advance(keyHookPingEveryMs - 1)
    await clock.sleep(3_600_000)
    await clock.advance(10_000)
    expect(hooks.forked).toHaveLength(1)
  })

  it('that dies is replaced, and its last words are in the log', async () => {
    const { hooks, clock, log, records } = onBench()
    await bench?.start()
    hooks.latest.say('it was the mouse\n')
    hooks.latest.end(CRASH)
    await clock.advance(restartAfterMs[0] ?? 0)
    expect(bench?.states).toEqual(['working', 'starting', 'working'])
    expect(log.join()).toContain('(killed by SIGSEGV). (its last words: it was the mouse)')
    expect(records).toEqual([1001, 1001, 'forgotten', 1002, 1002])
  })

  it('of an earlier generation is not heard', async () => {
    const { hooks, clock, codes } = onBench()
    await bench?.start()
    const old = hooks.latest
    old.hung = true
    await clock.advance(keyHookPingEveryMs + keyHookPingDeadlineMs + (restartAfterMs[0] ?? 0))
    hooks.latest.emit({ kind: 'key', generation: 1, event: { kind: 'down', code: 'F9', modifiers: [] } })
    await settle()
    expect(codes).toEqual([])
  })

  it('that does not start in time is replaced', async () => {
    const { hooks, clock } = onBench()
    hooks.onFork = (process) => {
      process.hung = hooks.forked.length === 1
    }
    bench?.hook.start()
    await clock.advance(TUNING.keyHookStartMs + (restartAfterMs[0] ?? 0))
    expect(bench?.hook.health.state).toBe('working')
  })
})

describe('a key hook that cannot be had', () => {
  it('after failures in a row is given up, and tried again when asked', async () => {
    const { hooks, clock } = onBench()
    let broken = true
    hooks.onFork = (process) => {
      if (broken) process.end(CRASH)
    }
    bench?.hook.start()
    await clock.advance(60_000)
    expect(hooks.forked).toHaveLength(TUNING.circuitOpensAt)
    expect(bench?.hook.health).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('failed 3 times in a row. Start and stop with') as string,
    })
    broken = false
    await bench?.start()
    expect(bench?.hook.health.state).toBe('working')
  })

  it('does not count failures that a good spell lies between', async () => {
    const { hooks, clock } = onBench()
    await bench?.start()
    for (let failure = 0; failure < 10; failure++) {
      hooks.latest.end(CRASH)
      await clock.advance((restartAfterMs[0] ?? 0) + keyHookPingEveryMs)
    }
    expect(bench?.hook.health.state).toBe('working')
  })

  it('because the desktop refuses is not tried twice', async () => {
    const { hooks, clock } = onBench()
    hooks.refusal = new StenoError('keys-unavailable', 'Not on Wayland.', { hint: 'Use a shortcut.' })
    await bench?.start()
    await clock.advance(60_000)
    expect(hooks.forked).toHaveLength(1)
    expect(hooks.alive).toEqual([])
    expect(bench?.hook.health).toEqual({ state: 'unavailable', reason: 'Not on Wayland. Use a shortcut.' })
  })

  it.each(['dies', 'hangs'])(
    'because the X server is not there says so, although it only %s',
    async (how) => {
      const { hooks, clock } = onBench()
      hooks.onFork = (process) => {
        process.hung = true
        queueMicrotask(() => {
          process.say('xrecord_start [1024]: XOpenDisplay failure!\n')
          if (how === 'dies') process.end({ code: null, signal: 'SIGABRT' })
        })
      }
      await bench?.start()
      await clock.advance(60_000)
      expect(hooks.forked).toHaveLength(1)
      expect(bench?.hook.health).toMatchObject({
        reason: expect.stringMatching(/^The X server could not be reached.*Check DISPLAY/) as string,
      })
    },
  )
})

describe('the end of a key hook', () => {
  it('is asked for politely', async () => {
    const { hook, hooks, records, clock } = onBench()
    await bench?.start()
    await hook[Symbol.asyncDispose]()
    expect(hooks.latest.received.at(-1)).toMatchObject({ kind: 'shutdown' })
    expect(hooks.alive).toEqual([])
    expect(records.slice(-2)).toEqual(['forgotten', 'disposed'])
    hook.start()
    await clock.advance(60_000)
    expect(hooks.forked).toHaveLength(1)
  })

  it('is a kill when it is deaf', async () => {
    const { hook, hooks, clock } = onBench()
    await bench?.start()
    hooks.latest.hung = true
    const disposed = hook[Symbol.asyncDispose]()
    await clock.advance(TUNING.stopAskMs)
    await disposed
    expect(hooks.alive).toEqual([])
  })

  it('comes also while it waits to start again', async () => {
    const { hook, hooks, clock } = onBench()
    await bench?.start()
    hooks.latest.end(CRASH)
    await settle()
    await hook[Symbol.asyncDispose]()
    await clock.advance(60_000)
    expect(hooks.forked).toHaveLength(1)
  })

  it('does not wait for ever for what cannot be killed', async () => {
    const { hook, hooks, clock, log } = onBench()
    await bench?.start()
    Object.assign(hooks.latest, { hung: true, immortal: true })
    const disposed = hook[Symbol.asyncDispose]()
    await clock.advance(TUNING.stopTotalMs)
    await disposed
    expect(log).toContain('info key hook 1: ended, not seen')
  })
})
