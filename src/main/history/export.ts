/** Dictations as a file for other programs and people. Pure. */
import type { ExportFormat } from '../../shared/history.ts'
import type { Word } from '../../shared/transcript.ts'
import { srtOf, wordsToCues } from '../../text/cues.ts'
import type { StoredDictation } from '../custody/history.ts'

export interface Exported extends StoredDictation {
  readonly words: readonly Word[]
}

/** The whole file. Oldest first, as one reads. */
export function exported(format: ExportFormat, dictations: readonly Exported[]): string {
  switch (format) {
    case 'txt':
      return dictations.map(({ text }) => `${text}\n`).join('\n')
    case 'md':
      return dictations.map(markdown).join('\n')
    case 'json':
      return `${JSON.stringify(dictations.map(facts), null, 2)}\n`
    case 'csv':
      return csv(dictations)
    case 'srt':
      return srt(dictations)
  }
}

function markdown({ startedAt, seconds, text, tags }: Exported): string {
  const marks = tags.map((tag) => ` \`${tag.replaceAll('`', "'")}\``).join('')
  return `## ${dateOf(startedAt)} (${seconds.toFixed(0)} s)${marks}\n\n${text}\n`
}

function facts(dictation: Exported): object {
  const { startedAt, seconds, text, raw, outcome, starred, tags, model, words } = dictation
  return {
    startedAt: new Date(startedAt).toISOString(),
    seconds: Number(seconds.toFixed(3)),
    text,
    raw,
    outcome: outcome?.kind,
    starred,
    tags,
    model,
    words,
  }
}

const COLUMNS = ['started', 'seconds', 'text', 'tags', 'model'] as const

/** RFC 4180: quotes doubled, lines end with CRLF. A text that a spreadsheet would take for a formula is only text. */
function csv(dictations: readonly Exported[]): string {
  const rows = dictations.map(({ startedAt, seconds, text, tags, model = '' }) =>
    [new Date(startedAt).toISOString(), seconds.toFixed(3), text, tags.join('; '), model].map(cell),
  )
  return [[...COLUMNS], ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** One after the other, as if all had been recorded in one go. */
function srt(dictations: readonly Exported[]): string {
  const pieces: string[] = []
  let offset = 0
  let cues = 1
  for (const { words, raw, seconds } of dictations) {
    // Before there were times, and where none are known: all of it at once.
    const said = words.length > 0 ? words : [{ text: raw, start: 0, end: seconds, confidence: 1 }]
    const moved = said.map((word) => ({ ...word, start: offset + word.start, end: offset + word.end }))
    const own = raw === '' ? [] : wordsToCues(moved)
    if (own.length > 0) pieces.push(srtOf(own, cues))
    cues += own.length
    offset += seconds
  }
  return pieces.join('\n')
}

function dateOf(at: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = new Date(at)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
