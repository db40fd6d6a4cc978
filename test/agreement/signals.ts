/** Audio for decodes on made-up weights: nothing is said in it, but it differs from moment to moment. */
import { samplesOf } from '../../src/shared/audio.ts'

/** A rising tone with noise in it; another one for each seed. */
export function signal(seconds: number, seed: number): Float32Array {
  let state = seed
  return Float32Array.from({ length: samplesOf(seconds) }, (_, n) => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0
    const t = n / 16_000
    const tone = Math.sin(2 * Math.PI * (120 + 37 * seed) * t * (1 + 0.3 * t))
    return (0.3 * tone + 0.1 * (state / 2 ** 31 - 1)) * (0.6 + 0.4 * Math.sin(5 * t))
  })
}
