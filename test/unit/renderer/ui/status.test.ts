import { sure } from '../../../fakes/shown.ts'
import { describe, expect, it } from 'vitest'
import { howToEnd, howToTalk } from '../../../../src/renderer/src/ui/words/how-to.ts'
import { newsOf } from '../../../../src/renderer/src/ui/words/news.ts'
import * as outcomes from '../../../../src/renderer/src/ui/words/outcomes.ts'
import { plain } from '../../../../src/renderer/src/ui/words/phrase.ts'
import { lagWords, statusOf } from '../../../../src/renderer/src/ui/words/status.ts'
import {
  EMPTY_PREVIEW,
  type AppSnapshot,
  type DictationRow,
  type Outcome,
} from '../../../../src/shared/dictation.ts'
import { unedited } from '../../../../src/shared/edits.ts'
import { DEFAULT_SETTINGS } from '../../../../src/shared/settings.ts'

const ERROR = { code: 'worker-hung', message: 'It hung.', hint: 'Try again.' } as const
const WORKING = { state: 'working' } as const
const UNAVAILABLE = { state: 'unavailable', reason: 'Wayland.' } as const

const IDLE: AppSnapshot = {
  dictation: { kind: 'idle' },
  meter: { seconds: 0, lagSeconds: 0, level: 0 },
  lines: [],
  preview: EMPTY_PREVIEW,
  outcome: undefined,
  today: [],
  model: { state: 'ready', name: 'Basic English' },
  notices: [],
  settings: DEFAULT_SETTINGS,
  keys: WORKING,
  devices: [],
  processes: [],
  timings: [],
  models: [],
  readings: [],
}

const ROW: DictationRow = {
  id: 1,
  startedAt: 0,
  seconds: 3,
  ...unedited('words'),
  outcome: { kind: 'copied' },
  hasSound: true,
}

const OUTCOMES: readonly Outcome[] = [
  { kind: 'copied' },
  { kind: 'undelivered', error: ERROR },
  { kind: 'nothing-heard' },
  { kind: 'cancelled' },
  { kind: 'failed', error: ERROR },
  { kind: 'interrupted' },
]

const text = (slices: Partial<AppSnapshot>): string => {
  const { title, detail } = statusOf({ ...IDLE, ...slices })
  return `${title} | ${plain(detail, 'linux')}`
}

describe('the state in words', () => {
  it.each<[Partial<AppSnapshot>, string]>([
    [{}, 'Ready | What you say stays on this computer.'],
    [{ settings: { ...DEFAULT_SETTINGS, handsFree: true } }, 'Ready | Waiting for your voice.'],
    [{ model: { state: 'loading' } }, 'Ready | The model is still loading. You can already speak.'],
    [{ model: { state: 'failed', error: ERROR } }, 'Not ready | It hung. Try again.'],
    [{ dictation: { kind: 'starting', id: 1, grip: 'held' } }, 'Preparing … | Speak when it says Listening.'],
    [
      { dictation: { kind: 'listening', id: 1, grip: 'held', readyMs: 84 } },
      'Listening | Let go of Right Ctrl to finish',
    ],
    [{ outcome: { kind: 'copied' } }, 'Copied | Paste it where you need it.'],
    [{ outcome: { kind: 'cancelled' } }, 'Cancelled | The sound is kept: Ctrl+Alt+Z brings it back.'],
    [
      { outcome: { kind: 'cancelled' }, settings: { ...DEFAULT_SETTINGS, undoKey: null } },
      'Cancelled | The sound is kept for a while.',
    ],
    [{ outcome: { kind: 'failed', error: ERROR } }, 'That did not work | It hung. Try again.'],
  ])('%j', (slices, expected) => {
    expect(text(slices)).toBe(expected)
  })

  it('speaks of lag from a second on', () => {
    expect(lagWords(0.9)).toBe('')
    expect(lagWords(1.24)).toBe('1.2 s behind')
  })
})

