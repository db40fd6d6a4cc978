/** Mono WAV files: 16-bit whole numbers, or 32-bit floats where nothing may be lost. */
import { SAMPLE_RATE } from '../shared/audio.ts'

export interface WavOptions {
  /** Hz; 16000 by default. */
  readonly rate?: number
  /** 16 (PCM, by default) or 32 (IEEE float). */
  readonly bits?: 16 | 32
}

export const WAV_HEADER_BYTES = 44

/** The 44 bytes before `samples` samples; whoever streams writes them again when the count is known. */
export function wavHeader(samples: number, { rate = SAMPLE_RATE, bits = 16 }: WavOptions = {}): Uint8Array {
  const frameBytes = bits / 8
  const header = new Uint8Array(WAV_HEADER_BYTES)
  const view = new DataView(header.buffer)
  header.set(Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'))
  view.setUint32(4, 36 + samples * frameBytes, true)
  view.setUint32(16, 16, true)
  view.setUint16(20, bits === 16 ? 1 : 3, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * frameBytes, true)
  view.setUint16(32, frameBytes, true)
  view.setUint16(34, bits, true)
  header.set(Buffer.from('data', 'latin1'), 36)
  view.setUint32(40, samples * frameBytes, true)
  return header
}

/** A whole file. At 16 bits samples are rounded, and clipped to [-1, 1). */
export function encodeWav(pcm: Float32Array, options: WavOptions = {}): Uint8Array {
  const bits = options.bits ?? 16
  const file = new Uint8Array(WAV_HEADER_BYTES + (pcm.length * bits) / 8)
  file.set(wavHeader(pcm.length, options))
  const view = new DataView(file.buffer, WAV_HEADER_BYTES)
  for (const [index, sample] of pcm.entries()) {
    if (bits === 32) view.setFloat32(index * 4, sample, true)
    else view.setInt16(index * 2, Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))), true)
  }
  return file
}
