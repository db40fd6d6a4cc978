/**
 * An edit says which characters of the raw text become what. Edits lie side by side in the raw text, so any subset of
 * them can be applied, in any order, with one answer; without any, the answer is the raw text itself.
 */
export type EditKind =
  | 'replacement'
  | 'filler'
  | 'stutter'
  | 'spoken-mark'
  | 'number'
  | 'full-stop'
  | 'joint'
  | 'casing'
  | 'spacing'

export interface Edit {
  readonly kind: EditKind
  /** Range of the raw text in UTF-16 units, end exclusive; empty where something is put in. */
  readonly start: number
  readonly end: number
  readonly replacement: string
  /** Sides on which the replacement stands without a space, as a comma does before and a new line on both. */
  readonly glue?: 'before' | 'after' | 'both'
  /** Indices of earlier edits without which this one makes no sense; undone with any of them. */
  readonly because: readonly number[]
}

export interface Edited {
  readonly raw: string
  /** The raw text with all edits applied. */
  readonly text: string
  /** In the order of the raw text. Two of the same range stand one on the other: the later one is seen. */
  readonly edits: readonly Edit[]
}

/** The text without some of its edits, given by index, and without those that rest on them. All of them: `raw`. */
export function undo({ raw, edits }: Edited, undone: ReadonlySet<number>): string {
  return applyEdits(raw, remaining(edits, undone))
}

/** The edits that stay in force when others are undone. */
export function remaining(edits: readonly Edit[], undone: ReadonlySet<number>): Edit[] {
  const gone = new Set(undone)
  return edits.filter(({ because }, index) => {
    if (because.some((other) => gone.has(other))) gone.add(index)
    return !gone.has(index)
  })
}

/** @param edits in the order of the raw text. */
export function applyEdits(raw: string, edits: readonly Edit[]): string {
  const seams = new Seams()
  let cursor = 0
  for (const [index, edit] of edits.entries()) {
    const next = edits[index + 1]
    if (next !== undefined && next.end > next.start && next.start === edit.start && next.end === edit.end) {
      continue
    }
    seams.raw(raw.slice(cursor, edit.start))
    seams.edited(edit)
    cursor = edit.end
  }
  seams.raw(raw.slice(cursor))
  return seams.finish()
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
  readonly #pieces: string[] = []
  /** The last piece was edited, so its right side is a seam. */
  #open = false
  #glued = false

  raw(piece: string): void {
    if (piece === '') return
    const swallow = this.#open && (this.#glued || this.#endsInSpace())
    const kept = swallow ? piece.replace(/^[^\S\n]+/u, '') : piece
    if (kept === '') return
    this.#pieces.push(kept)
    this.#open = false
    this.#glued = false
  }

  edited({ replacement, glue }: Edit): void {
    if (glue === 'before' || glue === 'both') {
      this.#trim(replacedBy(replacement))
    }
    if (replacement !== '') {
      this.#pieces.push(replacement)
      this.#glued = glue === 'after' || glue === 'both'
    }
    this.#open = true
  }

  finish(): string {
    if (this.#open) this.#trim(SPACE)
    return this.#pieces.join('')
  }

  /** Nothing yet counts as space: what comes next begins the text. */
  #endsInSpace(): boolean {
    const last = this.#pieces.at(-1)
    return last === undefined || /\s$/u.test(last)
  }

  /** Takes characters of a kind away from the end. */
  #trim(tail: RegExp): void {
    for (let last = this.#pieces.pop(); last !== undefined; last = this.#pieces.pop()) {
      let end = last.length
      while (end > 0 && tail.test(last.charAt(end - 1))) end--
      if (end === 0) continue
      this.#pieces.push(last.slice(0, end))
      return
    }
  }
}
