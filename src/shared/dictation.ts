/** What a window may know: main's state, in slices that change on their own. */
import type { Written } from './edits.ts'
import type { WireError } from './errors.ts'
import type { KeysHealth } from './keys.ts'
import type { ModelRow, Reading } from './models.ts'
import { DEFAULT_SETTINGS, type DeviceChoice, type Settings } from './settings.ts'

/** Number of the dictation in the history: grows by one with each, over all runs. */
export type DictationId = number

/** How a dictation that is under way is ended. */
export type Grip =
  /** By letting go of the key. */
  | 'held'
  /** By pressing again, or by the button. */
  | 'latched'
  /** By silence. */
  | 'hands-free'

export type DictationState =
  | { readonly kind: 'idle' }
  /** Begun; no sample has come yet: what is said now may be lost, and the screen says so. */
  | { readonly kind: 'starting'; readonly id: DictationId; readonly grip: Grip }
  | {
      readonly kind: 'listening'
      readonly id: DictationId
      readonly grip: Grip
      /** From the request to the first sample. */
      readonly readyMs: number
    }
  /** The sound is complete or completing; the rest is decoded. */
  | { readonly kind: 'finishing'; readonly id: DictationId }
  | { readonly kind: 'delivering'; readonly id: DictationId }

/** Numbers of the dictation in work; they change twenty times a second. */
export interface Meter {
  readonly seconds: number
  /** Sound that the worker has not taken in. */
  readonly lagSeconds: number
  /** Of the last frame, 0 (silence) to 1 (full scale), on a scale of decibels. */
  readonly level: number
}

/** How a dictation ended. Sealed once. */
export type Outcome =
  | { readonly kind: 'copied' }
  /** There is a text, but it could not be put on the clipboard. */
  | { readonly kind: 'undelivered'; readonly error: WireError }
  | { readonly kind: 'nothing-heard' }
  /** Its sound is kept for undo. */
  | { readonly kind: 'cancelled' }
  /** Its sound is kept for another try. */
  | { readonly kind: 'failed'; readonly error: WireError }
  /** Steno ended while it was under way; its text was read afterwards, and nobody has been given it yet. */
  | { readonly kind: 'interrupted' }

/** One dictation in the list, with its text as it was heard and as it is written. */
export interface DictationRow extends Written {
  readonly id: DictationId
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly seconds: number
  /** Undefined while it is under way, or decoded again. */
  readonly outcome: Outcome | undefined
  /** Whether there is sound to replay and decode again. */
  readonly hasSound: boolean
}

export type ModelView =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly name: string }
  | { readonly state: 'failed'; readonly error: WireError }

/** Something to tell the user that is no outcome of a dictation. */
export interface Notice {
  readonly id: number
  readonly level: 'info' | 'warning' | 'error'
  readonly text: string
  /** What to do next. */
  readonly hint: string | undefined
}

export interface ProcessView {
  readonly pid: number
  readonly name: string
  /** Share of one core, 0 to 1 and above. */
  readonly cpu: number
  readonly memoryBytes: number
}

/** Stages of a dictation that are timed, in their order. */
export const STAGES = [
  'key to first sample',
  'release to last sample',
  'last sample to text',
  'text to clipboard',
] as const
export type Stage = (typeof STAGES)[number]

export interface StageTiming {
  readonly stage: Stage
  readonly count: number
  readonly p50Ms: number
  readonly p95Ms: number
}

/** A piece of text as it is shown. */
export interface ShownText {
  readonly text: string
  /** Words the model was not sure of: their first character, and the one behind their last. */
  readonly doubts: readonly (readonly [number, number])[]
}

/** What is being said and not finished yet. */
export interface Preview {
  /** Will not be taken back while it is spoken. */
  readonly stable: ShownText
  /** May change with the next word. */
  readonly tentative: ShownText
}

export const EMPTY_TEXT: ShownText = { text: '', doubts: [] }
export const EMPTY_PREVIEW: Preview = { stable: EMPTY_TEXT, tentative: EMPTY_TEXT }

export interface AppSnapshot {
  readonly dictation: DictationState
  readonly meter: Meter
  /** Lines of the dictation in work, or of the last one … */
  readonly lines: readonly ShownText[]
  /** … and what comes behind them. */
  readonly preview: Preview
  /** How the last one ended, until the next begins. */
  readonly outcome: Outcome | undefined
  /** Today's, newest first. */
  readonly today: readonly DictationRow[]
  readonly model: ModelView
  readonly notices: readonly Notice[]
  readonly settings: Settings
  readonly keys: KeysHealth
  /** Microphones that are plugged in. */
  readonly devices: readonly DeviceChoice[]
  readonly processes: readonly ProcessView[]
  readonly timings: readonly StageTiming[]
  readonly models: readonly ModelRow[]
  /** Of the comparison under way, or of the last one. */
  readonly readings: readonly Reading[]
}

/** Before anything is known. */
export const EMPTY_SNAPSHOT: AppSnapshot = {
  dictation: { kind: 'idle' },
  meter: { seconds: 0, lagSeconds: 0, level: 0 },
  lines: [],
  preview: EMPTY_PREVIEW,
  outcome: undefined,
  today: [],
  model: { state: 'loading' },
  notices: [],
  settings: DEFAULT_SETTINGS,
  keys: { state: 'starting' },
  devices: [],
  processes: [],
  timings: [],
  models: [],
  readings: [],
}

/** Where a page finds the sound of a dictation, relative to the app's origin. */
export function recordingPath(id: DictationId): string {
  return `recordings/${id}.wav`
}
