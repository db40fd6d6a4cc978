/** The `fmt ` chunk of a WAV file: how its samples are written, checked before anything is read by it. */
import { viewOf } from './bytes.ts'
import { broken, unsupported } from './faults.ts'
import { HIGHEST_RATE, isSampleRate, LOWEST_RATE } from './resample.ts'
import { sampleBytes, type Encoding } from './sample-encodings.ts'

export interface WavFormat {
  readonly encoding: Encoding
  readonly channels: number
  /** Hz. */
  readonly rate: number
  /** Bytes of one sample of every channel. */
  readonly frameBytes: number
}

/** Tags from Microsoft's mmreg.h. */
const EXTENSIBLE = 0xfffe
const CODEC_NAMES = new Map([
  [0x0002, 'MS ADPCM'],
  [0x0011, 'IMA ADPCM'],
  [0x0031, 'GSM 6.10'],
  [0x0040, 'G.721 ADPCM'],
  [0x0045, 'G.726 ADPCM'],
  [0x0050, 'MPEG layer 1 or 2'],
  [0x0055, 'MP3'],
  [0x0092, 'AC-3'],
  [0x00ff, 'AAC'],
  [0x0161, 'Windows Media Audio'],
  [0x1610, 'AAC'],
  [0xf1ac, 'FLAC'],
])

/** @param body of the chunk. Throws audio-broken for nonsense, audio-unsupported for other codecs. */
export function parseWavFormat(body: Uint8Array, path: string): WavFormat {
  if (body.length < 16) throw broken(path, 'ends inside its header')
  const view = viewOf(body)
  const channels = view.getUint16(2, true)
  const rate = view.getUint32(4, true)
  const frameBytes = view.getUint16(12, true)
  const bits = view.getUint16(14, true)
  const encoding = encodingOf(codecTag(view, path), bits, path)
  if (channels === 0) throw broken(path, 'claims to have no channels')
  if (!isSampleRate(rate)) {
    throw broken(path, `claims ${rate} samples a second, where ${LOWEST_RATE} to ${HIGHEST_RATE} make sense`)
  }
  if (frameBytes !== channels * sampleBytes(encoding)) {
    throw broken(path, `has a contradictory header: ${channels} × ${bits} bits in ${frameBytes} bytes`)
  }
  return { encoding, channels, rate, frameBytes }
}

/** The extensible form keeps the tag in the first two bytes of its codec's GUID. */
function codecTag(view: DataView, path: string): number {
  const tag = view.getUint16(0, true)
  if (tag !== EXTENSIBLE) return tag
  if (view.byteLength < 26) throw broken(path, 'ends inside its header')
  return view.getUint16(24, true)
}

/** Odd depths (12 or 20 bits) fill their bytes from the top, so they read as the next whole number of bytes. */
function encodingOf(tag: number, bits: number, path: string): Encoding {
  const encodings = encodingsOf(tag)
  if (encodings === undefined) {
    const codec = CODEC_NAMES.get(tag) ?? 'an unknown codec'
    throw unsupported(path, `a WAV file with ${codec} (tag 0x${tag.toString(16).padStart(4, '0')})`)
  }
  if (bits === 0) throw broken(path, 'claims to have samples of 0 bits')
  const encoding = encodings[Math.ceil(bits / 8)]
  if (encoding === undefined) throw unsupported(path, `a WAV file with ${bits}-bit samples (tag ${tag})`)
  return encoding
}

/** What a tag stands for by bytes per sample. */
function encodingsOf(tag: number): Partial<Record<number, Encoding>> | undefined {
  switch (tag) {
    case 1:
      return { 1: 'u8', 2: 's16', 3: 's24', 4: 's32' }
    case 3:
      return { 4: 'f32', 8: 'f64' }
    case 6:
      return { 1: 'alaw' }
    case 7:
      return { 1: 'mulaw' }
    default:
      return undefined
  }
}
