/** The edits of a text as a row shows them: where they are, what they were, and what is undone by a press. Pure. */
import type { Edit, Written } from '../../../../shared/edits.ts'
import { piecesOf, type Piece } from '../../../../text/edit.ts'
import { counted, headOf } from './format.ts'

/** A place in the text where something was edited. */
export interface Spot {
  /** Stays the same while edits come and go. */
  readonly key: string
  /** An edit that is seen here, in force or undone. */
  readonly edit: number
  readonly undone: boolean
  /** What it was, in words. */
  readonly words: string
}

export interface RowPiece {
  readonly text: string
  readonly spot: Spot | undefined
}

/** @param most characters; a longer text is cut at a word. */
export function rowPieces(written: Written, most: number): readonly RowPiece[] {
  const { text } = written
  const head = text.length <= most ? text : headOf(text, most).slice(0, -1)
  const pieces: RowPiece[] = []
  let room = head.length
  for (const piece of piecesOf(written, new Set(written.undone))) {
    if (room <= 0 && piece.text !== '') break
    pieces.push({ text: piece.text.slice(0, room), spot: spotOf(written, piece) })
    room -= piece.text.length
  }
  return head === text ? pieces : [...pieces, { text: '…', spot: undefined }]
}

/**
 * What is undone after a press on an edit: all edits of its place, or none of them any more.
 * @returns indices, ascending.
 */
export function afterPress({ edits, undone }: Written, index: number): readonly number[] {
  const pressed = edits[index]
  const place = [...edits.keys()].filter(
    (other) => other === index || (pressed !== undefined && samePlace(edits[other], pressed)),
  )
  const rest = undone.filter((other) => !place.includes(other))
  return (undone.includes(index) ? rest : [...rest, ...place]).sort((a, b) => a - b)
}

/** What all of a row's text is turned into by one press. */
export function otherWayOf({ text, raw, edits }: Written): {
  readonly label: string
  readonly undone: number[]
} {
  return text === raw
    ? { label: 'Edited text', undone: [] }
    : { label: 'Back to raw', undone: [...edits.keys()] }
}

/** How a row's text stands, in a few words. */
export function standOf({ text, raw, edits, undone }: Written): string {
  if (text === raw) return 'As it was heard'
  const edited = counted(edits.length, 'edit')
  return undone.length === 0 ? edited : `${edited}, ${undone.length} undone`
}

function samePlace(other: Edit | undefined, { start, end }: Edit): boolean {
  return end > start && other?.start === start && other.end === end
}

function spotOf({ raw, edits }: Written, { start, end, edit: index, undone, text }: Piece): Spot | undefined {
  const edit = index === undefined ? undefined : edits[index]
  if (index === undefined || edit === undefined) return undefined
  const key = start === end ? `in ${index}` : `${start}-${end}`
  // An undone piece is the raw text; what it would be is said by the last edit of its place.
  const last = edits.findLast((other) => other === edit || samePlace(other, edit)) ?? edit
  const words = undone ? undoneWords(raw, last) : editWords(raw.slice(start, end), text)
  return { key, edit: index, undone, words }
}

function editWords(heard: string, written: string): string {
  if (heard === '') return `Added: ${quoted(written)}`
  if (written === '') return `Left out: ${quoted(heard)}`
  return heard.trim() === '' && written.trim() === '' ? 'Space mended' : `Heard: ${quoted(heard)}`
}

function undoneWords(raw: string, { start, end, replacement }: Edit): string {
  if (replacement === '') return `Undone: left out ${quoted(raw.slice(start, end))}`
  return `Undone: ${quoted(replacement)}`
}

function quoted(text: string): string {
  if (/^ *\n *$/.test(text)) return 'a new line'
  return text.trim() === '' ? (text.includes('\n') ? 'a new paragraph' : 'a space') : `“${text.trim()}”`
}
