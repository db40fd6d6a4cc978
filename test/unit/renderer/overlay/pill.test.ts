import { sure } from '../../../fakes/shown.ts'
import { describe, expect, it } from 'vitest'
import { pillOf } from '../../../../src/renderer/src/overlay/pill.ts'
import { EMPTY_PREVIEW, type DictationState, type Outcome } from '../../../../src/shared/dictation.ts'
import { DEFAULT_SETTINGS } from '../../../../src/shared/settings.ts'

const ERROR = { code: 'worker-hung', message: 'It hung.', hint: 'Try again.' } as const
const LINES = Array.from({ length: 10 }, (_, index) => `this is line ${index}`)

function pill(
  dictation: DictationState,
  outcome?: Outcome,
  undoKey = DEFAULT_SETTINGS.undoKey,
  preview = EMPTY_PREVIEW,
) {
  return pillOf(
    { dictation, outcome, lines: LINES.map(sure), preview, settings: { ...DEFAULT_SETTINGS, undoKey } },
    'linux',
  )
}

describe('the overlay', () => {
  it('goes through the states of a dictation', () => {
    expect(pill({ kind: 'idle' })).toEqual({ state: 'idle', title: '', detail: '' })
    expect(pill({ kind: 'starting', id: 1, grip: 'held' }).state).toBe('preparing')
    expect(pill({ kind: 'listening', id: 1, grip: 'held', readyMs: 84 }).state).toBe('listening')
    expect(pill({ kind: 'finishing', id: 1 }).state).toBe('decoding')
    expect(pill({ kind: 'delivering', id: 1 }).state).toBe('decoding')
  })

  it('shows the last words while they come, the first when they are copied', () => {
    expect(pill({ kind: 'listening', id: 1, grip: 'held', readyMs: 84 }).detail).toMatch(/^… .*line 9$/)
    expect(pill({ kind: 'idle' }, { kind: 'copied' }).detail).toMatch(/^this is line 0 .* …$/)
  })

  it('tells the words that may still change from those that will not', () => {
    const listening = { kind: 'listening', id: 1, grip: 'held', readyMs: 84 } as const
    const preview = { stable: sure('hold a'), tentative: sure('key and speak') }
    const { detail, tentative } = pill(listening, undefined, null, preview)
    expect(detail).toMatch(/^… .*line 9 hold a$/)
    expect(tentative).toBe('key and speak')
    const long = pill(listening, undefined, null, { ...preview, tentative: sure('so '.repeat(40).trim()) })
    expect([long.detail, long.tentative?.startsWith('… so')]).toEqual(['', true])
  })

  it.each<[Outcome, string, string]>([
    [{ kind: 'nothing-heard' }, 'nothing', 'No words were found in the sound.'],
    [{ kind: 'cancelled' }, 'cancelled', 'Press Ctrl+Alt+Z to bring it back.'],
    [{ kind: 'failed', error: ERROR }, 'failed', 'It hung.'],
    [{ kind: 'undelivered', error: ERROR }, 'failed', 'It hung.'],
    [{ kind: 'interrupted' }, 'idle', ''],
  ])('%j', (outcome, state, detail) => {
    expect(pill({ kind: 'idle' }, outcome)).toMatchObject({ state, detail })
  })

  it('names the window where no key undoes', () => {
    expect(pill({ kind: 'idle' }, { kind: 'cancelled' }, null).detail).toContain('window')
  })
})
