/** A transcript as text, JSON line or subtitles. Pure. */
import { cueTimes, srtOf, wordsToCues } from '../text/cues.ts'
import type { Transcript } from '../shared/transcript.ts'
import type { Edited } from '../text/edit.ts'

export const FORMATS = ['text', 'json', 'srt', 'vtt'] as const
export type Format = (typeof FORMATS)[number]

export interface Result {
  readonly file: string
  readonly transcript: Transcript
  /** The text as one would write it, where that was asked for. */
  readonly edited?: Edited
  readonly realTimeFactor: number
  readonly model: string
}

/** The whole answer for one file, without the line end. */
export function render(format: Format, result: Result): string {
  switch (format) {
    case 'text':
      return result.edited?.text ?? result.transcript.text
    case 'json':
      return renderJson(result)
    case 'srt':
      return srtOf(wordsToCues(result.transcript.words))
    case 'vtt':
      return [
        'WEBVTT\n',
        ...wordsToCues(result.transcript.words).map((cue) => `${cueTimes(cue, '.')}\n${cue.text}\n`),
      ].join('\n')
  }
}

function renderJson({ file, transcript, edited, realTimeFactor, model }: Result): string {
  const { text, durationSeconds, words, lines } = transcript
  const fired = new Set(lines.flatMap((line) => line.fired ?? []))
  const languages = new Set(lines.flatMap((line) => line.language ?? []))
  return JSON.stringify({
    file,
    text,
    ...(edited === undefined ? {} : { edited: { text: edited.text, edits: edited.edits } }),
    durationSeconds: round(durationSeconds),
    words: words.map((word) => ({
      text: word.text,
      start: round(word.start),
      end: round(word.end),
      confidence: round(word.confidence),
    })),
    ...(languages.size > 0 ? { languages: [...languages] } : {}),
    ...(fired.size > 0 ? { vocabulary: [...fired] } : {}),
    ...(lines.some((line) => line.truncated) ? { truncated: true } : {}),
    realTimeFactor: round(realTimeFactor, 4),
    model,
  })
}

function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits))
}
