/** Recognised words → text with the words marked that the model was not sure of. Pure. */
import type { Written } from '../../shared/edits.ts'
import { EMPTY_TEXT, type Preview, type ShownText } from '../../shared/dictation.ts'
import { joinShown } from '../../shared/shown.ts'
import type { Line, PartialLine, Word } from '../../shared/transcript.ts'
import { piecesOf, type Piece } from '../../text/edit.ts'

/** The share of a word's probability below which a reader had better look twice. */
const DOUBTFUL_BELOW = 0.4

export function shownLine({ text, words }: Pick<Line, 'text' | 'words'>): ShownText {
  const doubts: [number, number][] = []
  let from = 0
  for (const word of words) {
    const at = text.indexOf(word.text, from)
    // A family whose words are not written in the text has none to mark.
    if (at < 0) return { text, doubts: [] }
    from = at + word.text.length
    if (word.confidence < DOUBTFUL_BELOW) doubts.push([at, from])
  }
  return { text, doubts }
}

export function shownPreview({ stable, tentative }: PartialLine): Preview {
  return { stable: shownWords(stable), tentative: shownWords(tentative) }
}

/** What is shown once the text is final. @param heard its lines as they were shown before: the doubts are theirs. */
export function shownWritten(written: Written, heard: readonly ShownText[]): readonly ShownText[] {
  if (written.text === '') return []
  const raw = joinShown(heard)
  const doubts: [number, number][] = []
  let at = 0
  for (const piece of piecesOf(written, new Set(written.undone))) {
    // Those of a text that is not what was shown would be marks on other words.
    for (const doubt of raw.text === written.raw ? raw.doubts : []) {
      const [from, to] = within(piece, doubt)
      if (from < to) doubts.push([at + from, at + to])
    }
    at += piece.text.length
  }
  return [{ text: written.text, doubts: touchingJoined(doubts) }]
}

/** What of a piece's text is doubtful, where a range of the raw text is: of an edit all of it. */
function within(
  { text, start, end, edit, undone }: Piece,
  [from, to]: readonly [number, number],
): [number, number] {
  if (edit !== undefined && !undone) return from < end && start < to ? [0, text.length] : [0, 0]
  return [Math.max(0, from - start), Math.min(text.length, to - start)]
}

function touchingJoined(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const joined: [number, number][] = []
  for (const [from, to] of ranges) {
    const last = joined.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

function shownWords(words: readonly Word[]): ShownText {
  if (words.length === 0) return EMPTY_TEXT
  return shownLine({ text: words.map(({ text }) => text).join(' '), words })
}
