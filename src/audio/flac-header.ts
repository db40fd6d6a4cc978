/** What stands before the frames of a FLAC file (RFC 9639, section 8): STREAMINFO, then pictures and other metadata. */
import { viewOf } from './bytes.ts'
import { broken } from './faults.ts'
import type { FileBytes } from './file-bytes.ts'

const STREAM_INFO_BYTES = 34

export interface FlacHeader {
  /** Position of the first frame. */
  readonly frames: number
  /** undefined where the encoder did not know. */
  readonly seconds: number | undefined
}

/** @param start position of "fLaC". Rejects with audio-broken. */
export async function readFlacHeader(file: FileBytes, start: number): Promise<FlacHeader> {
  let seconds: number | undefined
  for (let at = start + 4; ;) {
    const head = await file.read(at, 4)
    if (head.length < 4) throw broken(file.path, 'ends inside its header')
    const word = viewOf(head).getUint32(0)
    const kind = (word >>> 24) & 0x7f
    const bytes = word & 0xffffff
    if (kind === 0) seconds = streamSeconds(await file.read(at + 4, STREAM_INFO_BYTES))
    at += 4 + bytes
    if (at > file.size) throw broken(file.path, 'ends inside its header')
    if (word >>> 31 === 1) return { frames: at, seconds }
  }
}

/** Bits 80 to 99 of STREAMINFO are the sample rate, bits 108 to 143 the number of samples (0: unknown). */
export function streamSeconds(info: Uint8Array): number | undefined {
  if (info.length < 18) return undefined
  const view = viewOf(info)
  const rate = view.getUint32(10) >>> 12
  const samples = (view.getUint8(13) & 15) * 2 ** 32 + view.getUint32(14)
  return rate === 0 || samples === 0 ? undefined : samples / rate
}
