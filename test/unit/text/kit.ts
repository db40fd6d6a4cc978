/** One kind of edit at a time, all others off. */
import type { Line } from '../../../src/shared/transcript.ts'
import { editText } from '../../../src/text/edit-text.ts'
import type { TextOptions } from '../../../src/text/options.ts'
import { said } from './said.ts'

export const NOTHING: TextOptions = {
  language: 'en',
  casing: false,
  spacing: false,
  fullStops: false,
  spokenMarks: 'off',
  numbers: false,
  fillers: false,
  stutter: false,
  replacements: [],
}

export function edited(script: string | Line, options: Partial<TextOptions>): string {
  return editText(typeof script === 'string' ? said(script) : [script], { ...NOTHING, ...options }).text
}
