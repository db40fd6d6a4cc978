/** Made-up weights by the hundred million: one block of random numbers, repeated. */
import { RandomWeights } from '../../test/onnx/random.ts'

/** Prime, so that no row of a matrix repeats the one before it. */
const BLOCK = 1_048_573

const floats = new RandomWeights(1).values(BLOCK)
const bytes = Uint8Array.from(floats, (number) => Math.floor(128 * (number + 1)))

export function randomBytes(count: number): Uint8Array {
  return repeated(bytes, count)
}

/** float32 of that deviation, as bytes. */
export function randomFloats(count: number, deviation: number): Uint8Array {
  const scaled = floats.subarray(0, count).map((number) => number * deviation * Math.sqrt(3))
  const block = new Uint8Array(scaled.buffer)
  return repeated(block, 4 * count)
}

function repeated(block: Uint8Array, length: number): Uint8Array {
  const all = new Uint8Array(length)
  for (let at = 0; at < length; at += block.length)
    all.set(block.subarray(0, Math.min(block.length, length - at)), at)
  return all
}
