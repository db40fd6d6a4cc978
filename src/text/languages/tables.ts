/** The languages there are tables for. */
import type { ModelInfo, Wishes } from '../../shared/worker-frames.ts'
import { GERMAN } from './de.ts'
import { ENGLISH } from './en.ts'
import { SPANISH } from './es.ts'
import { FRENCH } from './fr.ts'
import type { Language } from './language.ts'

export type { Language } from './language.ts'

const TABLES: ReadonlyMap<string, Language> = new Map(
  [ENGLISH, GERMAN, FRENCH, SPANISH].map((table) => [table.code, table]),
)

/** @param code ISO 639, with or without a region behind a hyphen. */
export function languageOf(code: string | null | undefined): Language | undefined {
  return TABLES.get(code?.split('-')[0]?.toLowerCase() ?? '')
}

/** What `TextOptions.language` is to be for a decode: null where only the lines can tell. */
export function textLanguage(
  { language, translate }: Wishes,
  model: Pick<ModelInfo, 'language'>,
): string | null {
  if (translate === true) return 'en'
  return language ?? languageOf(model.language)?.code ?? null
}
