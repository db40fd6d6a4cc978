/** Keeps the last moments of sound that belong to no dictation yet. Pure. */
import { secondsOf, type Pcm } from '../../../shared/audio.ts'

export class Ring {
  readonly #seconds: number
  #frames: Pcm[] = []
  #samples = 0

  /** @param ms that are kept at least, once so much was pushed; at most one frame more. */
  constructor(ms: number) {
    this.#seconds = ms / 1_000
  }

  push(frame: Pcm): void {
    this.#frames.push(frame)
    this.#samples += frame.length
    for (let oldest = this.#frames[0]; oldest !== undefined; oldest = this.#frames[0]) {
      if (secondsOf(this.#samples - oldest.length) < this.#seconds) break
      this.#frames.shift()
      this.#samples -= oldest.length
    }
  }

  /** Hands over what is kept, oldest first, and begins anew. */
  take(): readonly Pcm[] {
    const frames = this.#frames
    this.#frames = []
    this.#samples = 0
    return frames
  }
}
