/** Words → subtitle cues of readable size. Pure. */
import type { Word } from '../shared/transcript.ts'

export interface Cue {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Two lines of 42 characters and seven seconds are what subtitle style guides commonly allow. */
const CHARACTERS = 84
const SECONDS = 7
/** A silence this long begins a new cue. */
const PAUSE_SECONDS = 0.8

export function wordsToCues(words: readonly Word[]): Cue[] {
  const cues: Cue[] = []
  for (const { text, start, end } of words) {
    const cue = cues.at(-1)
    const fits =
      cue !== undefined &&
      start - cue.end < PAUSE_SECONDS &&
      end - cue.start <= SECONDS &&
      cue.text.length + 1 + text.length <= CHARACTERS
    if (fits) cues[cues.length - 1] = { start: cue.start, end, text: `${cue.text} ${text}` }
    else cues.push({ start, end, text })
  }
  return cues
}
