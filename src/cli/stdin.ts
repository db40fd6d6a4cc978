/** Raw PCM from a byte stream. */
import type { Readable } from 'node:stream'
import type { Pcm } from '../shared/audio.ts'

/** Signed 16 bit little-endian mono bytes → float32 in [-1, 1); a last odd byte is no sample and is left. */
export async function* pcmFromBytes(bytes: Readable): AsyncGenerator<Pcm> {
  let left: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const all = left.length === 0 ? chunk : Buffer.concat([left, chunk])
    const samples = Math.floor(all.length / 2)
    const pcm = new Float32Array(samples)
    for (let index = 0; index < samples; index++) pcm[index] = all.readInt16LE(2 * index) / 32_768
    left = all.subarray(2 * samples)
    if (samples > 0) yield pcm
  }
}
