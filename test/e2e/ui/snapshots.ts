/** States of the app worth looking at, as main would tell them. */
import {
  EMPTY_PREVIEW,
  type AppSnapshot,
  type DictationRow,
  type Outcome,
  type Preview,
} from '../../../src/shared/dictation.ts'
import { unedited, type Written } from '../../../src/shared/edits.ts'
import type { WireError } from '../../../src/shared/errors.ts'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'
import { otherWay, withUndone } from '../../../src/main/dictation/writing.ts'
import { editText } from '../../../src/text/edit-text.ts'
import { said } from '../../unit/text/said.ts'
import { sure } from '../../fakes/shown.ts'

/** 25 November 2026, 14:32 UTC. */
const NOW = Date.UTC(2026, 10, 25, 14, 32)
const MINUTE = 60_000

export const LINES: readonly string[] = [
  'the stale smell of old beer lingers',
  'it takes heat to bring out the odor',
  'a cold dip restores health and zest',
  'a salt pickle tastes fine with ham',
]

export const WORKER_HUNG: WireError = {
  code: 'worker-hung',
  message: 'The recogniser did not answer for 10 seconds and was started anew.',
  hint: 'The sound is kept: try again.',
}

const COPIED: Outcome = { kind: 'copied' }

interface RowFacts extends Partial<Omit<DictationRow, keyof Written>> {
  readonly text?: string
  /** Instead of a text that nothing was done to. */
  readonly written?: Written
}

function row(id: number, minutesAgo: number, { text = '', written, ...rest }: RowFacts): DictationRow {
  const startedAt = NOW - minutesAgo * MINUTE
  const kept = written ?? unedited(text)
  return { id, startedAt, seconds: 7.3, outcome: COPIED, hasSound: true, ...kept, ...rest }
}

/** As main edits what was said. */
function edited(script: string): Written {
  const options = { language: 'en', replacements: [{ from: 'hill street', to: 'Hill Street' }] }
  return { ...editText(said(script), options), undone: [] }
}

/** One of each kind of edit, and a text of which all were undone. */
const SPOKEN = edited(
  'um please move the the meeting to thursday at twenty past ten comma and tell everyone new line we meet in hill street',
)
const UNDONE = withUndone(edited('uh yes that works for twenty four of us'), [1])
const RAW = otherWay(edited('um half past nine is fine'))
export const TODAY_EDITED: readonly DictationRow[] = [
  row(12, 0, { written: SPOKEN, seconds: 9.2 }),
  row(11, 3, { written: UNDONE, seconds: 4 }),
  row(10, 9, { written: RAW, seconds: 3.1 }),
  row(9, 12, { text: 'nothing was edited here', seconds: 2.4 }),
  row(8, 20, { written: edited('um'), outcome: { kind: 'nothing-heard' }, seconds: 1 }),
]

const TODAY: readonly DictationRow[] = [
  row(12, 0, { text: LINES.join(' '), seconds: 12.4 }),
  row(11, 3, { outcome: { kind: 'cancelled' }, seconds: 4 }),
  row(10, 9, { text: 'please move the meeting to thursday at ten and tell everyone', seconds: 5.1 }),
  row(9, 22, { outcome: { kind: 'failed', error: WORKER_HUNG }, seconds: 31 }),
  row(8, 40, { outcome: undefined, seconds: 65 }),
  row(7, 58, { outcome: { kind: 'nothing-heard' }, seconds: 2 }),
  row(6, 75, { text: Array.from({ length: 6 }, () => LINES.join(' ')).join(' '), seconds: 93 }),
  row(5, 140, { text: 'yes that works for me thank you', seconds: 2.6, hasSound: false }),
  row(4, 190, { text: 'half of it', outcome: { kind: 'interrupted' }, seconds: 3 }),
]

const DEVICES = [
  { id: 'a1', label: 'USB Microphone' },
  { id: 'b2', label: 'Built-in Audio Analog Stereo' },
  { id: 'c3', label: 'Headset of the office (Bluetooth)' },
]

export const READY: AppSnapshot = {
  dictation: { kind: 'idle' },
  meter: { seconds: 0, lagSeconds: 0, level: 0 },
  lines: [],
  preview: EMPTY_PREVIEW,
  outcome: undefined,
  today: TODAY,
  model: { state: 'ready', name: 'Basic English (built in)' },
  notices: [],
  settings: DEFAULT_SETTINGS,
  keys: { state: 'working' },
  devices: DEVICES,
  processes: [
    { pid: 4_201, name: 'Steno', cpu: 0.012, memoryBytes: 141_000_000 },
    { pid: 4_230, name: 'Window', cpu: 0.034, memoryBytes: 118_000_000 },
    { pid: 4_233, name: 'Microphone', cpu: 0.051, memoryBytes: 96_000_000 },
    { pid: 4_251, name: 'Recogniser', cpu: 0.72, memoryBytes: 212_000_000 },
    { pid: 4_252, name: 'Keys', cpu: 0.001, memoryBytes: 48_000_000 },
  ],
  timings: [
    { stage: 'key to first sample', count: 42, p50Ms: 84, p95Ms: 131 },
    { stage: 'release to last sample', count: 42, p50Ms: 52, p95Ms: 61 },
    { stage: 'last sample to text', count: 41, p50Ms: 173, p95Ms: 412 },
    { stage: 'text to clipboard', count: 41, p50Ms: 3, p95Ms: 9 },
  ],
  models: [],
  readings: [],
}

