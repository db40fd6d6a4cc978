/** Features of audio that arrives bit by bit: each frame once, as soon as nothing that comes can change it. */
import type { Pcm } from '../../shared/audio.ts'
import type { FrameMajor } from './matrix.ts'

const HOP = 160

/** A front end that computes each frame from the audio around it, one frame every 10 ms. */
export interface LocalFrontEnd {
  /** Raw log-mels of a whole signal. */
  logMel(pcm: Pcm): FrameMajor
}

/** How far frame t reaches around sample 160 t. */
export interface FrameReach {
  /** Frames that audio must begin before it for its edge not to be seen. */
  readonly lead: number
  /** Samples that it needs from 160 t on. */
  readonly ahead: number
}

/** NeMo centres 400 samples on 160 t, and emphasises with the sample before. */
export const NEMO_REACH: FrameReach = { lead: 2, ahead: 200 }
/** Kaldi without snipped edges centres 400 samples on 160 t + 80. */
export const KALDI_REACH: FrameReach = { lead: 1, ahead: 280 }

export class IncrementalFeatures {
  readonly #frontEnd: LocalFrontEnd
  readonly #reach: FrameReach
  /** Audio from frame `#first` on; the frames below `#next` have been given. */
  #audio: Pcm = new Float32Array(0)
  #first = 0
  #next = 0

  constructor(frontEnd: LocalFrontEnd, reach: FrameReach) {
    this.#frontEnd = frontEnd
    this.#reach = reach
  }

  /** Goes on from here by itself. */
  fork(): IncrementalFeatures {
    const other = new IncrementalFeatures(this.#frontEnd, this.#reach)
    other.#audio = this.#audio
    other.#first = this.#first
    other.#next = this.#next
    return other
  }

  /** The frames that are final now: the same, bit for bit, as those of the whole signal. */
  push(pcm: Pcm): FrameMajor {
    this.#append(pcm)
    const known = this.#first + Math.floor((this.#audio.length - this.#reach.ahead) / HOP) + 1
    return this.#until(Math.max(known, this.#next))
  }

  /** No more audio comes: the frames that reach beyond its end. */
  finish(): FrameMajor {
    return this.#until(Infinity)
  }

  #until(end: number): FrameMajor {
    // Nothing is computed for a few samples.
    const audio = end > this.#next ? this.#audio : new Float32Array(0)
    const { data, frames, bands } = this.#frontEnd.logMel(audio)
    const last = Math.min(end, this.#first + frames)
    const count = Math.max(0, last - this.#next)
    const at = (this.#next - this.#first) * bands
    this.#next += count
    this.#forget()
    return { layout: 'frame-major', data: data.slice(at, at + count * bands), frames: count, bands }
  }

  #forget(): void {
    const first = Math.max(0, this.#next - this.#reach.lead)
    this.#audio = this.#audio.slice((first - this.#first) * HOP)
    this.#first = first
  }

  #append(pcm: Pcm): void {
    const joined = new Float32Array(this.#audio.length + pcm.length)
    joined.set(this.#audio)
    joined.set(pcm, this.#audio.length)
    this.#audio = joined
  }
}
