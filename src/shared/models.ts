/** What a window knows of the models there are, and of those on disk. */
import type { WireError } from './errors.ts'

/** Names a model everywhere: in the settings, in the catalogue, and its folder on disk. Lower case, digits, dots, dashes. */
export type ModelName = string

/** The one that comes with Steno: always there, never removed. */
export const BUILT_IN_MODEL: ModelName = 'starter-en'

/** How much of a model is known before it is loaded. */
export interface ModelCard {
  readonly name: ModelName
  /** For people. */
  readonly title: string
  readonly family: string
  /** ISO 639 codes; empty where nobody knows (an imported folder). */
  readonly languages: readonly string[]
  /** SPDX id, or the name its makers give it. */
  readonly licence: string
  /** Of all its files. */
  readonly bytes: number
  /** Of a worker that has loaded it, estimated. */
  readonly memoryBytes: number
  /** On a processor of today: instant far below real time · steady below it · slow near it. */
  readonly speed: 'instant' | 'steady' | 'slow'
  /** One line: what it is good for. */
  readonly goodFor: string
  /** Whether every file's hash was known before anything was fetched. Those that are not are noted at the first download. */
  readonly pinned: boolean
  readonly origin: 'built-in' | 'catalogue' | 'imported'
}

export type ModelState =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'downloading'
      readonly bytes: number
      readonly total: number
      /** Over the last seconds; 0 until there is a measure. */
      readonly bytesPerSecond: number
      /** Undefined until there is a measure. */
      readonly secondsLeft: number | undefined
    }
  /** What has come is kept, over restarts too. */
  | { readonly kind: 'paused'; readonly bytes: number; readonly total: number }
  | { readonly kind: 'failed'; readonly bytes: number; readonly total: number; readonly error: WireError }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'installed' }
  /** On disk, and not what it should be. */
  | { readonly kind: 'broken'; readonly error: WireError }

export interface ModelRow {
  readonly card: ModelCard
  readonly state: ModelState
  /** What uses it, in words for people: “all dictations”, “German”, “the talk key”. */
  readonly usedBy: readonly string[]
  /** For this machine and the language of the settings; at most one row. */
  readonly recommended: boolean
}

/** One model's reading of the recording that models are compared on. */
export interface Reading {
  readonly name: ModelName
  readonly result:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'reading' }
    | {
        readonly kind: 'read'
        readonly text: string
        /** Seconds of decoding per second of sound. */
        readonly realTimeFactor: number
      }
    | { readonly kind: 'failed'; readonly error: WireError }
}
