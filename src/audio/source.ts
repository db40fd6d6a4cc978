/** What every file format comes down to before resampling. */

/** Mono samples, nominally in [-1, 1], and their rate in Hz; the rate may change from one stretch to the next. */
export interface Stretch {
  readonly pcm: Float32Array
  readonly rate: number
}

export interface AudioSource {
  /** From the headers: an estimate for progress bars. */
  readonly durationSeconds: number | undefined
  /** What was odd but survivable; complete once `stretches` has ended. */
  readonly warnings: readonly string[]
  /** All of the sound in pieces of bounded size; to be consumed once. */
  stretches(): AsyncGenerator<Stretch>
}
