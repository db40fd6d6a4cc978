/** The lines of a transcript → the text a person would have written, as edits of the raw text. Pure. */
import { joinLines, type Line } from '../shared/transcript.ts'
import { Draft } from './draft.ts'
import type { Edited } from './edit.ts'
import { mendCasing } from './edits/casing.ts'
import { dropLooseCommas, removeFillers } from './edits/fillers.ts'
import { addFullStops } from './edits/full-stops.ts'
import { mendJoints } from './edits/joints.ts'
import { writeNumbers } from './edits/numbers.ts'
import { replaceOwnWords } from './edits/replacements.ts'
import { mendSpaces } from './edits/spacing.ts'
import { setSpokenMarks } from './edits/spoken-marks.ts'
import { removeStutter } from './edits/stutter.ts'
import { DEFAULT_TEXT_OPTIONS, type TextOptions } from './options.ts'
import { scriptOf } from './script.ts'
import { tokensOf } from './token.ts'

const NONE: ReadonlyMap<number, never> = new Map<number, never>()

/**
 * A word belongs to the first edit that claims it, so the order is the order of precedence. `raw` is the text of the
 * transcript of the same lines. Throws nothing; time grows with the text.
 */
export function editText(lines: readonly Line[], options: Partial<TextOptions> = {}): Edited {
  const wish: TextOptions = { ...DEFAULT_TEXT_OPTIONS, ...options }
  const tokens = tokensOf(lines, wish.language)
  const draft = new Draft(joinLines(lines, 0).text, tokens)
  const script = scriptOf(tokens)

  replaceOwnWords(draft, wish.replacements)
  if (wish.fillers) removeFillers(draft, script.cased)
  if (wish.stutter) removeStutter(draft, script.cased)
  dropLooseCommas(draft)
  if (wish.numbers) writeNumbers(draft)
  const marks = wish.spokenMarks === 'off' ? NONE : setSpokenMarks(draft, wish.spokenMarks)
  if (wish.spacing) mendSpaces(draft)
  const stops = wish.fullStops && script.plain ? addFullStops(draft, marks) : NONE
  const joints = script.cased && wish.casing ? mendJoints(draft) : NONE
  if (wish.casing) mendCasing(draft, script, { marks, stops, joints })
  return draft.finish()
}
