/** What the page and its audio thread tell each other. */
import type { Pcm } from '../../../shared/audio.ts'

/** Either is answered by what there is of the next frame and `flushed`. */
export type ToWorklet = 'flush' | 'stop'
export type FromWorklet = Pcm | 'flushed'
