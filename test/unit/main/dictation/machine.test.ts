import { describe, expect, it } from 'vitest'
import { INITIAL, reduce, type DictationEvent } from '../../../../src/main/dictation/machine.ts'
import type { AppSnapshot } from '../../../../src/shared/dictation.ts'

function after(...events: DictationEvent[]): AppSnapshot {
  return events.reduce(reduce, INITIAL)
}

const error = { code: 'worker-hung', message: 'it hung' } as const

const EVERY_EVENT: readonly DictationEvent[] = [
  { kind: 'begun', id: 1 },
  { kind: 'soundCame', id: 1, seconds: 1, lagSeconds: 0.5 },
  { kind: 'soundEnded', id: 1 },
  { kind: 'lineSettled', id: 1, text: 'hello' },
  { kind: 'ended', id: 1 },
  { kind: 'ended', id: 1, error },
  { kind: 'modelReady', model: 'starter-en' },
  { kind: 'modelFailed', error },
]

describe('a dictation', () => {
  it('goes from button to text', () => {
    const snapshots = EVERY_EVENT.slice(0, 5).map((_, index) => after(...EVERY_EVENT.slice(0, index + 1)))
    expect(snapshots.map(({ state }) => state)).toEqual([
      { kind: 'starting', id: 1 },
      { kind: 'listening', id: 1, seconds: 1, lagSeconds: 0.5 },
      { kind: 'finishing', id: 1, lagSeconds: 0.5 },
      { kind: 'finishing', id: 1, lagSeconds: 0.5 },
      { kind: 'idle' },
    ])
    expect(snapshots.at(-1)).toMatchObject({ lines: ['hello'], error: undefined })
  })

  it('says listening only once sound has come', () => {
    expect(after({ kind: 'begun', id: 1 }).state.kind).toBe('starting')
  })

  it('keeps its error until the next one begins', () => {
    const failed = after({ kind: 'begun', id: 1 }, { kind: 'ended', id: 1, error })
    expect(failed).toMatchObject({ state: { kind: 'idle' }, error })
    expect(reduce(failed, { kind: 'begun', id: 2 })).toMatchObject({ error: undefined, lines: [] })
  })

  it('is not touched by the events of another one, whatever they are', () => {
    const reached = [
      after(),
      ...EVERY_EVENT.slice(0, 5).map((_, index) => after(...EVERY_EVENT.slice(0, index + 1))),
    ]
    for (const snapshot of reached) {
      for (const event of EVERY_EVENT) {
        if (!('id' in event) || event.kind === 'begun') continue
        expect(reduce(snapshot, { ...event, id: 99 })).toBe(snapshot)
      }
    }
  })

  it('never throws, in any state, for any event', () => {
    const reached = new Set([INITIAL])
    for (let round = 0; round < 3; round++) {
      for (const snapshot of [...reached])
        for (const event of EVERY_EVENT) reached.add(reduce(snapshot, event))
    }
    expect(reached.size).toBeGreaterThan(10)
  })
})
