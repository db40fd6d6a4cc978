/** States of the models, as main would tell them. */
import type { AppSnapshot, DictationRow } from '../../../src/shared/dictation.ts'
import type { WireError } from '../../../src/shared/errors.ts'
import type { ModelCard, ModelRow, ModelState, Reading } from '../../../src/shared/models.ts'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'

const MB = 1_000_000
const EUROPE = 'bg cs da de el en es et fi fr hr hu it lt lv mt nl pl pt ro ru sk sl sv uk'.split(' ')
const MANY = [...EUROPE, ...'ar he hi ja ko zh yue vi tr th id ca gl eu fa ur bn ta te ml'.split(' ')]

function card(name: string, title: string, facts: Partial<ModelCard>): ModelCard {
  return {
    name,
    title,
    family: 'whisper',
    languages: MANY,
    licence: 'MIT',
    bytes: 100 * MB,
    memoryBytes: 300 * MB,
    speed: 'steady',
    goodFor: 'Most languages, with punctuation',
    pinned: true,
    origin: 'catalogue',
    ...facts,
  }
}

const STALLED: WireError = {
  code: 'download-failed',
  message: 'Nothing came for 30 seconds.',
  hint: 'Look at the connection, then go on with the download: what has come is kept.',
}

const DAMAGED: WireError = {
  code: 'model-corrupt',
  message: 'encoder.onnx is not the file that was published.',
  hint: 'Delete the model and download it again.',
}

const CARDS: readonly ModelCard[] = [
  card('starter-en', 'Basic English', {
    family: 'ctc',
    languages: ['en'],
    licence: 'MIT',
    bytes: 9 * MB,
    memoryBytes: 300 * MB,
    speed: 'instant',
    goodFor: 'Comes with Steno and works at once',
    origin: 'built-in',
  }),
  card('parakeet-tdt-0.6b-v3', 'Parakeet TDT 0.6B v3', {
    family: 'parakeet',
    languages: EUROPE,
    licence: 'CC-BY-4.0',
    bytes: 670 * MB,
    memoryBytes: 1_250 * MB,
    speed: 'instant',
    goodFor: 'Dictation in European languages, with punctuation and capitals',
  }),
  card('moonshine-base', 'Moonshine Base', {
    family: 'moonshine',
    languages: ['en'],
    bytes: 63 * MB,
    memoryBytes: 240 * MB,
    speed: 'instant',
    goodFor: 'English on small machines',
    pinned: false,
  }),
  card('whisper-base', 'Whisper Base', { bytes: 77 * MB, memoryBytes: 310 * MB }),
  card('whisper-large-v3-turbo', 'Whisper Large v3 Turbo', {
    bytes: 1_030 * MB,
    memoryBytes: 2_100 * MB,
    speed: 'slow',
    goodFor: 'Hard recordings and rare languages, where there is time',
  }),
  card('sense-voice-small', 'SenseVoice Small', {
    family: 'sense-voice',
    languages: ['zh', 'yue', 'ja', 'ko', 'en'],
    licence: 'FunASR Model Licence',
    bytes: 234 * MB,
    goodFor: 'Chinese, Cantonese, Japanese and Korean',
    pinned: false,
  }),
  card('my-model', 'my-model', {
    family: 'zipformer',
    languages: [],
    licence: 'unknown',
    bytes: 72 * MB,
    goodFor: 'Imported from a folder of yours',
    pinned: false,
    origin: 'imported',
  }),
]

/** Rows in the order of the cards. @param states those that are not absent, by name. */
function rowsWith(
  states: Readonly<Record<string, ModelState>>,
  used: Readonly<Record<string, string[]>> = {},
) {
  return CARDS.map((one): ModelRow => ({
    card: one,
    state: states[one.name] ?? { kind: 'absent' },
    usedBy: used[one.name] ?? [],
    recommended: one.name === 'parakeet-tdt-0.6b-v3',
  }))
}

const INSTALLED: ModelState = { kind: 'installed' }
const ALL = { 'starter-en': ['all dictations'] }

