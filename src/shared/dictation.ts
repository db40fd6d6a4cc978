/** What a window may know of a dictation. */
import type { WireError } from './errors.ts'

/** Grows by one with each dictation of a run. */
export type DictationId = number

export type DictationState =
  | { readonly kind: 'idle' }
  /** Begun; no sample has come yet. */
  | { readonly kind: 'starting'; readonly id: DictationId }
  | {
      readonly kind: 'listening'
      readonly id: DictationId
      readonly seconds: number
      readonly lagSeconds: number
    }
  | { readonly kind: 'finishing'; readonly id: DictationId; readonly lagSeconds: number }

export interface AppSnapshot {
  readonly state: DictationState
  /** Lines of the dictation in work, or of the last one. */
  readonly lines: readonly string[]
  /** Why the last dictation has no text, until the next one begins. */
  readonly error: WireError | undefined
  readonly model: string | undefined
}
