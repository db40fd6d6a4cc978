/** Sentences with keys in them: drawn with key caps, or read as plain words. */
import { labelOf, type Platform } from '../../../../shared/key-conflicts.ts'
import type { Chord } from '../../../../shared/keys.ts'

export type Phrase = readonly (string | { readonly keys: Chord })[]

export function plain(phrase: Phrase, platform: Platform): string {
  return phrase.map((part) => (typeof part === 'string' ? part : labelOf(part.keys, platform))).join('')
}
