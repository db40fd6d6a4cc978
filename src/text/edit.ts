/**
 * Edits of a raw text, applied: any of them, all of them, or none. White space is mended only where an edit meets its
 * neighbour. Pure.
 */
import type { Edit, Edited } from '../shared/edits.ts'

export type { Edit, Edited } from '../shared/edits.ts'

/** A part of the text, and the range of the raw text that it stands for. */
export interface Piece {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Index of the edit that is seen here, or was before it was undone; undefined where there is none. */
  readonly edit: number | undefined
  readonly undone: boolean
}

type Edits = Pick<Edited, 'raw' | 'edits'>

const NONE: ReadonlySet<number> = new Set()

/** The text without some of its edits, given by index, and without those that rest on them. All of them: `raw`. */
export function undo(edited: Edits, undone: ReadonlySet<number>): string {
  return piecesOf(edited, undone)
    .map(({ text }) => text)
    .join('')
}

/** @param edits in the order of the raw text. */
export function applyEdits(raw: string, edits: readonly Edit[]): string {
  return undo({ raw, edits }, NONE)
}

/**
 * The text in pieces: joined they are the text. Every edit in force has one, empty where it took something away, and
 * so has every undone one; those that went with another have none. Of edits that stand one on the other one is seen.
 */
export function piecesOf({ raw, edits }: Edits, undone: ReadonlySet<number> = NONE): readonly Piece[] {
  const gone = goneWith(edits, undone)
  const seams = new Seams()
  let cursor = 0
  for (const [index, edit] of seenOf(edits, gone, undone)) {
    seams.raw(raw.slice(cursor, edit.start), cursor, undefined)
    if (gone.has(index)) seams.raw(raw.slice(edit.start, edit.end), edit.start, index)
    else seams.edited(edit, index)
    cursor = edit.end
  }
  seams.raw(raw.slice(cursor), cursor, undefined)
  return seams.finish()
}

/** What is undone, and what rests on it. */
function goneWith(edits: readonly Edit[], undone: ReadonlySet<number>): ReadonlySet<number> {
  const gone = new Set(undone)
  for (const [index, { because }] of edits.entries())
    if (because.some((other) => gone.has(other))) gone.add(index)
  return gone
}

/** Of edits with the same range the last one in force, or else the first that is undone. */
function seenOf(
  edits: readonly Edit[],
  gone: ReadonlySet<number>,
  undone: ReadonlySet<number>,
): readonly (readonly [index: number, edit: Edit])[] {
  const seenAt = new Map<string, number>()
  const candidates = [...edits.entries()].filter(([index]) => !gone.has(index) || undone.has(index))
  const placeOf = (index: number, { start, end }: Edit): string =>
    start === end ? `in ${index}` : `${start}-${end}`
  for (const [index, edit] of candidates) {
    const place = placeOf(index, edit)
    if (!gone.has(index) || !seenAt.has(place)) seenAt.set(place, index)
  }
  return candidates.filter(([index, edit]) => seenAt.get(placeOf(index, edit)) === index)
}

/** White space within a line. */
const SPACE = /[^\S\n]/u

/** What a mark takes the place of: models write marks of their own where the name of one is spoken. */
function replacedBy(mark: string): RegExp {
  if (/^\s?[.?!…]/u.test(mark)) return /[^\S\n]|[.,;:?!…]/u
  return /^\s?[,;:]/u.test(mark) ? /[^\S\n]|[,;:]/u : SPACE
}

/** Pieces put one behind the other; white space is mended where an edit meets its neighbour, and nowhere else. */
class Seams {
  readonly #pieces: Piece[] = []
  /** The last piece was edited, so its right side is a seam. */
  #open = false
  #glued = false

  /** @param edit the undone one whose range this is. */
  raw(text: string, start: number, edit: number | undefined): void {
    const swallow = this.#open && (this.#glued || this.#endsInSpace())
    const kept = swallow ? text.replace(/^[^\S\n]+/u, '') : text
    const end = start + text.length
    if (kept !== '' || edit !== undefined)
      this.#pieces.push({ text: kept, start: end - kept.length, end, edit, undone: edit !== undefined })
    if (kept === '') return
    this.#open = false
    this.#glued = false
  }

  edited({ start, end, replacement, glue }: Edit, edit: number): void {
    if (glue === 'before' || glue === 'both') this.#trim(replacedBy(replacement))
    this.#pieces.push({ text: replacement, start, end, edit, undone: false })
    if (replacement !== '') this.#glued = glue === 'after' || glue === 'both'
    this.#open = true
  }

  finish(): readonly Piece[] {
    if (this.#open) this.#trim(SPACE)
    return this.#pieces.filter(({ text, edit }) => text !== '' || edit !== undefined)
  }

  /** Nothing yet counts as space: what comes next begins the text. */
  #endsInSpace(): boolean {
    const last = this.#pieces.findLast(({ text }) => text !== '')
    return last === undefined || /\s$/u.test(last.text)
  }

  /** Takes characters of a kind away from the end. */
  #trim(tail: RegExp): void {
    for (let at = this.#pieces.length - 1; at >= 0; at--) {
      const piece = this.#pieces[at]
      if (piece === undefined) return
      const { text } = piece
      let end = text.length
      while (end > 0 && tail.test(text.charAt(end - 1))) end--
      if (end < text.length) this.#pieces[at] = { ...piece, text: text.slice(0, end) }
      if (end > 0) return
    }
  }
}
