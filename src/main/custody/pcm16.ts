/**
 * The sixteen bits in which sound is kept. Frames are rounded once, as they come in, so that the file and the worker
 * have the very same samples and a decode from the file gives the same text.
 */
import type { Pcm } from '../../shared/audio.ts'

const SCALE = 32_768
const MOST = 32_767

/** Nearest 16-bit values as floats; what lies outside [-1, 1) is clipped. */
export function rounded(pcm: Pcm): Pcm {
  return pcm.map((sample) => Math.min(MOST, Math.max(-SCALE, Math.round(sample * SCALE))) / SCALE)
}

/** Little-endian bytes of frames that `rounded` made. */
export function toBytes(pcm: Pcm): Uint8Array {
  const bytes = new Uint8Array(2 * pcm.length)
  const view = new DataView(bytes.buffer)
  for (const [index, sample] of pcm.entries()) view.setInt16(2 * index, sample * SCALE, true)
  return bytes
}

/** A trailing half sample, as a crash may leave it, is not counted. */
export function fromBytes(bytes: Uint8Array): Pcm {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return Float32Array.from(
    { length: Math.floor(bytes.length / 2) },
    (_, index) => view.getInt16(2 * index, true) / SCALE,
  )
}
