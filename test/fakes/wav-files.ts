/** WAV files of every kind, right and wrong, built for tests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface WavParts {
  readonly container?: string
  readonly tag?: number
  readonly channels?: number
  readonly rate?: number
  readonly bits?: number
  readonly frameBytes?: number
  /** Wraps the tag into a WAVE_FORMAT_EXTENSIBLE header. */
  readonly extensible?: boolean
  readonly data?: Uint8Array
  /** What the data chunk claims, if not the truth. */
  readonly claimedBytes?: number
  /** Whole chunks before `fmt `, and behind the data. */
  readonly before?: readonly Uint8Array[]
  readonly after?: readonly Uint8Array[]
}

export function wavFile(parts: WavParts = {}): Uint8Array {
  const { data = new Uint8Array(0), claimedBytes = data.length, before = [], after = [] } = parts
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    ...before,
    chunk('fmt ', formatOf(parts)),
    chunk('data', data, claimedBytes),
    ...after,
  ])
  return chunk(parts.container ?? 'RIFF', body)
}

function formatOf(parts: WavParts): Uint8Array {
  const { tag = 1, channels = 1, rate = 16_000, bits = 16, extensible = false } = parts
  const frameBytes = parts.frameBytes ?? (channels * bits) / 8
  const format = Buffer.alloc(extensible ? 40 : 16)
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0)
  format.writeUInt16LE(channels, 2)
  format.writeUInt32LE(rate, 4)
  format.writeUInt32LE((rate * frameBytes) % 2 ** 32, 8)
  format.writeUInt16LE(frameBytes, 12)
  format.writeUInt16LE(bits, 14)
  if (extensible) {
    format.writeUInt16LE(22, 16)
    format.writeUInt16LE(bits, 18)
    format.writeUInt16LE(tag, 24)
    format.set(Buffer.from('000000001000800000aa00389b71', 'hex'), 26)
  }
  return format
}

/** A RIFF chunk, padded to an even length. */
export function chunk(id: string, body: Uint8Array, claimedBytes = body.length): Uint8Array {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(claimedBytes)
  return Buffer.concat([Buffer.from(id, 'latin1'), size, body, Buffer.alloc(body.length % 2)])
}

export type Writer = (into: Buffer, value: number, at: number) => void

/** How each depth is written, value in [-1, 1). */
export const WRITERS: Record<'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64', { bytes: number; write: Writer }> =
  {
    u8: { bytes: 1, write: (into, value, at) => into.writeUInt8(Math.round(value * 127) + 128, at) },
    s16: { bytes: 2, write: (into, value, at) => into.writeInt16LE(Math.round(value * 32_767), at) },
    s24: { bytes: 3, write: (into, value, at) => into.writeIntLE(Math.round(value * 8_388_607), at, 3) },
    s32: { bytes: 4, write: (into, value, at) => into.writeInt32LE(Math.round(value * 2_147_483_647), at) },
    f32: { bytes: 4, write: (into, value, at) => into.writeFloatLE(value, at) },
    f64: { bytes: 8, write: (into, value, at) => into.writeDoubleLE(value, at) },
  }

/** Interleaved samples. */
export function encode(values: Iterable<number>, encoding: keyof typeof WRITERS): Uint8Array {
  const { bytes, write } = WRITERS[encoding]
  const samples = [...values]
  const data = Buffer.alloc(samples.length * bytes)
  for (const [index, value] of samples.entries()) write(data, value, index * bytes)
  return data
}

/** `count` samples of a sine. */
export function sine(frequency: number, rate: number, count: number, amplitude = 1): Float32Array {
  const step = (2 * Math.PI * frequency) / rate
  return Float32Array.from({ length: count }, (_, index) => amplitude * Math.sin(step * index))
}

/** Amplitude of the sine that has the power of `samples`. */
export function amplitudeOf(samples: Float32Array): number {
  return Math.sqrt((2 * samples.reduce((sum, value) => sum + value * value, 0)) / samples.length)
}

/** A folder for one test file. */
export class TempFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'steno-audio-'))

  write(name: string, bytes: Uint8Array | string): string {
    const path = join(this.path, name)
    writeFileSync(path, bytes)
    return path
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** Numbers in [0, 1) that are the same in every run (Park and Miller's generator). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
