import { beforeEach, describe, expect, test } from 'vitest'
import { Capture, type CaptureParts } from '../../../../src/renderer/src/capture/capture.ts'
import { FRAME_SAMPLES, SAMPLE_RATE, type Pcm } from '../../../../src/shared/audio.ts'
import type { CaptureCommand, CaptureEvent } from '../../../../src/shared/capture.ts'
import type { DeviceChoice } from '../../../../src/shared/settings.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { FakeClock, settle } from '../../../fakes/fake-clock.ts'
import { FakeMicrophones, frameOf, named } from '../../../fakes/fake-microphones.ts'
import { joined } from '../../../fakes/speech.ts'

const FRAME_MS = (1_000 * FRAME_SAMPLES) / SAMPLE_RATE
/** Frames in the tail after a release. */
const TAIL_FRAMES = Math.ceil(TUNING.captureTailMs / FRAME_MS)

class FakeMain {
  readonly events: CaptureEvent[] = []
  readonly sounds = new Map<number, Pcm[]>()
  readonly ended = new Map<number, number>()

  tell(event: CaptureEvent): Promise<{ ok: true; value: null }> {
    this.events.push(event)
    return Promise.resolve({ ok: true, value: null })
  }

  sendSound(id: number, from: number, pcm: Pcm): void {
    const frames = this.sounds.get(id) ?? []
    expect(from).toBe(frames.reduce((sum, { length }) => sum + length, 0))
    expect(this.ended.has(id)).toBe(false)
    this.sounds.set(id, [...frames, pcm])
  }

  endSound(id: number, samples: number): void {
    expect(samples).toBe(joined(this.sounds.get(id) ?? []).length)
    expect(this.ended.has(id)).toBe(false)
    this.ended.set(id, samples)
  }

  /** First sample of each frame: tests give each frame a value of its own. */
  heard(id: number): number[] {
    return (this.sounds.get(id) ?? []).map((frame) => frame[0] ?? NaN)
  }

  told(kind: CaptureEvent['kind']): CaptureEvent[] {
    return this.events.filter((event) => event.kind === kind)
  }
}

let clock: FakeClock
let main: FakeMain
let microphones: FakeMicrophones
let voice: string[]
let voiceLagMs: number
let capture: Capture

function build(...plugged: readonly string[]): void {
  clock = new FakeClock()
  main = new FakeMain()
  microphones = new FakeMicrophones(...plugged)
  voice = []
  voiceLagMs = 0
  const parts: CaptureParts = {
    main,
    microphones,
    voice: {
      want: (wanted) => voice.push(wanted ? 'wanted' : 'unwanted'),
      begin: () => voice.push('begin'),
      hear: (frame) => voice.push(`hear ${frame[0] ?? NaN}`),
      takeOnsetMs: () => voiceLagMs,
    },
    play: () => undefined,
    clock,
    tuning: TUNING,
  }
  capture = new Capture(parts)
}

type Configuration = Omit<Extract<CaptureCommand, { kind: 'configure' }>, 'kind'>

async function configure(changes: Partial<Configuration> = {}): Promise<void> {
  const nothing = { microphones: [], keepOpen: false, handsFree: false, autoStop: false }
  await command({ kind: 'configure', ...nothing, ...changes })
}

async function command(wanted: CaptureCommand): Promise<void> {
  capture.handle(wanted)
  await settle()
}

const start = (id: number): Promise<void> => command({ kind: 'start', id })
const stop = (id: number): Promise<void> => command({ kind: 'stop', id })

async function give(...values: readonly number[]): Promise<void> {
  microphones.give(...values.map(frameOf))
  await settle()
}

const tail = (value = 9): Promise<void> => give(...Array.from({ length: TAIL_FRAMES }, () => value))
const preferred = (...ids: readonly string[]): DeviceChoice[] =>
  ids.map((id) => ({ id, label: `label of ${id}` }))

beforeEach(() => {
  build('desk')
})

