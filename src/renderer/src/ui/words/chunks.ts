/** Long texts in pieces of which only the last one changes while it grows. Pure. */
import type { ShownText } from '../../../../shared/dictation.ts'
import { joinShown } from '../../../../shared/shown.ts'

/** Big enough that hours of speech are few pieces, small enough that drawing one is nothing. */
const LINES_PER_CHUNK = 64

/** Joined by a space each, the chunks are the lines joined by a space each. */
export function chunksOf(lines: readonly ShownText[]): readonly ShownText[] {
  const chunks: ShownText[] = []
  for (let from = 0; from < lines.length; from += LINES_PER_CHUNK)
    chunks.push(joinShown(lines.slice(from, from + LINES_PER_CHUNK)))
  return chunks
}

export interface Piece {
  readonly text: string
  readonly doubtful: boolean
}

/** The text cut where doubt begins and ends; joined it is the text. */
export function piecesOf({ text, doubts }: ShownText): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const [from, to] of doubts) {
    pieces.push(
      { text: text.slice(at, from), doubtful: false },
      { text: text.slice(from, to), doubtful: true },
    )
    at = to
  }
  return [...pieces, { text: text.slice(at), doubtful: false }].filter((piece) => piece.text !== '')
}
