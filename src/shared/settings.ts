/**
 * What the user can choose. Flat, so that one broken value costs only itself; main/settings checks and keeps it.
 * The schema in main/settings/schema.ts is held to this type by the compiler.
 */
import type { Replacement } from './edits.ts'
import type { Chord } from './keys.ts'
import { BUILT_IN_MODEL, type ModelName } from './models.ts'

/** hold: talk while the key is down · toggle: press, talk, press · auto: a tap toggles, a hold talks. */
export type TalkMode = 'hold' | 'toggle' | 'auto'

/** A microphone as the browser names it. The label finds it again when the id has changed. */
export interface DeviceChoice {
  readonly id: string
  readonly label: string
}

export interface Settings {
  /** Microphones in the order they are tried; the system's own choice comes after the last. */
  readonly microphones: readonly DeviceChoice[]
  /** Keeps the microphone open while idle, so that what was said just before the key is there too. */
  readonly keepMicrophoneOpen: boolean
  readonly talkMode: TalkMode
  /** Watched by the key hook: can be held, may be a modifier alone. */
  readonly talkKey: Chord | null
  /** Pressed while the talk key is held, it lets go of the key and goes on listening. */
  readonly latchKey: Chord | null
  /** These go through the system's own shortcuts and work where no hook does. */
  readonly toggleKey: Chord | null
  readonly cancelKey: Chord | null
  readonly undoKey: Chord | null
  readonly copyLastKey: Chord | null
  readonly retryLastKey: Chord | null
  /** The last text as it was heard; once more, as it was edited. */
  readonly rawKey: Chord | null
  /** Starts and finishes like `toggleKey`, with `otherModel`. */
  readonly otherTalkKey: Chord | null
  readonly otherModel: ModelName | null
  /** The voice itself starts and ends dictations. */
  readonly handsFree: boolean
  /** Silence that ends a hands-free utterance. */
  readonly handsFreeSilenceMs: number
  /** Ends a dictation that no key is held for after this silence; null never does. */
  readonly autoStopSilenceMs: number | null
  /** ISO 639 code of what is spoken; null where the model finds out. */
  readonly language: string | null
  /** English text whatever is spoken, where the model can. */
  readonly translate: boolean
  readonly model: ModelName
  /** By ISO 639 code: what reads instead of `model` while `language` is that one. */
  readonly modelByLanguage: Readonly<Record<string, ModelName>>
  /** Where models come from instead of the hub: an address without a slash at its end. */
  readonly modelMirror: string | null
  /** Whether the Dictate page offers the recommended model. */
  readonly offerModel: boolean
  /** Names and words to favour, as they are to be written. */
  readonly vocabulary: readonly string[]
  /** Writes what a person would have typed; off, the text is the recogniser's own. Those below count only then. */
  readonly editText: boolean
  readonly sentenceCasing: boolean
  readonly fullStops: boolean
  /** Whether “comma” is a mark. careful: where it can hardly be a word · always: where it could be a mark. */
  readonly spokenMarks: 'off' | 'careful' | 'always'
  readonly numbersAsDigits: boolean
  readonly removeFillers: boolean
  readonly removeStutter: boolean
  /** Words and phrases of the user's own, whole words. */
  readonly replacements: readonly Replacement[]
  /** Dictations older than so many days, more than so many, or with more sound than so much are let go; null keeps all. */
  readonly keepDays: number | null
  readonly keepCount: number | null
  readonly keepMegabytes: number | null
  readonly sounds: boolean
  readonly overlay: 'top' | 'bottom' | 'off'
  readonly theme: 'system' | 'light' | 'dark'
  /** What closing the window means. */
  readonly whenClosed: 'tray' | 'quit'
  readonly openAtLogin: boolean
}

/** The settings that hold keys. */
export type KeySetting = {
  // None of them must be set: that is what tells a chord from any other list of words.
  [K in keyof Settings]: null extends Settings[K] ? (Settings[K] extends Chord | null ? K : never) : never
}[keyof Settings]

export const DEFAULT_SETTINGS: Settings = {
  microphones: [],
  keepMicrophoneOpen: false,
  talkMode: 'auto',
  talkKey: ['ControlRight'],
  latchKey: ['Space'],
  toggleKey: ['Control', 'Shift', 'Space'],
  cancelKey: ['Escape'],
  undoKey: ['Control', 'Alt', 'KeyZ'],
  copyLastKey: ['Control', 'Alt', 'KeyC'],
  retryLastKey: ['Control', 'Alt', 'KeyR'],
  rawKey: ['Control', 'Alt', 'KeyX'],
  otherTalkKey: null,
  otherModel: null,
  handsFree: false,
  handsFreeSilenceMs: 1_500,
  autoStopSilenceMs: null,
  language: null,
  translate: false,
  model: BUILT_IN_MODEL,
  modelByLanguage: {},
  modelMirror: null,
  offerModel: true,
  vocabulary: [],
  editText: true,
  sentenceCasing: true,
  fullStops: true,
  spokenMarks: 'careful',
  numbersAsDigits: true,
  removeFillers: true,
  removeStutter: true,
  replacements: [],
  keepDays: null,
  keepCount: null,
  keepMegabytes: null,
  sounds: true,
  overlay: 'bottom',
  theme: 'system',
  whenClosed: 'tray',
  openAtLogin: false,
}
