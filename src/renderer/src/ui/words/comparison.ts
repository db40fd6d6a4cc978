/** What models are compared on, and what they read there. Pure. */
import type { DictationRow } from '../../../../shared/dictation.ts'
import type { ModelName, Reading } from '../../../../shared/models.ts'
import { duration, headOf, timeOfDay } from './format.ts'

/** Of the newest recordings, so many are enough to choose from. */
const RECORDINGS = 10
const HEAD_CHARACTERS = 40

/** Id and words of each recording that can be read again, newest first. */
export function recordingChoices(
  rows: readonly DictationRow[],
): readonly (readonly [id: string, words: string])[] {
  return rows
    .filter(({ hasSound, outcome }) => hasSound && outcome !== undefined)
    .slice(0, RECORDINGS)
    .map(({ id, startedAt, seconds, text }) => {
      const facts = [
        timeOfDay(startedAt),
        duration(seconds),
        ...(text === '' ? [] : [headOf(text, HEAD_CHARACTERS)]),
      ]
      return [String(id), facts.join(' · ')]
    })
}

/** Models left out, after one was put in or taken out. */
export function compared(
  left: ReadonlySet<ModelName>,
  name: ModelName,
  wanted: boolean,
): ReadonlySet<ModelName> {
  const others = [...left].filter((other) => other !== name)
  return new Set(wanted ? others : [...others, name])
}

/** The text that the others are held against: the first that was read. */
export function baseOf(
  readings: readonly Reading[],
): { readonly name: ModelName; readonly text: string } | undefined {
  for (const { name, result } of readings) if (result.kind === 'read') return { name, text: result.text }
  return undefined
}
