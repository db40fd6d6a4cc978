/** What was heard → the text a person would have written, as the settings want it; and back. Pure. */
import { unedited, type Written } from '../../shared/edits.ts'
import { StenoError } from '../../shared/errors.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Transcript } from '../../shared/transcript.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import { undo } from '../../text/edit.ts'
import { editText } from '../../text/edit-text.ts'
import { textLanguage } from '../../text/languages/tables.ts'
import type { TextOptions } from '../../text/options.ts'

/** @param model the one that decoded; undefined where none is known: the lines have to tell their language. */
export function write(
  { text, lines }: Pick<Transcript, 'text' | 'lines'>,
  settings: Settings,
  model: Pick<ModelInfo, 'language'> | undefined,
): Written {
  if (!settings.editText) return unedited(text)
  const { language, translate } = settings
  const spoken = textLanguage({ language: language ?? undefined, translate }, model ?? { language: '' })
  return { ...editText(lines, textOptions(settings, spoken)), undone: [] }
}

export function textOptions(settings: Settings, language: string | null): TextOptions {
  return {
    language,
    casing: settings.sentenceCasing,
    // Nobody wants a space before a comma.
    spacing: true,
    fullStops: settings.fullStops,
    spokenMarks: settings.spokenMarks,
    numbers: settings.numbersAsDigits,
    fillers: settings.removeFillers,
    stutter: settings.removeStutter,
    replacements: settings.replacements,
  }
}

/** The same with exactly these edits undone. Throws a StenoError for one that it does not have. */
export function withUndone(written: Written, undone: Iterable<number>): Written {
  const gone = new Set(undone)
  if ([...gone].some((index) => written.edits[index] === undefined)) {
    throw new StenoError('usage', 'This text has no such edit.')
  }
  return { ...written, text: undo(written, gone), undone: [...gone].sort((a, b) => a - b) }
}

/** The raw text; where it is that already, the edited one. */
export function otherWay(written: Written): Written {
  return withUndone(written, written.text === written.raw ? [] : written.edits.keys())
}
