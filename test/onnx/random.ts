/** Made-up weights: the same for the same seed. */
import { tensor, type TensorProto } from './writer.ts'

export class RandomWeights {
  #state: number

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0
    this.next()
  }

  /** In [−1, 1). Xorshift (Marsaglia 2003): the low bits are as random as the high ones. */
  next(): number {
    let state = this.#state === 0 ? 1 : this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state >>> 0
    return this.#state / 2 ** 31 - 1
  }

  values(count: number, limit = 1): Float32Array {
    return Float32Array.from({ length: count }, () => limit * this.next())
  }

  /** Keeps the variance of its inputs (LeCun initialisation), times `gain`. */
  matrix(name: string, dims: readonly number[], fanIn: number, gain = 1): TensorProto {
    const count = dims.reduce((product, dim) => product * dim, 1)
    return tensor(name, 'float', dims, this.values(count, gain * Math.sqrt(3 / fanIn)))
  }
}

/** Something with pitches, pauses and hiss in it, so that a made-up model has different things to say. */
export function babble(seed: number, samples: number): Float32Array {
  const random = new RandomWeights(seed)
  const audio = new Float32Array(samples)
  let [pitch, loudness, phase, left] = [200, 0, 0, 0]
  for (let i = 0; i < samples; i++, left--) {
    if (left <= 0) {
      left = 800 + 2400 * Math.abs(random.next())
      pitch = 150 + 3000 * random.next() ** 2
      loudness = Math.max(0, 0.4 * random.next() + 0.15)
    }
    phase += (2 * Math.PI * pitch) / 16_000
    audio[i] =
      loudness * (Math.sin(phase) + 0.5 * Math.sin(3 * phase) + 0.2 * random.next()) + 0.002 * random.next()
  }
  return audio
}
