/** Notices a microphone that the system has muted: exact zeros for seconds, which no real one gives. Pure. */
import { secondsOf, type Pcm } from '../../../shared/audio.ts'

export class MuteWatch {
  readonly #seconds: number
  #zeros = 0
  #muted = false

  /** @param ms of exact zeros that mean muted. */
  constructor(ms: number) {
    this.#seconds = ms / 1_000
  }

  /** Says what has just become true, once per mute. */
  push(frame: Pcm): 'muted' | 'unmuted' | undefined {
    if (frame.some((sample) => sample !== 0)) {
      this.#zeros = 0
      if (!this.#muted) return undefined
      this.#muted = false
      return 'unmuted'
    }
    this.#zeros += frame.length
    if (this.#muted || secondsOf(this.#zeros) < this.#seconds) return undefined
    this.#muted = true
    return 'muted'
  }

  /** Frames were left out: zeros before and after do not add up. Whether it is muted stays known. */
  skip(): void {
    this.#zeros = 0
  }
}
