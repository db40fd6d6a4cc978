import { describe, expect, it } from 'vitest'
import type { StoredDictation } from '../../../src/main/custody/history.ts'
import { Reread } from '../../../src/main/history/reread.ts'
import type { SealedFacts } from '../../../src/main/dictation/ports.ts'
import { unedited } from '../../../src/shared/edits.ts'

const SOUND = new Float32Array(16_000)
const STORED: StoredDictation = {
  id: 7,
  startedAt: 1,
  sound: '1-7.wav',
  seconds: 1,
  outcome: { kind: 'copied' },
  timesMs: { 'text to clipboard': 3 },
  starred: true,
  tags: ['work'],
  model: 'starter-en',
  ...unedited('hello'),
}
const WORD = { text: 'Hello!', start: 0, end: 0.5, confidence: 1 }

function open(): { reread: Reread; sealed: SealedFacts[] } {
  const sealed: SealedFacts[] = []
  const reread = new Reread({
    custody: {
      find: (id) => (id === STORED.id ? STORED : undefined),
      soundOf: () => Promise.resolve(SOUND),
      seal: (_id, facts) => void sealed.push(facts),
    },
    readWith: ({ folder }, pcm) => {
      expect(pcm).toBe(SOUND)
      const info = { id: folder, family: 'whisper', language: 'en', maxSeconds: 30 }
      const said = { text: 'Hello!', lines: [], words: [WORD], durationSeconds: 1 }
      return Promise.resolve({ ...said, model: info, realTimeFactor: 0.1 })
    },
    requestOf: (folder) => ({ folder, vad: '', threads: 1 }),
  })
  return { reread, sealed }
}

describe('another reading', () => {
  it('changes nothing until it is taken, and then only the text, its words and who read it', async () => {
    const { reread, sealed } = open()
    expect(await reread.read(7, 'whisper')).toEqual({ model: 'whisper', text: 'Hello!', realTimeFactor: 0.1 })
    expect(sealed).toEqual([])
    reread.take(7, 'whisper')
    expect(sealed).toEqual([
      {
        outcome: STORED.outcome,
        written: unedited('Hello!'),
        timesMs: STORED.timesMs,
        model: 'whisper',
        words: [WORD],
      },
    ])
  })

  it('is taken only if it is the one that was read', async () => {
    const { reread } = open()
    await reread.read(7, 'whisper')
    for (const [id, name] of [
      [8, 'whisper'],
      [7, 'other'],
    ] as const) {
      expect(() => {
        reread.take(id, name)
      }).toThrow('read it again')
    }
  })

  it('needs the sound', async () => {
    const { reread } = open()
    const without = new Reread({
      custody: { find: () => STORED, soundOf: () => Promise.resolve(undefined), seal: () => undefined },
      readWith: () => Promise.reject(new Error('it is not asked')),
      requestOf: (folder) => ({ folder, vad: '', threads: 1 }),
    })
    await expect(without.read(7, 'whisper')).rejects.toMatchObject({ code: 'sound-missing' })
    expect(() => {
      reread.take(7, 'whisper')
    }).toThrow('read it again')
  })
})
