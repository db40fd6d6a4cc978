/** Which models are shown, and in what order. Pure. */
import { chosenModel } from '../../../../shared/chosen-model.ts'
import type { ModelName, ModelRow } from '../../../../shared/models.ts'
import type { Settings } from '../../../../shared/settings.ts'
import { familyName, languageName, nameOf } from './models.ts'

const MEGABYTE = 1_000_000

export interface ModelFilter {
  /** Words that must all be found in what is written of the model. */
  readonly search: string
  /** ISO 639 code. */
  readonly language: string | undefined
  readonly atMostBytes: number | undefined
  readonly onDisk: boolean
}

export const EVERY_MODEL: ModelFilter = {
  search: '',
  language: undefined,
  atMostBytes: undefined,
  onDisk: false,
}

/** Sizes to choose from: a slow line, a small disk, no care. */
export const SIZES: readonly (readonly [bytes: number, words: string])[] = [
  [100 * MEGABYTE, 'Up to 100 MB'],
  [300 * MEGABYTE, 'Up to 300 MB'],
  [1_000 * MEGABYTE, 'Up to 1 GB'],
]

export function modelsShown(models: readonly ModelRow[], filter: ModelFilter): readonly ModelRow[] {
  return models.filter((row) => passes(row, filter)).sort(byRank)
}

/** Not by state: a row that moved while its button is pressed would be lost. */
function byRank(a: ModelRow, b: ModelRow): number {
  return rank(a) - rank(b) || a.card.bytes - b.card.bytes || a.card.title.localeCompare(b.card.title, 'en')
}

function rank({ recommended, card }: ModelRow): number {
  if (recommended) return 0
  return { 'built-in': 1, imported: 2, catalogue: 3 }[card.origin]
}

function passes(row: ModelRow, { search, language, atMostBytes, onDisk }: ModelFilter): boolean {
  const { card } = row
  if (onDisk && !takesDisk(row)) return false
  if (atMostBytes !== undefined && card.bytes > atMostBytes) return false
  if (language !== undefined && !card.languages.includes(language)) return false
  const written = [
    card.title,
    card.name,
    familyName(card.family),
    card.goodFor,
    card.licence,
    ...card.languages.map(languageName),
  ]
    .join('\n')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => written.includes(word))
}

/** Languages that some model knows, by name. */
export function languagesKnown(
  models: readonly ModelRow[],
): readonly (readonly [code: string, name: string])[] {
  const codes = new Set(models.flatMap(({ card }) => card.languages))
  return [...codes]
    .map((code): [string, string] => [code, languageName(code)])
    .sort(([, a], [, b]) => a.localeCompare(b, 'en'))
}

/** Bytes of it on disk, of a download under way too. */
export function bytesOnDisk({ card, state }: ModelRow): number {
  switch (state.kind) {
    case 'absent':
      return 0
    case 'downloading':
    case 'paused':
    case 'failed':
      return state.bytes
    case 'verifying':
    case 'installed':
    case 'broken':
      return card.bytes
  }
}

function takesDisk(row: ModelRow): boolean {
  return row.state.kind !== 'absent'
}

/** Those that can read. */
export function installed(models: readonly ModelRow[]): readonly ModelRow[] {
  return models.filter(({ state }) => state.kind === 'installed')
}

/** Name and words of those that can be chosen; the one that is chosen is among them. */
export function choicesOf(
  models: readonly ModelRow[],
  chosen: ModelName | null,
): readonly (readonly [ModelName, string])[] {
  const able = installed(models).map(({ card }): [ModelName, string] => [card.name, nameOf(card)])
  if (chosen === null || able.some(([name]) => name === chosen)) return able
  const row = models.find(({ card }) => card.name === chosen)
  const words = row === undefined ? `${chosen} (not known)` : `${row.card.title} (not on this computer)`
  return [...able, [chosen, words]]
}

/** The model that would read what is said, if it is known not to know the language. One that is not here gives way. */
export function strangerTo(
  models: readonly ModelRow[],
  settings: Pick<Settings, 'language' | 'model' | 'modelByLanguage'>,
): ModelRow | undefined {
  const { language } = settings
  const able = installed(models)
  const row =
    able.find(({ card }) => card.name === chosenModel(settings)) ??
    able.find(({ card }) => card.origin === 'built-in')
  const languages = row?.card.languages ?? []
  return language === null || languages.length === 0 || languages.includes(language) ? undefined : row
}

/** What the Dictate page offers, as long as the user has chosen nothing. */
export function offered(models: readonly ModelRow[], chosen: string): ModelRow | undefined {
  const { card } = models.find(({ card: { origin } }) => origin === 'built-in') ?? {}
  if (card?.name !== chosen) return undefined
  return models.find(({ recommended, card: { name } }) => recommended && name !== chosen)
}
