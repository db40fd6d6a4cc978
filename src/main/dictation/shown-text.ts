/** Recognised words → text with the words marked that the model was not sure of. Pure. */
import { EMPTY_TEXT, type Preview, type ShownText } from '../../shared/dictation.ts'
import type { Line, PartialLine, Word } from '../../shared/transcript.ts'

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

function shownWords(words: readonly Word[]): ShownText {
  if (words.length === 0) return EMPTY_TEXT
  return shownLine({ text: words.map(({ text }) => text).join(' '), words })
}
