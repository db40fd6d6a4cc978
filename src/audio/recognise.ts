/** Which format a file has, by its first bytes; its name may say anything. */
import { textAt } from './bytes.ts'
import { empty, notAudio, unsupported } from './faults.ts'
import type { FileBytes } from './file-bytes.ts'
import { isMpegStream } from './mpeg-header.ts'

export type Container = 'wav' | 'mp3' | 'flac' | 'ogg'

export interface Recognised {
  readonly container: Container
  /** Where it begins: behind ID3 tags, if there are any. */
  readonly start: number
}

/** Enough for the longest MPEG frame and the header of the next. */
const HEAD_BYTES = 4096
const ID3_HEADER_BYTES = 10

/** Formats that we can name but not decode; each mark stands at `at`. */
const FOREIGN: readonly { readonly mark: string; readonly at?: number; readonly name: string }[] = [
  { mark: 'ftypqt', at: 4, name: 'a QuickTime file' },
  { mark: 'ftypM4', at: 4, name: 'an M4A (AAC) file' },
  { mark: 'ftyp', at: 4, name: 'an MP4 file' },
  { mark: 'moov', at: 4, name: 'a QuickTime file' },
  { mark: 'mdat', at: 4, name: 'a QuickTime file' },
  { mark: 'ADIF', name: 'an AAC file' },
  { mark: '\x1aE\xdf\xa3', name: 'a WebM or Matroska file' },
  { mark: '0&\xb2u\x8ef\xcf\x11', name: 'a Windows Media (WMA) file' },
  { mark: 'RIFX', name: 'a big-endian WAV (RIFX) file' },
  { mark: 'AVI ', at: 8, name: 'an AVI file' },
  { mark: 'AIFF', at: 8, name: 'an AIFF file' },
  { mark: 'AIFC', at: 8, name: 'an AIFF file' },
  { mark: 'riff\x2e\x91\xcf\x11', name: 'a Wave64 file' },
  { mark: 'caff', name: 'a Core Audio (CAF) file' },
  { mark: '.snd', name: 'an AU file' },
  { mark: '#!AMR', name: 'an AMR file' },
  { mark: 'wvpk', name: 'a WavPack file' },
  { mark: 'TTA1', name: 'a True Audio file' },
  { mark: 'DSD ', name: 'a DSD file' },
  { mark: 'FRM8', name: 'a DSD file' },
  { mark: '\x0bw', name: 'an AC-3 file' },
  { mark: 'MThd', name: 'a MIDI file' },
]

/** Rejects with audio-empty, or with audio-unsupported, which names the format if it is a known one. */
export async function recognise(file: FileBytes): Promise<Recognised> {
  if (file.size === 0) throw empty(file.path)
  let start = 0
  let head = await file.read(0, HEAD_BYTES)
  for (let tag = id3Bytes(head); tag > 0; tag = id3Bytes(head)) {
    start += tag
    head = await file.read(start, HEAD_BYTES)
  }
  const foreign = foreignName(head)
  if (foreign !== undefined) throw unsupported(file.path, foreign)
  // A tag is as good as a frame: the decoder looks for the first one behind it.
  const container = containerOf(head) ?? (start > 0 ? 'mp3' : undefined)
  if (container === undefined) throw notAudio(file.path)
  return { container, start }
}

function containerOf(head: Uint8Array): Container | undefined {
  const mark = textAt(head, 0, 4)
  if (['RIFF', 'RF64', 'BW64'].includes(mark) && 'WAVE'.startsWith(textAt(head, 8, 4))) return 'wav'
  if (mark === 'fLaC') return 'flac'
  if (mark === 'OggS') return 'ogg'
  return isMpegStream(head, 0) ? 'mp3' : undefined
}

function foreignName(head: Uint8Array): string | undefined {
  const known = FOREIGN.find(({ mark, at }) => textAt(head, at ?? 0, mark.length) === mark)
  if (known !== undefined) return known.name
  // ADTS: twelve bits of sync, then a layer of 0, which MPEG audio has not.
  return head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0 ? 'an AAC file' : undefined
}

/** Length of the ID3v2 tag that begins here, 0 if none does; its size field holds seven bits a byte. */
function id3Bytes(head: Uint8Array): number {
  if (textAt(head, 0, 3) !== 'ID3' || head.length < ID3_HEADER_BYTES) return 0
  const size = head.subarray(6, ID3_HEADER_BYTES).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0)
  const footer = ((head[5] ?? 0) & 0x10) === 0 ? 0 : ID3_HEADER_BYTES
  return ID3_HEADER_BYTES + size + footer
}
