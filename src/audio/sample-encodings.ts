/**
 * How WAV files write a sample, turned into numbers. Whole-number encodings come out in [-1, 1); float samples keep
 * their value beyond it, since clipping would distort what a later gain could still rescue.
 */
export type Encoding = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64' | 'alaw' | 'mulaw'

/** No sample can be this large, not even where 32-bit whole numbers were stored as floats. */
const IMPOSSIBLE = 2 ** 32

type ReadSample = (view: DataView, at: number) => number

interface Codec {
  readonly bytes: number
  readonly read: ReadSample
}

const CODECS: Record<Encoding, Codec> = {
  u8: { bytes: 1, read: (view, at) => (view.getUint8(at) - 128) / 128 },
  s16: { bytes: 2, read: (view, at) => view.getInt16(at, true) / 2 ** 15 },
  s24: {
    bytes: 3,
    read: (view, at) => (view.getInt8(at + 2) * 2 ** 16 + view.getUint16(at, true)) / 2 ** 23,
  },
  s32: { bytes: 4, read: (view, at) => view.getInt32(at, true) / 2 ** 31 },
  f32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  f64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  alaw: { bytes: 1, read: byTable(fromALaw) },
  mulaw: { bytes: 1, read: byTable(fromMuLaw) },
}

export function sampleBytes(encoding: Encoding): number {
  return CODECS[encoding].bytes
}

export interface Mono {
  readonly pcm: Float32Array
  /** Samples that were no plausible number and became 0. */
  readonly impossible: number
}

/** The mean of `channels` interleaved channels; an incomplete frame at the end is left out. */
export function decodeMono(bytes: Uint8Array, encoding: Encoding, channels: number): Mono {
  const codec = CODECS[encoding]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pcm = new Float32Array(Math.floor(bytes.length / (codec.bytes * channels)))
  let impossible = 0
  let at = 0
  for (let frame = 0; frame < pcm.length; frame++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) {
      const sample = codec.read(view, at)
      if (Math.abs(sample) < IMPOSSIBLE) sum += sample
      else impossible++
      at += codec.bytes
    }
    pcm[frame] = sum / channels
  }
  return { pcm, impossible }
}

function byTable(expand: (byte: number) => number): ReadSample {
  const table = Float32Array.from({ length: 256 }, (_, byte) => expand(byte) / 2 ** 15)
  return (view, at) => table[view.getUint8(at)] ?? 0
}

/** ITU-T G.711 A-law: sign, three bits of exponent, four of mantissa, even bits inverted; in 16-bit steps. */
function fromALaw(byte: number): number {
  const code = byte ^ 0x55
  const exponent = (code >> 4) & 7
  const mantissa = ((code & 15) << 4) + 8
  const size = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1)
  return (code & 0x80) === 0 ? -size : size
}

/** ITU-T G.711 mu-law: as A-law, but all bits inverted and the steps shifted by a bias of 132. */
function fromMuLaw(byte: number): number {
  const code = byte ^ 0xff
  const size = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132
  return (code & 0x80) === 0 ? size : -size
}
