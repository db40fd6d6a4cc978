/** What the microphone plays in these tests, and how to tell that none of it went missing. */
import { samplesOf, SAMPLE_RATE, type Pcm } from '../../../src/shared/audio.ts'

const HERTZ = 440

/** Whole periods of a sine wave. */
export function tone(seconds: number): Pcm {
  return Float32Array.from({ length: samplesOf(seconds) }, (_, n) => 0.5 * Math.sin(angle(n)))
}

export function silence(seconds: number): Pcm {
  return new Float32Array(samplesOf(seconds))
}

/**
 * Samples at which a tone is not the sine wave it began as: each of a sine follows from the two before it
 * (x[n+1] = 2 cos(w) x[n] - x[n-1]), and a sample that is missing, doubled or zero breaks that.
 */
export function breaksOf(pcm: Pcm): number[] {
  const begin = pcm.findIndex((sample) => Math.abs(sample) > 0.1)
  const factor = 2 * Math.cos(angle(1))
  const breaks: number[] = []
  // The device's own beginning is steep.
  for (let n = begin + 200; n + 1 < pcm.length; n++) {
    const expected = factor * (pcm[n] ?? 0) - (pcm[n - 1] ?? 0)
    if (Math.abs((pcm[n + 1] ?? 0) - expected) > 0.01) breaks.push(n)
  }
  return begin < 0 ? [0] : breaks
}

function angle(samples: number): number {
  return (2 * Math.PI * HERTZ * samples) / SAMPLE_RATE
}
