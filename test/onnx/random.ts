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
