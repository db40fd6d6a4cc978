/** A table of docs/performance.md that is written row by row: the whole takes an hour, and may be ended and gone on with. */
import { readFile, writeFile } from 'node:fs/promises'
import { DOCUMENT, machine, sectionOf, withSection } from '../page.ts'
import type { FullSize } from './measure.ts'
import { MODELS } from './models.ts'

export interface RowTable {
  readonly title: string
  /** What the figures mean, in paragraphs. */
  readonly about: readonly string[]
  /** Of the columns behind model and weights. */
  readonly columns: readonly string[]
}

type Named = Pick<FullSize, 'name' | 'precision'>

export function titleOf({ name, precision }: Named): string {
  return `${name} | ${precision}`
}

/** The models that any of the names is part of; all without names. */
export function wantedOf<T extends Named>(models: readonly T[], names: readonly string[]): readonly T[] {
  return models.filter((model) => names.length === 0 || names.some((name) => titleOf(model).includes(name)))
}

/** Puts the row of a model in its place, prints it, and leaves the others as they are. */
export async function writeRow(table: RowTable, model: Named, cells: readonly string[]): Promise<void> {
  const own = titleOf(model)
  const row = `| ${own} | ${cells.join(' | ')} |`
  process.stdout.write(`${row}\n`)
  const page = await readFile(DOCUMENT, 'utf8')
  const known = sectionOf(page, table.title).split('\n')
  const rows = MODELS.map(titleOf).flatMap((title) =>
    title === own ? [row] : known.filter((line) => line.startsWith(`| ${title} |`)),
  )
  const columns = ['model', 'weights', ...table.columns]
  const text = [
    `## ${table.title}`,
    '',
    ...table.about.flatMap((paragraph) => [paragraph, '']),
    `| ${columns.join(' | ')} |`,
    `|${'---|'.repeat(columns.length)}`,
    ...rows,
    '',
    `_${machine()}_`,
    '',
  ].join('\n')
  await writeFile(DOCUMENT, withSection(page, table.title, text))
}
