/** Sound as the audio thread gets it → mono frames of one length, each an array of its own. Pure. */
import { FRAME_SAMPLES, type Pcm } from '../../../shared/audio.ts'

/**
 * Frames of 32 ms: what the voice detector takes, short enough that the first one is there at once, and 31 messages
 * a second.
 */
export class Framer {
  readonly #emit: (frame: Pcm) => void
  #frame = new Float32Array(FRAME_SAMPLES)
  #filled = 0

  constructor(emit: (frame: Pcm) => void) {
    this.#emit = emit
  }

  /** @param channels of equal length, averaged: some microphones speak on one only. Copied: their buffers are used again. */
  push(channels: readonly Pcm[]): void {
    const length = channels[0]?.length ?? 0
    for (let index = 0; index < length; index++) {
      let sum = 0
      for (const channel of channels) sum += channel[index] ?? 0
      this.#frame[this.#filled++] = sum / channels.length
      if (this.#filled === FRAME_SAMPLES) this.flush()
    }
  }

  /** Emits what is there of the next frame; shorter than the others. */
  flush(): void {
    if (this.#filled === 0) return
    const frame = this.#filled === FRAME_SAMPLES ? this.#frame : this.#frame.slice(0, this.#filled)
    this.#frame = new Float32Array(FRAME_SAMPLES)
    this.#filled = 0
    this.#emit(frame)
  }
}
