/** What the page and the voice detector's thread tell each other. */
import type { Pcm } from '../../../../shared/audio.ts'

/** Frames are numbered by `at`. */
export interface NumberedFrame {
  readonly at: number
  readonly pcm: Pcm
}

export type ToVoice =
  /** Speech of before does not go on here. */
  { readonly kind: 'reset' } | (NumberedFrame & { readonly kind: 'frame' })

export type FromVoice =
  /** The detector has loaded, or is done with a frame. */
  | { readonly kind: 'ready' }
  /** Noticed with the frame `at`. */
  | { readonly kind: 'speaking' | 'silent'; readonly at: number }
  | { readonly kind: 'failed'; readonly detail: string }
