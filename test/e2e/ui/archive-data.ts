/** A history, and a privacy report, worth looking at. */
import type { HistoryPage, HistoryRow, PrivacyReport, SpokenWords } from '../../../src/shared/history.ts'
import { unedited } from '../../../src/shared/edits.ts'

const HOUR = 3_600_000

function entry(id: number, hoursAgo: number, text: string, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    id,
    startedAt: Date.now() - hoursAgo * HOUR,
    seconds: 4 + text.length / 15,
    outcome: { kind: text === '' ? 'nothing-heard' : 'copied' },
    hasSound: true,
    starred: false,
    tags: [],
    model: 'starter-en',
    ...unedited(text),
    ...more,
  }
}

const ROWS: readonly HistoryRow[] = [
  entry(9, 0.1, 'It takes heat to bring out the odor.', { starred: true, tags: ['chemistry', 'to check'] }),
  entry(8, 0.4, ''),
  entry(7, 26, 'A cold dip restores health and zest.', { outcome: { kind: 'interrupted' } }),
  entry(6, 27, 'A salt pickle tastes fine with ham.', { hasSound: false, model: undefined }),
  entry(5, 28, 'The stale smell of old beer lingers. '.repeat(12).trim(), { tags: ['a long one'] }),
]

export const HISTORY: HistoryPage = { rows: ROWS, found: 61, seconds: 3_725, tags: ['chemistry', 'to check'] }

export const WORDS: SpokenWords = 'it takes heat to bring out the odor'.split(' ').map((text, index) => ({
  text,
  start: index * 0.3,
  end: index * 0.3 + 0.25,
  confidence: 0.9,
}))

export const PRIVACY: PrivacyReport = {
  kept: [
    { kind: 'sounds', path: '/home/me/.config/steno/dictations', files: 61, bytes: 119_000_000 },
    { kind: 'history', path: '/home/me/.config/steno/dictations', files: 3, bytes: 900_000 },
    { kind: 'settings', path: '/home/me/.config/steno/settings.json', files: 2, bytes: 2_000 },
    { kind: 'models', path: '/home/me/.config/steno/models', files: 0, bytes: 0 },
    { kind: 'logs', path: '/home/me/.config/steno/logs', files: 2, bytes: 1_400_000 },
    { kind: 'crashes', path: '/home/me/.config/steno/Crashpad', files: 0, bytes: 0 },
  ],
  requests: [
    {
      at: Date.now() - HOUR,
      url: 'https://models.example/whisper-base/resolve/27a07b4b52b3a4c5886134bb4320e93e1a4bbc7c/onnx/encoder_model_quantized.onnx',
      why: 'The model Whisper base',
    },
  ],
}

export const LOG = [
  '2026-11-25T14:02:11.120Z info started',
  '2026-11-25T14:02:12.480Z warn the microphone gave nothing for two seconds',
  '2026-11-25T14:02:13.900Z error the worker ended: signal SIGKILL',
  '    it is started again in 250 ms',
  '',
].join('\n')
