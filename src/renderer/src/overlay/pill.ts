/** What the overlay shows. Pure. */
import type { Platform } from '../../../shared/key-conflicts.ts'
import type { AppSnapshot, Outcome, ShownText } from '../../../shared/dictation.ts'
import type { Chord } from '../../../shared/keys.ts'
import { headOf, tailOf } from '../ui/words/format.ts'
import { plain } from '../ui/words/phrase.ts'

/** Two lines of the pill, about; beside the level and the seconds there is less room. */
const HEAD_AT_MOST = 84
const TAIL_AT_MOST = 54

export interface Pill {
  readonly state:
    'idle' | 'preparing' | 'listening' | 'decoding' | 'copied' | 'nothing' | 'cancelled' | 'failed'
  readonly title: string
  readonly detail: string
  /** Words behind the detail that may still change. */
  readonly tentative?: string
}

type Slices = Pick<AppSnapshot, 'dictation' | 'outcome' | 'lines' | 'preview' | 'settings'>

const IDLE: Pill = { state: 'idle', title: '', detail: '' }

export function pillOf(slices: Slices, platform: Platform): Pill {
  const { dictation, outcome, lines, settings } = slices
  switch (dictation.kind) {
    case 'starting':
      return { state: 'preparing', title: 'Preparing …', detail: 'Speak when it says Listening.' }
    case 'listening':
      return { state: 'listening', title: 'Listening', ...growing(slices) }
    case 'finishing':
    case 'delivering':
      return { state: 'decoding', title: 'Finishing …', ...growing(slices) }
    case 'idle':
      return outcome === undefined ? IDLE : ended(outcome, textOf(lines), settings.undoKey, platform)
  }
}

/** The last words, of which the tentative ones are told apart. */
function growing({ lines, preview }: Slices): Pick<Pill, 'detail' | 'tentative'> {
  const tentative = tailOf(preview.tentative.text, TAIL_AT_MOST)
  const before = textOf([...lines, preview.stable])
  const room = Math.max(0, TAIL_AT_MOST - tentative.length)
  return { detail: room === 0 ? '' : tailOf(before, room), tentative }
}

function textOf(lines: readonly ShownText[]): string {
  return lines
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join(' ')
}

function ended(outcome: Outcome, text: string, undoKey: Chord | null, platform: Platform): Pill {
  switch (outcome.kind) {
    case 'copied':
      return { state: 'copied', title: 'Copied', detail: headOf(text, HEAD_AT_MOST) }
    case 'nothing-heard':
      return { state: 'nothing', title: 'Nothing heard', detail: 'No words were found in the sound.' }
    case 'cancelled':
      return { state: 'cancelled', title: 'Cancelled', detail: howToUndo(undoKey, platform) }
    case 'undelivered':
      return { state: 'failed', title: 'Not copied', detail: outcome.error.message }
    case 'failed':
      return { state: 'failed', title: 'That did not work', detail: outcome.error.message }
    // Found at start: there is nobody who just spoke.
    case 'interrupted':
      return IDLE
  }
}

function howToUndo(undoKey: Chord | null, platform: Platform): string {
  if (undoKey === null) return 'It can be brought back in Steno’s window.'
  return plain(['Press ', { keys: undoKey }, ' to bring it back.'], platform)
}
