/** What an Ogg file carries and how long it plays; the pages themselves are src/audio/ogg-pages.ts. */
import { findLastText, findText, textAt, viewOf } from './bytes.ts'
import { unsupported } from './faults.ts'
import type { FileBytes } from './file-bytes.ts'
import { streamSeconds } from './flac-header.ts'
import { LARGEST_PAGE_BYTES, oggPages } from './ogg-pages.ts'

export type OggCodec = 'opus' | 'vorbis' | 'flac'

/** First bytes of a stream's first packet: RFC 7845, the Vorbis I specification, RFC 9639 section 10.1. */
const MARKS: Record<OggCodec, string> = { opus: 'OpusHead', vorbis: '\x01vorbis', flac: '\x7fFLAC' }
const CODECS: readonly OggCodec[] = ['opus', 'vorbis', 'flac']
/** All streams announce themselves before any goes on, so they are found near the beginning. */
const HEAD_BYTES = 4096

export interface OggHeader {
  readonly codec: OggCodec
  readonly seconds: number | undefined
}

/** Rejects with audio-unsupported where no stream is one we decode. */
export async function readOggHeader(file: FileBytes, start: number): Promise<OggHeader> {
  const head = await file.read(start, HEAD_BYTES)
  for (const codec of CODECS) {
    const at = findText(head, MARKS[codec])
    if (at >= 0) return { codec, seconds: await playingTime(file, codec, head.subarray(at)) }
  }
  throw unsupported(
    file.path,
    findText(head, 'Speex   ') < 0 ? 'an Ogg file of an unknown codec' : 'an Ogg Speex file',
  )
}

/** The last page counts the samples up to its end (its granule position). */
async function playingTime(
  file: FileBytes,
  codec: OggCodec,
  packet: Uint8Array,
): Promise<number | undefined> {
  if (codec === 'flac') return streamSeconds(packet.subarray(17))
  if (packet.length < 16) return undefined
  const tail = await file.read(Math.max(0, file.size - LARGEST_PAGE_BYTES), LARGEST_PAGE_BYTES)
  const page = findLastText(tail, 'OggS')
  if (page < 0 || page + 14 > tail.length) return undefined
  const samples = Number(viewOf(tail).getBigInt64(page + 6, true))
  const head = viewOf(packet)
  const seconds =
    codec === 'opus' ? (samples - head.getUint16(10, true)) / 48_000 : samples / head.getUint32(12, true)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

export interface OggPart {
  readonly bytes: Uint8Array
  /** Another stream begins here, as where files were put one behind the other: the decoder starts anew. */
  readonly anew: boolean
}

/** The pages of the first stream of `codec`, then of the one after it, and so on; other streams are left out. */
export async function* oggParts(
  file: FileBytes,
  start: number,
  codec: OggCodec,
  damaged: () => void,
): AsyncGenerator<OggPart> {
  let serial: number | undefined
  let flowing = false
  for await (const page of oggPages(file, start, damaged)) {
    const announced: boolean = page.begins && (serial === undefined || flowing) && isOf(codec, page.body)
    if (announced) serial = page.serial
    if (page.serial !== serial) continue
    yield { bytes: page.bytes, anew: announced && flowing }
    flowing = !announced
  }
}

function isOf(codec: OggCodec, body: Uint8Array): boolean {
  return textAt(body, 0, MARKS[codec].length) === MARKS[codec]
}
