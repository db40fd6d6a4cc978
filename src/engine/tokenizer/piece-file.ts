/**
 * Reads a list of sub-word pieces: one piece per line, its id the line's number (Steno's tokens.txt), or `piece id`
 * on each line (sherpa-onnx's tokens.txt, NeMo's vocab.txt).
 */
import { StenoError } from '../../shared/errors.ts'

/** `‹piece› ‹id›`; a piece itself holds no white space, unless a space stands before it for its mark. */
const TWO_COLUMNS = /^( ?[^ \t]+| )[ \t]+(\d+)$/

export interface PieceFileOptions {
  /** Vocabularies of several languages one behind the other have pieces in common: NeMo's aggregate tokenizers. */
  readonly repeats?: boolean
}

/**
 * The pieces by id.
 * @param file where `text` came from, for the message of the error.
 * @throws StenoError `model-corrupt` when the list is empty, malformed, has gaps or, unless it may, names a piece twice.
 */
export function parsePieces(
  text: string,
  file: string,
  { repeats = false }: PieceFileOptions = {},
): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  while (lines.at(-1) === '') lines.pop()
  const [first] = lines
  if (first === undefined) throw corruptPieces(file, 'it is empty')
  const pieces = TWO_COLUMNS.test(first) ? readPairs(lines, file) : readColumn(lines, file)
  if (repeats) return pieces
  const seen = new Set<string>()
  for (const piece of pieces) {
    if (seen.has(piece)) throw corruptPieces(file, `it names the piece “${piece}” twice`)
    seen.add(piece)
  }
  return pieces
}

export function corruptPieces(file: string, reason: string): StenoError {
  return new StenoError('model-corrupt', `The model’s token list is damaged, ${reason}: ${file}`, {
    file,
    hint: 'Fetch the model again.',
  })
}

function readColumn(lines: readonly string[], file: string): string[] {
  return lines.map((line, index) => {
    if (line === '' || /[ \t]/.test(line)) throw corruptPieces(file, `line ${index + 1} is not one piece`)
    return line
  })
}

function readPairs(lines: readonly string[], file: string): string[] {
  const byId = new Map<number, string>()
  for (const [index, line] of lines.entries()) {
    const [, piece, digits] = TWO_COLUMNS.exec(line) ?? []
    if (piece === undefined) throw corruptPieces(file, `line ${index + 1} is not “piece id”`)
    const id = Number(digits)
    if (byId.has(id)) throw corruptPieces(file, `line ${index + 1} gives the id ${id} again`)
    byId.set(id, piece.replace(/^ /, '▁'))
  }
  return Array.from(lines, (_, id) => {
    const piece = byId.get(id)
    if (piece === undefined) throw corruptPieces(file, `the id ${id} has no piece`)
    return piece
  })
}
