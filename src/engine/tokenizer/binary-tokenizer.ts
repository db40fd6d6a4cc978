/**
 * tokenizer.bin of Moonshine (moonshine-ai/moonshine, core/bin-tokenizer): the pieces in the order of their ids, each
 * as its length and its UTF-8 bytes. The length is one byte below 128, 0 for an id without a piece; else two, the
 * first the low seven bits plus 128, the second the rest. A character outside the vocabulary is spelt in single bytes.
 */
import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { assertFile } from '../runtime.ts'
import { corruptPieces } from './piece-file.ts'
import { PieceTokenizer } from './pieces.ts'

const LONG = 128

/** Rejects with `model-missing` or `model-corrupt`, naming the file. */
export async function readBinaryPieces(file: string): Promise<PieceTokenizer> {
  await assertFile(file)
  return PieceTokenizer.of(parseBinaryPieces(await readFile(file), file))
}

/**
 * The pieces by id.
 * @throws StenoError `model-corrupt` when the bytes end within a piece, or spell no text.
 */
export function parseBinaryPieces(bytes: Uint8Array, file: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0
    const start = at + (first < LONG ? 1 : 2)
    const length = first < LONG ? first : (bytes[at + 1] ?? Infinity) * LONG + first - LONG
    at = start + length
    if (at > bytes.length) throw corruptPieces(file, 'it is cut short')
    const piece = pieceOf(bytes.subarray(start, at))
    if (piece === undefined) throw corruptPieces(file, `the piece ${pieces.length} is no text`)
    pieces.push(piece)
  }
  if (pieces.length === 0) throw corruptPieces(file, 'it is empty')
  return pieces
}

function pieceOf(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes)
  if (isUtf8(text)) return text.toString('utf8')
  return bytes.length === 1 ? `<0x${text.toString('hex').toUpperCase()}>` : undefined
}
