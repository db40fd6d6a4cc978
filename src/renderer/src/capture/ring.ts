/** Keeps the last moments of sound that belong to no dictation yet. Pure. */
import { secondsOf, type Pcm } from '../../../shared/audio.ts'

export class Ring {
  readonly #ms: number
  #frames: Pcm[] = []
  #samples = 0

  /** @param ms that are kept. */
  constructor(ms: number) {
    this.#ms = ms
  }

  push(frame: Pcm): void {
    this.#frames.push(frame)
    this.#samples += frame.length
    this.#forget(this.#ms)
  }

  /** Hands over the last `ms` (as far as they are kept, and at most a frame more), oldest first, and begins anew. */
  take(ms: number): readonly Pcm[] {
    this.#forget(ms)
    const frames = this.#frames
    this.clear()
    return frames
  }

  clear(): void {
    this.#frames = []
    this.#samples = 0
  }

  /** Lets go of whole frames only, so that at least `ms` stay. */
  #forget(ms: number): void {
    let frames = 0
    for (const { length } of this.#frames) {
      if (1_000 * secondsOf(this.#samples - length) < ms) break
      this.#samples -= length
      frames += 1
    }
    this.#frames.splice(0, frames)
  }
}
