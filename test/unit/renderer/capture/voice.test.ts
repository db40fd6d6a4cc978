import { describe, expect, test } from 'vitest'
import type { FromVoice, ToVoice } from '../../../../src/renderer/src/capture/voice/messages.ts'
import { Voice, type ThreadEvents } from '../../../../src/renderer/src/capture/voice/voice.ts'
import type { CaptureEvent } from '../../../../src/shared/capture.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { frameOf } from '../../../fakes/fake-microphones.ts'

interface Thread {
  readonly got: ToVoice[]
  readonly events: ThreadEvents
  ended: boolean
}

function voices(): {
  readonly voice: Voice
  readonly threads: Thread[]
  readonly told: CaptureEvent[]
  readonly say: (message: FromVoice) => void
} {
  const threads: Thread[] = []
  const told: CaptureEvent[] = []
  const voice = new Voice(
    (events) => {
      const thread: Thread = { got: [], events, ended: false }
      threads.push(thread)
      return {
        post: (message) => thread.got.push(message),
        [Symbol.dispose]: () => {
          thread.ended = true
        },
      }
    },
    TUNING,
    (event) => told.push(event),
  )
  return { voice, threads, told, say: (message) => threads.at(-1)?.events.message(message) }
}

describe('Voice', () => {
  test('loads the detector once it is wanted, and ends its thread when it is not', () => {
    const { voice, threads } = voices()
    voice.hear(frameOf(1))
    expect(threads).toHaveLength(0)
    voice.want(true)
    voice.want(true)
    expect(threads).toHaveLength(1)
    voice.want(false)
    expect(threads[0]?.ended).toBe(true)
    voice.hear(frameOf(1))
    expect(threads[0]?.got).toEqual([])
  })

  test('tells silence when it is loaded, and when a dictation begins', () => {
    const { voice, told, say } = voices()
    voice.want(true)
    voice.begin()
    expect(told).toEqual([])
    say({ kind: 'ready' })
    say({ kind: 'ready' })
    expect(told).toEqual([{ kind: 'voice', speaking: false }])
    voice.begin()
    expect(told).toHaveLength(2)
  })

  test('tells when speech begins and ends', () => {
    const { voice, told, say } = voices()
    voice.want(true)
    say({ kind: 'speaking', at: 1 })
    say({ kind: 'silent', at: 9 })
    expect(told).toEqual([
      { kind: 'voice', speaking: true },
      { kind: 'voice', speaking: false },
    ])
  })

  test('asks for one frame at a time, once it has loaded', () => {
    const { voice, threads, say } = voices()
    voice.want(true)
    voice.hear(frameOf(1))
    voice.hear(frameOf(2))
    expect(threads[0]?.got).toEqual([])
    say({ kind: 'ready' })
    expect(threads[0]?.got).toEqual([{ kind: 'frame', at: 1, pcm: frameOf(1) }])
    say({ kind: 'ready' })
    say({ kind: 'ready' })
    voice.hear(frameOf(3))
    expect(threads[0]?.got).toHaveLength(3)
  })

  test('leaves the oldest frames out when it lags more than three seconds', () => {
    const { voice, threads, say } = voices()
    voice.want(true)
    for (let n = 1; n <= 500; n++) voice.hear(frameOf(n))
    for (let n = 1; n <= 500; n++) say({ kind: 'ready' })
    const got = threads[0]?.got ?? []
    expect(got).toHaveLength(Math.floor(TUNING.voiceBacklogMs / 32))
    expect(got.at(-1)).toEqual({ kind: 'frame', at: 500, pcm: frameOf(500) })
  })

  test('forgets what waited when speech of before does not go on', () => {
    const { voice, threads, say } = voices()
    voice.want(true)
    voice.hear(frameOf(1))
    voice.begin()
    voice.hear(frameOf(2))
    say({ kind: 'ready' })
    expect(threads[0]?.got).toEqual([{ kind: 'reset' }, { kind: 'frame', at: 2, pcm: frameOf(2) }])
  })

  test('knows how much sound came in since speech was noticed, until it is asked', () => {
    const { voice, say } = voices()
    voice.want(true)
    expect(voice.takeOnsetMs()).toBe(0)
    for (let n = 1; n <= 50; n++) voice.hear(frameOf(n))
    say({ kind: 'speaking', at: 20 })
    say({ kind: 'silent', at: 40 })
    voice.hear(frameOf(51))
    expect(voice.takeOnsetMs()).toBe(31 * 32)
    voice.hear(frameOf(52))
    expect(voice.takeOnsetMs()).toBe(0)
  })

  test('says that it failed, once, and tries again when it is wanted again', () => {
    const { voice, threads, told, say } = voices()
    voice.want(true)
    say({ kind: 'failed', detail: 'no model' })
    threads[0]?.events.died('and gone')
    expect(told).toEqual([{ kind: 'voice-failed', detail: 'no model' }])
    voice.hear(frameOf(1))
    voice.want(true)
    expect(threads).toHaveLength(2)
  })

  test('ignores what a thread of before still says', () => {
    const { voice, threads, told } = voices()
    voice.want(true)
    voice.want(false)
    threads[0]?.events.message({ kind: 'speaking', at: 1 })
    expect(told).toEqual([])
  })
})