describe('a dictation', () => {
  test('opens the microphone at start, sends each frame, and closes it after the tail', async () => {
    await configure()
    expect(microphones.inUse).toEqual([])
    await start(1)
    expect(microphones.inUse).toEqual(['desk'])
    await give(1, 2, 3)
    await stop(1)
    await tail()
    expect(main.heard(1)).toEqual([1, 2, 3, 9, 9, 9, 9, 9])
    expect(main.ended.has(1)).toBe(true)
    expect(microphones.inUse).toEqual([])
    expect(clock.pendingTimers).toBe(0)
  })

  test('ends without its tail when the device gives no more', async () => {
    await configure()
    await start(1)
    await give(1)
    await stop(1)
    await clock.advance(TUNING.captureTailGuardMs)
    expect(main.heard(1)).toEqual([1])
    expect(main.ended.get(1)).toBe(FRAME_SAMPLES)
    expect(microphones.inUse).toEqual([])
  })

  test('stopped before the microphone opened, ends empty and gives the device back when it comes', async () => {
    await configure()
    microphones.hung = true
    await start(1)
    await stop(1)
    expect(main.ended.get(1)).toBe(0)
    microphones.unhang()
    await settle()
    expect(microphones.inUse).toEqual([])
    expect(main.told('failed')).toEqual([])
  })

  test('begun anew while the first opening still hangs, hears one stream once', async () => {
    await configure()
    microphones.hung = true
    await start(1)
    await stop(1)
    await start(2)
    microphones.unhang()
    await settle()
    expect(microphones.inUse).toEqual(['desk'])
    await give(1)
    expect(main.heard(2)).toEqual([1])
  })

  test('begins while the tail of the former still comes in: both get what is said, from the release on', async () => {
    await configure()
    await start(1)
    await give(1)
    await stop(1)
    await give(2)
    await start(2)
    await tail(3)
    expect(main.heard(1)).toEqual([1, 2, 3, 3, 3, 3])
    expect(main.heard(2)).toEqual([2, 3, 3, 3, 3, 3])
    expect(main.ended.has(2)).toBe(false)
    expect(microphones.openings).toHaveLength(1)
  })

  test('ignores ids it does not know, a second start and a second stop', async () => {
    await configure()
    await stop(7)
    await start(1)
    await start(1)
    await give(1)
    await stop(1)
    await stop(1)
    await tail()
    expect(main.heard(1)).toHaveLength(1 + TAIL_FRAMES)
    expect(main.ended.size).toBe(1)
  })

  test('a thousand of them leave nothing open', async () => {
    await configure()
    for (let id = 1; id <= 1_000; id++) {
      capture.handle({ kind: 'start', id })
      if (id % 2 === 0) await settle()
      microphones.give(frameOf(1))
      capture.handle({ kind: 'stop', id })
      if (id % 3 === 0) await tail()
    }
    await clock.advance(TUNING.captureTailGuardMs)
    expect(main.ended.size).toBe(1_000)
    expect(microphones.inUse).toEqual([])
    expect(clock.pendingTimers).toBe(0)
    expect(main.told('failed')).toEqual([])
  })
})

describe('the moments before the key', () => {
  test('come first when the microphone is kept open', async () => {
    await configure({ keepOpen: true })
    expect(main.told('idle')).toEqual([{ kind: 'idle', open: true, fault: undefined }])
    await give(...Array.from({ length: 100 }, (_, n) => n))
    await start(1)
    await give(100)
    const heard = main.heard(1)
    expect(heard.at(-1)).toBe(100)
    expect((heard.length - 1) * FRAME_MS).toBeGreaterThanOrEqual(TUNING.preRollMs)
    expect(heard).toEqual(Array.from({ length: heard.length }, (_, n) => 101 - heard.length + n))
  })

  test('reach further back behind a voice detector that lags', async () => {
    await configure({ keepOpen: true, handsFree: true })
    await give(...Array.from({ length: 100 }, (_, n) => n))
    voiceLagMs = 640
    await start(1)
    expect(main.heard(1)).toHaveLength(Math.ceil((TUNING.preRollMs + 640) / FRAME_MS))
  })

  test('hold nothing that a former dictation has had', async () => {
    await configure({ keepOpen: true })
    await start(1)
    await give(1, 2)
    await stop(1)
    await tail(3)
    await give(4)
    await start(2)
    await give(5)
    expect(main.heard(2)).toEqual([4, 5])
    expect(microphones.inUse).toEqual(['desk'])
  })

  test('are forgotten when the setting is switched off, at sleep, and with the device', async () => {
    await configure({ keepOpen: true })
    await give(1)
    await configure()
    expect(microphones.inUse).toEqual([])
    await configure({ keepOpen: true })
    await give(2)
    await command({ kind: 'release' })
    expect(microphones.inUse).toEqual([])
    await command({ kind: 'reopen' })
    await give(3)
    await start(1)
    expect(main.heard(1)).toEqual([3])
  })
})

describe('sleep', () => {
  test('ends what is being captured as a release of the key does, and closes the device', async () => {
    await configure({ keepOpen: true })
    await start(1)
    await give(1)
    await command({ kind: 'release' })
    await tail()
    expect(main.ended.has(1)).toBe(true)
    expect(microphones.inUse).toEqual([])
    await command({ kind: 'reopen' })
    expect(microphones.inUse).toEqual(['desk'])
    expect(main.told('idle').map((event) => event.kind === 'idle' && event.open)).toEqual([true, false, true])
  })

  test('waking opens nothing where the microphone is closed while idle', async () => {
    await configure()
    await command({ kind: 'release' })
    await command({ kind: 'reopen' })
    expect(microphones.openings).toEqual([])
  })

  test('a dictation that begins before waking was noticed opens the device', async () => {
    await configure({ keepOpen: true })
    await command({ kind: 'release' })
    await start(1)
    await give(1)
    expect(main.heard(1)).toEqual([1])
  })
})