/** Of somebody who has just begun: the built-in model alone. */
export const MODELS: readonly ModelRow[] = rowsWith({ 'starter-en': INSTALLED }, ALL).slice(0, -1)

const BUSY: readonly ModelRow[] = rowsWith(
  {
    'starter-en': INSTALLED,
    'parakeet-tdt-0.6b-v3': {
      kind: 'downloading',
      bytes: 251 * MB,
      total: 670 * MB,
      bytesPerSecond: 6.4 * MB,
      secondsLeft: 65,
    },
    'moonshine-base': {
      kind: 'downloading',
      bytes: 0,
      total: 63 * MB,
      bytesPerSecond: 0,
      secondsLeft: undefined,
    },
    'whisper-base': { kind: 'paused', bytes: 31 * MB, total: 77 * MB },
    'whisper-large-v3-turbo': { kind: 'failed', bytes: 412 * MB, total: 1_030 * MB, error: STALLED },
    'sense-voice-small': { kind: 'verifying' },
    'my-model': { kind: 'broken', error: DAMAGED },
  },
  ALL,
)

const FULL: readonly ModelRow[] = rowsWith(
  {
    'starter-en': INSTALLED,
    'parakeet-tdt-0.6b-v3': INSTALLED,
    'moonshine-base': INSTALLED,
    'whisper-base': INSTALLED,
    'my-model': INSTALLED,
  },
  { 'parakeet-tdt-0.6b-v3': ['all dictations', 'German'], 'whisper-base': ['the other talk key'] },
)

const CHOSEN = {
  ...DEFAULT_SETTINGS,
  model: 'parakeet-tdt-0.6b-v3',
  modelByLanguage: { de: 'parakeet-tdt-0.6b-v3', ja: 'sense-voice-small' },
  otherTalkKey: ['Control', 'Alt', 'Space'],
  otherModel: 'whisper-base',
  modelMirror: 'https://models.example.org/mirror',
}

const READINGS: readonly Reading[] = [
  {
    name: 'parakeet-tdt-0.6b-v3',
    result: {
      kind: 'read',
      text: 'The stale smell of old beer lingers. It takes heat to bring out the odor.',
      realTimeFactor: 0.062,
    },
  },
  {
    name: 'starter-en',
    result: {
      kind: 'read',
      text: 'the stale smell of old bear lingers it takes heat to bring out odor',
      realTimeFactor: 0.018,
    },
  },
  { name: 'whisper-base', result: { kind: 'reading' } },
  { name: 'moonshine-base', result: { kind: 'waiting' } },
  {
    name: 'my-model',
    result: {
      kind: 'failed',
      error: { code: 'model-corrupt', message: 'The model could not be loaded.', hint: 'Verify it.' },
    },
  },
]

const NO_SOUND: readonly DictationRow[] = []

/** Of the Models page. */
export const MODEL_PAGES: Readonly<Record<string, Partial<AppSnapshot>>> = {
  models: { models: MODELS },
  'models-busy': { models: BUSY },
  'models-chosen': {
    models: FULL,
    settings: CHOSEN,
    readings: READINGS,
    model: { state: 'ready', name: 'Parakeet TDT 0.6B v3' },
  },
  'models-unknown': { models: [], today: NO_SOUND },
}

const recommendedIs = (state: ModelState): Partial<AppSnapshot> => ({
  models: rowsWith({ 'starter-en': INSTALLED, 'parakeet-tdt-0.6b-v3': state }, ALL),
  today: [],
})

/** Of the offer on the Dictate page. */
export const OFFERS: Readonly<Record<string, Partial<AppSnapshot>>> = {
  offer: { models: MODELS, today: [] },
  'offer-downloading': recommendedIs({
    kind: 'downloading',
    bytes: 251 * MB,
    total: 670 * MB,
    bytesPerSecond: 6.4 * MB,
    secondsLeft: 65,
  }),
  'offer-failed': recommendedIs({ kind: 'failed', bytes: 412 * MB, total: 670 * MB, error: STALLED }),
  'offer-done': recommendedIs(INSTALLED),
}
