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

  test('tells when speech begins and ends', () => {
    const { voice, told, say } = voices()
    voice.want(true)
    say({ kind: 'speaking' })
    say({ kind: 'silent' })
    expect(told).toEqual([
      { kind: 'voice', speaking: true },
      { kind: 'voice', speaking: false },
    ])
  })

  test('lets no more than three seconds wait for a detector that lags', () => {
    const { voice, threads, say } = voices()
    voice.want(true)
    for (let n = 0; n < 500; n++) voice.hear(frameOf(n))
    const waiting = threads[0]?.got.length ?? 0
    expect(waiting * 32).toBeGreaterThanOrEqual(TUNING.voiceBacklogMs)
    expect((waiting - 1) * 32).toBeLessThan(TUNING.voiceBacklogMs)
    say({ kind: 'taken' })
    voice.hear(frameOf(1))
    expect(threads[0]?.got).toHaveLength(waiting + 1)
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
    threads[0]?.events.message({ kind: 'speaking' })
    expect(told).toEqual([])
  })
})