const PREVIEW: Preview = {
  stable: { text: 'and then we walk down to', doubts: [[12, 16]] },
  tentative: sure('the harbour to see'),
}

const LISTENING: Partial<AppSnapshot> = {
  dictation: { kind: 'listening', id: 13, grip: 'held', readyMs: 84 },
  meter: { seconds: 12.4, lagSeconds: 0.3, level: 0.7 },
  lines: LINES.map(sure),
  preview: PREVIEW,
}

const UNAVAILABLE = {
  state: 'unavailable',
  reason: 'Wayland lets no program watch the keyboard. Start and stop with the shortcut of the system.',
} as const

const over = (outcome: Outcome, lines: readonly string[] = []): Partial<AppSnapshot> => ({
  outcome,
  lines: lines.map(sure),
})

/** Of the Dictate page, and of the overlay where it has something to show. */
export const DICTATIONS: Readonly<Record<string, Partial<AppSnapshot>>> = {
  'first-start': { today: [], model: { state: 'loading' } },
  ready: {},
  'keys-unavailable': { keys: UNAVAILABLE, today: [] },
  'hands-free': { settings: { ...DEFAULT_SETTINGS, handsFree: true } },
  'no-model': {
    model: {
      state: 'failed',
      error: { code: 'model-missing', message: 'The model is not there.', hint: 'Install Steno again.' },
    },
  },
  preparing: { dictation: { kind: 'starting', id: 13, grip: 'held' } },
  'listening-silent': {
    ...LISTENING,
    lines: [],
    preview: EMPTY_PREVIEW,
    meter: { seconds: 0.8, lagSeconds: 0, level: 0.1 },
  },
  listening: LISTENING,
  'listening-behind': {
    ...LISTENING,
    dictation: { kind: 'listening', id: 13, grip: 'latched', readyMs: 1_340 },
    meter: { seconds: 3_725, lagSeconds: 4.2, level: 0.5 },
    lines: Array.from({ length: 40 }, () => LINES.map(sure)).flat(),
  },
  finishing: {
    dictation: { kind: 'finishing', id: 13 },
    lines: LINES.map(sure),
    meter: { seconds: 14, lagSeconds: 1.6, level: 0 },
  },
  copied: over(COPIED, LINES),
  cancelled: over({ kind: 'cancelled' }, LINES.slice(0, 1)),
  'nothing-heard': over({ kind: 'nothing-heard' }),
  failed: over({ kind: 'failed', error: WORKER_HUNG }),
  undelivered: over(
    {
      kind: 'undelivered',
      error: {
        code: 'delivery-failed',
        message: 'The clipboard is held by another program.',
        hint: 'Copy the text again.',
      },
    },
    LINES,
  ),
  interrupted: over({ kind: 'interrupted' }),
  edited: { ...over(COPIED, [SPOKEN.text]), today: TODAY_EDITED },
  notices: {
    notices: [
      {
        id: 1,
        level: 'info',
        text: 'Steno goes on with “Built-in Audio”.',
        hint: 'The USB microphone was unplugged.',
      },
      {
        id: 2,
        level: 'warning',
        text: 'The system has muted the microphone.',
        hint: 'Unmute it to be heard.',
      },
      {
        id: 3,
        level: 'error',
        text: 'The settings file was damaged.',
        hint: 'Two settings are back to their defaults.',
      },
    ],
  },
}

/** Of the Settings page. */
export const SETTINGS: Readonly<Record<string, Partial<AppSnapshot>>> = {
  settings: {
    settings: {
      ...DEFAULT_SETTINGS,
      replacements: [
        { from: 'btw', to: 'by the way' },
        { from: 'my closing', to: 'Best wishes\nLena' },
      ],
      microphones: [...DEVICES.slice(0, 2), { id: 'x', label: 'Studio microphone' }],
    },
  },
  'settings-odd': {
    keys: UNAVAILABLE,
    devices: [],
    settings: {
      ...DEFAULT_SETTINGS,
      talkMode: 'hold',
      undoKey: null,
      copyLastKey: ['Escape'],
      editText: false,
      handsFree: true,
      handsFreeSilenceMs: 1_234,
      keepMicrophoneOpen: true,
    },
  },
}

/** Of the page of numbers. */
export const INSIDE: Readonly<Record<string, Partial<AppSnapshot>>> = {
  inside: {},
  'inside-empty': { processes: [], timings: [], model: { state: 'loading' } },
}
