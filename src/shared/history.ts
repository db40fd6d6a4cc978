/** What a window may ask of all dictations there ever were, and of the files that are kept. */
import type { DictationId, DictationRow, Outcome } from './dictation.ts'
import type { Word } from './transcript.ts'

/** One dictation in the history. */
export interface HistoryRow extends DictationRow {
  readonly starred: boolean
  readonly tags: readonly string[]
  /** Name of the model that decoded it; undefined where nobody wrote it down. */
  readonly model: string | undefined
}

/** All that is said must hold. */
export interface HistoryQuery {
  /** Words that the text or a tag has, each from its beginning. */
  readonly text: string
  /** Milliseconds since 1970; null: from the first. */
  readonly since: number | null
  readonly outcome: Outcome['kind'] | null
  readonly starred: boolean
  readonly tag: string | null
}

export const EVERYTHING: HistoryQuery = { text: '', since: null, outcome: null, starred: false, tag: null }

export interface HistoryPage {
  /** Newest first. */
  readonly rows: readonly HistoryRow[]
  /** Of all that fit, not of this page. */
  readonly found: number
  readonly seconds: number
  /** All that are in use, in their order. */
  readonly tags: readonly string[]
}

export const EXPORT_FORMATS = ['txt', 'md', 'json', 'csv', 'srt'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What another reading of the same sound says. */
export interface AnotherReading {
  readonly model: string
  readonly text: string
  readonly realTimeFactor: number
}

/** Words of the raw text with their times in the recording, in seconds. */
export type SpokenWords = readonly Word[]

/** One kind of file that Steno keeps. */
export interface KeptFiles {
  readonly kind: 'settings' | 'history' | 'sounds' | 'models' | 'logs' | 'crashes'
  readonly path: string
  readonly files: number
  readonly bytes: number
}

/** One request over the network. */
export interface NetworkRequest {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly url: string
  /** What for, in words for people. */
  readonly why: string
}

export interface PrivacyReport {
  readonly kept: readonly KeptFiles[]
  /** Newest first; the last of them. */
  readonly requests: readonly NetworkRequest[]
}

export type HistorySelection =
  | { readonly ids: readonly DictationId[] }
  /** All that fit. */
  | { readonly query: HistoryQuery }
