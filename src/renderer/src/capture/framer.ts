/** Sound as a device gives it → mono frames at 16 kHz, of one length, each an array of its own. Pure. */
import { Resampler } from '../../../audio/resample.ts'
import { FRAME_SAMPLES, type Pcm } from '../../../shared/audio.ts'

/**
 * Frames of 32 ms: what the voice detector takes, short enough that the first one is there at once, and 31 messages
 * a second.
 */
export class Framer {
  readonly #emit: (frame: Pcm) => void
  #rate = 0
  #resampler: Resampler | undefined
  #frame = new Float32Array(FRAME_SAMPLES)
  #filled = 0

  constructor(emit: (frame: Pcm) => void) {
    this.#emit = emit
  }

  /**
   * @param channels of equal length; averaged, for some microphones speak on one only.
   * @param rate in Hz; it may change, as when a headset changes its profile. RangeError when it is none.
   */
  push(channels: readonly Pcm[], rate: number): void {
    if (this.#resampler === undefined || rate !== this.#rate) {
      this.#fill(this.#resampler?.flush() ?? new Float32Array(0))
      this.#resampler = new Resampler(rate)
      this.#rate = rate
    }
    this.#fill(this.#resampler.push(mono(channels)))
  }

  /** Emits the rest, shorter than other frames. Ends it. */
  flush(): void {
    this.#fill(this.#resampler?.flush() ?? new Float32Array(0))
    if (this.#filled > 0) this.#emit(this.#frame.slice(0, this.#filled))
    this.#resampler = undefined
    this.#filled = 0
  }

  #fill(pcm: Pcm): void {
    for (let from = 0; from < pcm.length;) {
      const part = pcm.subarray(from, from + FRAME_SAMPLES - this.#filled)
      this.#frame.set(part, this.#filled)
      this.#filled += part.length
      from += part.length
      if (this.#filled < FRAME_SAMPLES) return
      this.#emit(this.#frame)
      this.#frame = new Float32Array(FRAME_SAMPLES)
      this.#filled = 0
    }
  }
}

function mono(channels: readonly Pcm[]): Pcm {
  const [first = new Float32Array(0), ...others] = channels
  if (others.length === 0) return first
  return first.map(
    (sample, at) => others.reduce((sum, channel) => sum + (channel[at] ?? 0), sample) / channels.length,
  )
}
