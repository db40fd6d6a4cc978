/**
 * N-gram models as Steno keeps them: what an ARPA file says, read twenty times faster. Gzipped; numbers are
 * little-endian; logarithms are base 10, in thousandths.
 *
 *   magic `STENOLM1` · u32 order · u32 words · u32 longer n-grams · u32 bytes of the words
 *   words, UTF-8, one a line · i16 log P and i16 back-off of each
 *   columns of the longer n-grams: u32 node of the context, less that of the one before · u32 word · i16 · i16
 */
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { isMissing, StenoError, textOf } from '../../shared/errors.ts'
import type { NgramParts } from './ngram.ts'
import { NgramTable } from './ngram-table.ts'

const MAGIC = 'STENOLM1'
const HEADER_BYTES = MAGIC.length + 16
const THOUSANDTH = Math.LN10 / 1000
const LEAST_LOG = -32_768

/** @throws StenoError `model-missing`, `file-unreadable`, or `model-corrupt`. */
export async function readNgrams(file: string): Promise<NgramParts> {
  const facts = { file, hint: 'Fetch the language model again.' }
  let packed: Buffer
  try {
    packed = await readFile(file)
  } catch (cause) {
    throw isMissing(cause)
      ? new StenoError('model-missing', `There is no language model: ${file}`, { ...facts, cause })
      : new StenoError('file-unreadable', `The language model cannot be read: ${file}`, { ...facts, cause })
  }
  try {
    return partsFrom(await promisify(gunzip)(packed))
  } catch (cause) {
    const message = `The language model is damaged (${textOf(cause)}): ${file}`
    throw new StenoError('model-corrupt', message, { ...facts, cause })
  }
}

function partsFrom(bytes: Buffer): NgramParts {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new Error('it does not begin as one')
  const [order = 0, words = 0, ngrams = 0, textBytes = 0] = [0, 4, 8, 12].map((at) =>
    bytes.readUInt32LE(MAGIC.length + at),
  )
  const columnsFrom = HEADER_BYTES + textBytes
  if (bytes.length !== columnsFrom + 4 * words + 12 * ngrams) throw new Error('its length is wrong')
  const names = bytes.toString('utf8', HEADER_BYTES, columnsFrom).split('\n')
  const ids = new Map(names.map((name, id) => [name, id]))
  if (ids.size !== words) throw new Error('its words are not those it announces')
  const columns = new Columns(bytes, columnsFrom)
  const table = new NgramTable(words, ngrams)
  setLogs(table, 0, columns.int16(words), columns.int16(words))
  addNgrams(table, words, columns.uint32(ngrams), columns.uint32(ngrams))
  setLogs(table, words, columns.int16(ngrams), columns.int16(ngrams))
  return { order, ids, table }
}

function setLogs(table: NgramTable, from: number, logProbs: Int16Array, backoffs: Int16Array): void {
  for (const [row, logProb] of logProbs.entries()) {
    table.set(from + row, logProb * THOUSANDTH, (backoffs[row] ?? 0) * THOUSANDTH)
  }
}

function addNgrams(table: NgramTable, words: number, steps: Uint32Array, lasts: Uint32Array): void {
  let context = 0
  for (const [row, step] of steps.entries()) {
    context = (context + step) >>> 0
    const word = lasts[row] ?? words
    // A context comes before what it is the context of.
    const sound = context < words + row && word < words
    if (!sound || table.add(context, word) === undefined) throw new Error(`its n-gram ${row} is none`)
  }
}

/** One column of numbers after the other; copied, since a column begins where the words end, at any byte. */
class Columns {
  readonly #bytes: Buffer
  #at: number

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  uint32(count: number): Uint32Array {
    return new Uint32Array(this.#take(4 * count))
  }

  int16(count: number): Int16Array {
    return new Int16Array(this.#take(2 * count))
  }

  #take(length: number): ArrayBuffer {
    const copy = Uint8Array.from(this.#bytes.subarray(this.#at, this.#at + length))
    this.#at += length
    return copy.buffer
  }
}

/** What `readNgrams` reads. */
export async function packNgrams({ order, ids, table }: NgramParts): Promise<Buffer> {
  const text = Buffer.from([...ids.keys()].join('\n'))
  const words = ids.size
  const ngrams = table.size - words
  const bytes = Buffer.alloc(HEADER_BYTES + text.length + 4 * words + 12 * ngrams)
  bytes.write(MAGIC, 'latin1')
  for (const [index, value] of [order, words, ngrams, text.length].entries())
    bytes.writeUInt32LE(value, MAGIC.length + 4 * index)
  text.copy(bytes, HEADER_BYTES)
  let at = HEADER_BYTES + text.length
  const column = (from: number, to: number, width: 2 | 4, of: (node: number) => number): void => {
    for (let node = from; node < to; node++) {
      if (width === 2) bytes.writeInt16LE(Math.max(LEAST_LOG, Math.round(of(node) / THOUSANDTH)), at)
      else bytes.writeUInt32LE(of(node) >>> 0, at)
      at += width
    }
  }
  const logs = (from: number, to: number): void => {
    column(from, to, 2, (node) => table.logProb(node))
    column(from, to, 2, (node) => table.backoff(node))
  }
  logs(0, words)
  column(
    words,
    table.size,
    4,
    (node) => table.contextOf(node) - (node === words ? 0 : table.contextOf(node - 1)),
  )
  column(words, table.size, 4, (node) => table.wordOf(node))
  logs(words, table.size)
  return await promisify(gzip)(bytes, { level: 9 })
}
