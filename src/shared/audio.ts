/** The one audio format inside Steno: mono float32 at 16 kHz, nominally in [-1, 1]. */
export type Pcm = Float32Array

export const SAMPLE_RATE = 16_000

/** Samples in one VAD frame (32 ms): the size Silero was trained on. */
export const FRAME_SAMPLES = 512

export function secondsOf(samples: number): number {
  return samples / SAMPLE_RATE
}

export function samplesOf(seconds: number): number {
  return Math.round(seconds * SAMPLE_RATE)
}
