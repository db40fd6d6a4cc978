/** Words → subtitle cues of readable size, and how SubRip writes them. Pure. */
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

/** SubRip. @param first number of the first cue. */
export function srtOf(cues: readonly Cue[], first = 1): string {
  return cues.map((cue, index) => `${first + index}\n${cueTimes(cue, ',')}\n${cue.text}\n`).join('\n')
}

export function cueTimes({ start, end }: Cue, decimalMark: ',' | '.'): string {
  return `${timestamp(start, decimalMark)} --> ${timestamp(end, decimalMark)}`
}

/** `hh:mm:ss,mmm` as SubRip wants it, with a point for WebVTT. */
export function timestamp(seconds: number, decimalMark: ',' | '.'): string {
  const ms = Math.round(seconds * 1000)
  const two = (value: number): string => `${Math.floor(value)}`.padStart(2, '0')
  const clock = [two(ms / 3_600_000), two((ms / 60_000) % 60), two((ms / 1000) % 60)].join(':')
  return `${clock}${decimalMark}${`${ms % 1000}`.padStart(3, '0')}`
}
