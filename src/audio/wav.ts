/**
 * RIFF/WAVE, and its 64-bit forms RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088), in bounded memory. Headers lie:
 * recorders that were cut off promise too much or nothing at all, so what the file holds decides.
 */
import { textAt, viewOf } from './bytes.ts'
import { broken, durationText } from './faults.ts'
import type { FileBytes } from './file-bytes.ts'
import { decodeMono } from './sample-encodings.ts'
import type { AudioSource, Stretch } from './source.ts'
import { parseWavFormat, type WavFormat } from './wav-format.ts'

/** In a size field: whoever wrote it did not know yet, or it is in the ds64 chunk. */
const UNKNOWN = 0xffffffff
const BLOCK_BYTES = 65_536
const LONGEST_FORMAT_BYTES = 40

interface Chunk {
  readonly id: string
  /** Of the body, past id and size. */
  readonly start: number
  readonly size: number
}

interface Layout {
  readonly format: WavFormat
  readonly data: Chunk
}

/** @param start position of "RIFF" or its sister. Rejects with audio-broken or audio-unsupported. */
export async function openWav(file: FileBytes, start: number): Promise<AudioSource> {
  const { format, data } = await findChunks(file, start + 12)
  const warnings: string[] = []
  const bytes = await dataBytes(file, data, format, warnings)
  return {
    durationSeconds: secondsIn(bytes, format),
    warnings,
    stretches: () => readSamples(file, data.start, bytes, format, warnings),
  }
}

async function findChunks(file: FileBytes, first: number): Promise<Layout> {
  let format: WavFormat | undefined
  let data: Chunk | undefined
  let longSize: number | undefined
  for (let at = first; format === undefined || data === undefined;) {
    const chunk = await chunkAt(file, at)
    if (chunk === undefined) throw broken(file.path, 'ends before its sound begins')
    if (chunk.id === 'fmt ') {
      format = parseWavFormat(
        await file.read(chunk.start, Math.min(chunk.size, LONGEST_FORMAT_BYTES)),
        file.path,
      )
    } else if (chunk.id === 'ds64') {
      longSize = await longDataSize(file, chunk)
    } else if (chunk.id === 'data') {
      data ??= chunk.size === UNKNOWN ? { ...chunk, size: longSize ?? UNKNOWN } : chunk
    }
    at = afterChunk(chunk)
  }
  return { format, data }
}

/** undefined where no chunk begins: at the end of the file, or where the four characters are none. */
async function chunkAt(file: FileBytes, at: number): Promise<Chunk | undefined> {
  const head = await file.read(at, 8)
  const id = textAt(head, 0, 4)
  if (head.length < 8 || !/^[ -~]{4}$/.test(id)) return undefined
  return { id, start: at + 8, size: viewOf(head).getUint32(4, true) }
}

/** Chunks begin at even positions. */
function afterChunk({ start, size }: Chunk): number {
  return start + size + (size % 2)
}

/** A ds64 chunk holds the sizes of the whole and of the data, 64 bits each. */
async function longDataSize(file: FileBytes, chunk: Chunk): Promise<number> {
  const body = await file.read(chunk.start, 16)
  if (body.length < 16) throw broken(file.path, 'ends inside its header')
  return Number(viewOf(body).getBigUint64(8, true))
}

/** How much of the file is sound, whatever the header says. */
async function dataBytes(
  file: FileBytes,
  data: Chunk,
  format: WavFormat,
  warnings: string[],
): Promise<number> {
  const there = file.size - data.start
  const seconds = (bytes: number): string => durationText(secondsIn(bytes, format))
  const unwritten = data.size === 0 && there > 0 && !(await chunksFollow(file, data.start))
  if (unwritten || data.size === UNKNOWN) {
    warnings.push(
      `its header does not say how long it is; the ${seconds(there)} that the file holds were read`,
    )
    return there
  }
  if (data.size > there) {
    warnings.push(`its header promises ${seconds(data.size)} but the file holds ${seconds(there)}`)
    return there
  }
  const rest = file.size - afterChunk(data)
  if (rest > 0 && !(await chunksFollow(file, afterChunk(data)))) {
    warnings.push(
      `its header ends the sound after ${seconds(data.size)}; ${rest} bytes behind that were not read`,
    )
  }
  return data.size
}

async function chunksFollow(file: FileBytes, at: number): Promise<boolean> {
  const chunk = await chunkAt(file, at)
  return chunk !== undefined && chunk.start + chunk.size <= file.size
}

function secondsIn(bytes: number, format: WavFormat): number {
  return Math.floor(bytes / format.frameBytes) / format.rate
}

async function* readSamples(
  file: FileBytes,
  start: number,
  bytes: number,
  { encoding, channels, rate, frameBytes }: WavFormat,
  warnings: string[],
): AsyncGenerator<Stretch> {
  const block = Math.max(1, Math.floor(BLOCK_BYTES / frameBytes)) * frameBytes
  let impossible = 0
  for (let at = 0; at < bytes; at += block) {
    const wanted = Math.min(block, bytes - at)
    const piece = await file.read(start + at, wanted)
    const mono = decodeMono(piece, encoding, channels)
    impossible += mono.impossible
    yield { pcm: mono.pcm, rate }
    if (piece.length < wanted) {
      warnings.push(
        `it was cut off at ${durationText((at + piece.length) / frameBytes / rate)} while it was read`,
      )
      break
    }
  }
  if (impossible > 0) warnings.push(`samples that are no numbers became silence: ${impossible}`)
}
