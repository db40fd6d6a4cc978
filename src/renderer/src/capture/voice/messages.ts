/** What the page and the voice detector's thread tell each other. */
import type { Pcm } from '../../../../shared/audio.ts'

export type ToVoice =
  /** Speech of before does not go on here. */
  { readonly kind: 'reset' } | { readonly kind: 'frame'; readonly pcm: Pcm }

export type FromVoice =
  /** One frame is done with. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'speaking' | 'silent' }
  | { readonly kind: 'failed'; readonly detail: string }
