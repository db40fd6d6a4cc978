/** Lines as a model gives them, from text: `|` begins a new line, `<0.8>` is a silence of so many seconds. */
import type { Line, Word } from '../../../src/shared/transcript.ts'

/** The silence between two words of one phrase. */
const GAP_SECONDS = 0.08
const WORD_SECONDS = 0.25

export function said(script: string, language?: string): Line[] {
  let now = 0
  return script.split('|').map((part) => {
    const words: Word[] = []
    for (const piece of part.split(/ +/).filter((each) => each !== '')) {
      const silence = /^<([\d.]+)>$/.exec(piece)?.[1]
      if (silence !== undefined) {
        now += Number(silence) - GAP_SECONDS
        continue
      }
      words.push({
        text: piece,
        start: now + GAP_SECONDS,
        end: now + GAP_SECONDS + WORD_SECONDS,
        confidence: 1,
      })
      now += GAP_SECONDS + WORD_SECONDS
    }
    const line = {
      text: words.map(({ text }) => text).join(' '),
      start: words[0]?.start ?? now,
      end: words.at(-1)?.end ?? now,
      words,
    }
    return language === undefined ? line : { ...line, language }
  })
}
