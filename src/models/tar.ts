/** The regular files of a tar stream (ustar, with the long names of GNU tar and pax). Pulled: a slow reader is waited for. */
import { StenoError } from '../shared/errors.ts'

const BLOCK = 512
/** Of a long name; more is no name. */
const NAME_BYTES_AT_MOST = 8_192

export interface ArchivedFile {
  readonly name: string
  readonly bytes: number
  /** To be read to its end before the next file is asked for. */
  readonly content: AsyncIterable<Uint8Array>
}

export async function* tarFiles(source: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivedFile> {
  const bytes = new Pieces(source)
  let longName: string | undefined
  for (;;) {
    const header = await bytes.take(BLOCK)
    if (header === undefined || header.every((byte) => byte === 0)) return
    const { name, size, type } = parseHeader(header)
    const padding = (BLOCK - (size % BLOCK)) % BLOCK
    if (type === 'L' || type === 'x') {
      longName = (await readName(bytes, type, size)) ?? longName
    } else if (type === '0' || type === '\0') {
      const content = bytes.upTo(size)
      yield { name: longName ?? name, bytes: size, content }
      longName = undefined
    } else {
      // Folders come into being with their files; links and devices do not belong into a model.
      for await (const _piece of bytes.upTo(size));
      longName = undefined
    }
    if (padding > 0) await bytes.needed(padding)
  }
}

async function readName(bytes: Pieces, type: 'L' | 'x', size: number): Promise<string | undefined> {
  if (size > NAME_BYTES_AT_MOST) throw broken('a name in it is too long')
  const text = decode(await bytes.needed(size))
  return type === 'L' ? text.replace(/\0.*$/s, '') : paxPath(text)
}

function parseHeader(header: Uint8Array): { name: string; size: number; type: string } {
  const field = (from: number, length: number): string =>
    decode(header.subarray(from, from + length)).replace(/\0.*$/s, '')
  const sum = header.reduce((all, byte, index) => all + (index >= 148 && index < 156 ? 32 : byte), 0)
  if (sum !== parseInt(field(148, 8).trim(), 8)) throw broken('a header in it is damaged')
  const prefix = field(257, 5) === 'ustar' ? field(345, 155) : ''
  const name = field(0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: sizeIn(header.subarray(124, 136)),
    type: String.fromCharCode(header[156] ?? 0),
  }
}

/** Octal digits, or, for more than eight gigabytes, the number itself behind a set bit. */
function sizeIn(field: Uint8Array): number {
  const size =
    ((field[0] ?? 0) & 0x80) === 0
      ? parseInt(decode(field).replace(/[\0 ].*$/s, '') || '0', 8)
      : field.subarray(4).reduce((all, byte) => all * 256 + byte, 0)
  if (Number.isSafeInteger(size) && size >= 0) return size
  throw broken('a size in it is no number')
}

/** `27 path=…\n` among other records. */
function paxPath(records: string): string | undefined {
  return /^\d+ path=(.*)$/m.exec(records)?.[1]
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function broken(why: string): StenoError {
  return new StenoError('model-corrupt', `The archive is damaged: ${why}.`, {
    hint: 'Fetch it again, or unpack it yourself and import the folder.',
  })
}

/** A stream in portions of the asked size. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>
  #rest: Uint8Array = new Uint8Array()

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Undefined at the end of the stream. */
  async take(count: number): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = []
    let have = 0
    while (have < count) {
      const piece = await this.#next(count - have)
      if (piece === undefined) break
      parts.push(piece)
      have += piece.length
    }
    if (have === 0) return undefined
    if (have < count) throw broken('it ends too early')
    return Buffer.concat(parts)
  }

  async needed(count: number): Promise<Uint8Array> {
    if (count === 0) return new Uint8Array()
    const taken = await this.take(count)
    if (taken === undefined) throw broken('it ends too early')
    return taken
  }

  async *upTo(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      const piece = await this.#next(left)
      if (piece === undefined) throw broken('it ends too early')
      left -= piece.length
      yield piece
    }
  }

  async #next(atMost: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next()
      if (next.done === true) return undefined
      this.#rest = next.value
    }
    const piece = this.#rest.subarray(0, atMost)
    this.#rest = this.#rest.subarray(piece.length)
    return piece
  }
}