describe('how to talk', () => {
  const how = (settings: Partial<typeof DEFAULT_SETTINGS>, keys: AppSnapshot['keys'] = WORKING): string =>
    plain(howToTalk({ ...DEFAULT_SETTINGS, ...settings }, keys), 'linux')

  it('names the key and what to do with it', () => {
    expect(how({})).toContain('Hold Right Ctrl while you speak, or tap it')
    expect(how({ talkMode: 'hold' })).toContain('Hold Right Ctrl and speak')
    expect(how({ talkMode: 'toggle' })).toContain('Press Right Ctrl, speak')
    expect(how({ handsFree: true })).toBe('Just speak. A pause of 1.5 s ends it, and you can go on.')
  })

  it('names what is left where keys cannot be watched', () => {
    expect(how({}, UNAVAILABLE)).toContain('Press Ctrl+Shift+Space, speak')
    expect(how({ talkKey: ['F9'] }, UNAVAILABLE)).toContain('Press F9, speak')
    expect(how({ toggleKey: null }, UNAVAILABLE)).toContain('the button below')
  })

  it('says how to end it', () => {
    const end = (
      grip: Parameters<typeof howToEnd>[0],
      settings: Partial<typeof DEFAULT_SETTINGS> = {},
    ): string => plain(howToEnd(grip, { ...DEFAULT_SETTINGS, ...settings }, WORKING), 'linux')
    expect(end('latched')).toBe('Press Right Ctrl to finish')
    expect(end('latched', { talkMode: 'hold' })).toBe('Press Ctrl+Shift+Space to finish')
    expect(end('latched', { talkKey: null, toggleKey: null })).toBe('Press Stop to finish')
    expect(end('hands-free')).toBe('A pause of 1.5 s finishes')
  })
})

describe('outcomes', () => {
  it('each has a title and says more', () => {
    for (const outcome of OUTCOMES) {
      const { title, detail } = outcomes.wordsOfOutcome(outcome)
      expect(title).not.toBe('')
      expect(detail).toMatch(/\.$/)
    }
  })

  it('offer the next step that can be taken', () => {
    const labels = (row: DictationRow | undefined): unknown =>
      OUTCOMES.map((outcome) => outcomes.nextStepOf(outcome, row)?.label)
    expect(labels(ROW)).toEqual([
      'Copy again',
      'Copy it now',
      undefined,
      'Bring it back',
      'Try again',
      'Copy it now',
    ])
    expect(labels(undefined)).toEqual([
      undefined,
      undefined,
      undefined,
      'Bring it back',
      undefined,
      undefined,
    ])
    expect(labels({ ...ROW, hasSound: false })).toContain('Copy again')
  })

  it('are noted in the list where the text does not say it all', () => {
    const notes = [...OUTCOMES, undefined].map((outcome) =>
      outcomes.noteOfRow({ ...ROW, ...unedited(''), outcome }),
    )
    expect(notes).toEqual([
      undefined,
      'It hung.',
      'Nothing heard',
      'Cancelled',
      'It hung.',
      'Recovered',
      'Under way …',
    ])
    // What was left out as no word was brought back.
    expect(
      outcomes.noteOfRow({ ...ROW, ...unedited('um'), outcome: { kind: 'nothing-heard' } }),
    ).toBeUndefined()
  })
})

describe('news for a screen reader', () => {
  const news = (...changes: Partial<AppSnapshot>[]): readonly string[] => {
    let before = IDLE
    return changes.flatMap((change) => {
      const after = { ...before, ...change }
      const told = newsOf(before, after)
      before = after
      return told
    })
  }

  it('tells a dictation from beginning to end, without its words until they are final', () => {
    expect(
      news(
        { dictation: { kind: 'starting', id: 1, grip: 'held' } },
        { dictation: { kind: 'listening', id: 1, grip: 'held', readyMs: 84 } },
        { lines: [sure('hello')] },
        { meter: { seconds: 1, lagSeconds: 0, level: 1 } },
        { dictation: { kind: 'finishing', id: 1 } },
        { lines: ['hello', 'world'].map(sure) },
        { dictation: { kind: 'delivering', id: 1 } },
        { dictation: { kind: 'idle' }, outcome: { kind: 'copied' } },
      ),
    ).toEqual(['Preparing', 'Listening', 'Finishing', 'Copied: hello world'])
  })

  it('does not read out long texts', () => {
    const [told] = news({
      lines: Array.from({ length: 200 }, () => sure('word')),
      outcome: { kind: 'copied' },
    })
    expect(told?.length).toBeLessThan(320)
  })

  it('leaves errors to their alerts, and tells each notice once', () => {
    const info = { id: 1, level: 'info', text: 'Another microphone.', hint: 'It was unplugged.' } as const
    const error = { id: 2, level: 'error', text: 'Broken.', hint: undefined } as const
    const warning = { id: 3, level: 'warning', text: 'Muted.', hint: undefined } as const
    expect(news({ notices: [info] }, { notices: [info, error] }, { notices: [error, warning] })).toEqual([
      'Another microphone. It was unplugged.',
      'Muted.',
    ])
  })
})