describe('when there is no sound to be had', () => {
  test.each([
    ['NotAllowedError', 'denied'],
    ['NotReadableError', 'busy'],
    ['OddError', 'broken'],
  ])('%s ends the dictation and tells %s', async (name, fault) => {
    await configure()
    microphones.faults.set('default', named(name))
    await start(1)
    expect(main.ended.get(1)).toBe(0)
    expect(main.told('failed')).toEqual([
      { kind: 'failed', id: 1, fault, detail: `${name}: ${name} of the test` },
    ])
    microphones.faults.clear()
    await start(2)
    await give(1)
    expect(main.heard(2)).toEqual([1])
  })

  test('says so while idle, once, and tries again when something is plugged in', async () => {
    build()
    await configure({ keepOpen: true })
    expect(main.told('idle')).toEqual([{ kind: 'idle', open: false, fault: 'no-device' }])
    await configure({ keepOpen: true })
    expect(main.told('idle')).toHaveLength(1)
    microphones.plug('head')
    microphones.chooseSystem('head')
    await settle()
    expect(main.told('idle').at(-1)).toEqual({ kind: 'idle', open: true, fault: undefined })
  })

  test('tells of exact zeros and of their end', async () => {
    await configure()
    await start(1)
    await give(...Array.from({ length: 100 }, () => 0), 1)
    expect(main.events.slice(-2)).toEqual([{ kind: 'muted' }, { kind: 'unmuted' }])
  })
})

describe('devices that come and go', () => {
  test('are listed at the beginning and at each change', async () => {
    await settle()
    microphones.plug('head')
    await settle()
    const [desk, head] = preferred('desk', 'head')
    expect(main.told('devices')).toEqual([
      { kind: 'devices', devices: [desk] },
      { kind: 'devices', devices: [desk, head] },
    ])
  })

  test('unplugged in mid-sentence, the dictation goes on with the next of the chain', async () => {
    build('desk', 'head', 'usb')
    await configure({ microphones: preferred('usb', 'head') })
    await start(1)
    await give(1)
    microphones.unplug('usb')
    await settle()
    await give(2)
    expect(main.heard(1)).toEqual([1, 2])
    expect(main.told('switched')).toEqual([{ kind: 'switched', to: preferred('head')[0], because: 'lost' }])
    await stop(1)
    await tail()
    expect(main.told('failed')).toEqual([])
  })

  test('with none left, what was heard is ended before the failure is told', async () => {
    await configure()
    await start(1)
    await give(1)
    microphones.unplug('desk')
    await clock.advance(TUNING.deviceSettleMs)
    expect(main.ended.get(1)).toBe(FRAME_SAMPLES)
    expect(main.told('failed')).toMatchObject([{ id: 1, fault: 'lost' }])
  })

  test('a preferred one that is plugged in is used for the next dictation, not in mid-sentence', async () => {
    await configure({ microphones: preferred('usb'), keepOpen: true })
    await start(1)
    microphones.plug('usb')
    await settle()
    expect(microphones.inUse).toEqual(['desk'])
    await stop(1)
    await tail()
    expect(microphones.inUse).toEqual(['usb'])
    expect(main.told('switched')).toEqual([
      { kind: 'switched', to: preferred('usb')[0], because: 'preferred' },
    ])
  })

  test('the choice of the system is followed while idle', async () => {
    build('desk', 'head')
    await configure({ keepOpen: true })
    microphones.chooseSystem('head')
    await settle()
    expect(microphones.inUse).toEqual(['head'])
    expect(main.told('switched')).toEqual([
      { kind: 'switched', to: preferred('head')[0], because: 'default' },
    ])
  })
})

describe('the voice detector', () => {
  test('hears dictations only, where it is there to end them', async () => {
    await configure({ keepOpen: true, autoStop: true })
    await give(1)
    await start(1)
    await give(2)
    await stop(1)
    await tail(3)
    await give(4)
    expect(voice).toEqual([
      'wanted',
      'begin',
      'hear 1',
      'hear 2',
      ...Array<string>(TAIL_FRAMES).fill('hear 3'),
    ])
  })

  test('hears all without a break where it is there to begin them', async () => {
    await configure({ keepOpen: true, handsFree: true })
    expect(new Set(voice)).toEqual(new Set(['wanted', 'begin']))
    voice = []
    await give(1)
    await start(1)
    await give(2)
    await stop(1)
    await tail(3)
    expect(voice.filter((said) => said === 'begin')).toEqual([])
    expect(voice.at(-1)).toBe('hear 3')
    expect(voice.slice(0, 3)).toEqual(['hear 1', 'hear 2', 'hear 3'])
  })

  test('is let go where nobody needs it', async () => {
    await configure({ autoStop: true })
    await configure()
    expect(voice).toEqual(['wanted', 'unwanted'])
  })
})

test('disposed, it ends what is under way and gives everything back', async () => {
  await configure({ keepOpen: true })
  await start(1)
  await give(1)
  await capture[Symbol.asyncDispose]()
  expect(main.ended.get(1)).toBe(FRAME_SAMPLES)
  expect(microphones.inUse).toEqual([])
  expect(microphones.listeners).toBe(0)
  expect(clock.pendingTimers).toBe(0)
})
