/**
 * The pages of an Ogg file (RFC 3533), whole and checked by their checksums: a decoder that gets half a page makes
 * up what is missing, and a damaged one can crash it.
 */
import { findText, textAt, viewOf } from './bytes.ts'
import type { FileBytes } from './file-bytes.ts'

const HEADER_BYTES = 27
const MOST_SEGMENTS = 255
export const LARGEST_PAGE_BYTES = HEADER_BYTES + MOST_SEGMENTS + MOST_SEGMENTS * 255
const CHECKSUM_AT = 22

export interface OggPage {
  readonly bytes: Uint8Array
  readonly serial: number
  /** The first page of its logical stream. */
  readonly begins: boolean
  readonly body: Uint8Array
}

/** `damaged` is told of each place, however long, that is no valid page. */
export async function* oggPages(
  file: FileBytes,
  start: number,
  damaged: () => void,
): AsyncGenerator<OggPage> {
  for (let at = start; at < file.size;) {
    const page = await pageAt(file, at)
    if (page === undefined) {
      damaged()
      at = await nextGoodPage(file, at + 1)
    } else {
      yield page
      at += page.bytes.length
    }
  }
}

async function nextGoodPage(file: FileBytes, from: number): Promise<number> {
  let at = from
  while (at < file.size) {
    const window = await file.read(at, LARGEST_PAGE_BYTES)
    const found = findText(window, 'OggS')
    // Three bytes less: the next window may begin with the end of a mark that this one only began.
    if (found < 0) at += Math.max(1, window.length - 3)
    else if ((await pageAt(file, at + found)) !== undefined) return at + found
    else at += found + 1
  }
  return file.size
}

async function pageAt(file: FileBytes, at: number): Promise<OggPage | undefined> {
  const head = await file.read(at, HEADER_BYTES + MOST_SEGMENTS)
  if (head.length < HEADER_BYTES || textAt(head, 0, 4) !== 'OggS') return undefined
  const view = viewOf(head)
  const bodyAt = HEADER_BYTES + view.getUint8(26)
  const length = head.subarray(HEADER_BYTES, bodyAt).reduce((sum, segment) => sum + segment, bodyAt)
  const bytes = await file.read(at, length)
  if (bytes.length < length || checksum(bytes) !== view.getUint32(CHECKSUM_AT, true)) return undefined
  return {
    bytes,
    serial: view.getUint32(14, true),
    begins: (view.getUint8(5) & 2) !== 0,
    body: bytes.subarray(bodyAt),
  }
}

/** CRC-32 with polynomial 0x04c11db7, highest bit first, taken with the checksum's own four bytes as zeros. */
export function checksum(page: Uint8Array): number {
  let crc = 0
  for (let at = 0; at < page.length; at++) {
    const byte = at >= CHECKSUM_AT && at < CHECKSUM_AT + 4 ? 0 : (page[at] ?? 0)
    crc = (crc << 8) ^ (CRC_TABLE[(crc >>> 24) ^ byte] ?? 0)
  }
  return crc >>> 0
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  return crc
})
