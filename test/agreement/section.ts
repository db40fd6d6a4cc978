/** The part of docs/models.md that the comparisons write. */
import type { Row } from './agreement.ts'

const [BEGIN, END] = ['<!-- agreement: begin -->', '<!-- agreement: end -->']
const HEAD = [
  '| Family | Reference | Cases | Tokens compared | Mismatches |',
  '| --- | --- | --- | --- | --- |',
]
const TABLE_ROW = /^\| ([^|]*?) +\|/
const DIFFERENCE = /^- ([^:]*):/

/** The document with these rows in its table: in the place of those for the same families, new ones at its end. */
export function mergeSection(document: string, rows: readonly Row[]): string {
  const [before = '', rest = ''] = document.split(BEGIN, 2)
  const [old = '', after = ''] = rest.split(END, 2)
  const table = byFamily(old, TABLE_ROW)
  const differences = byFamily(old, DIFFERENCE)
  for (const head of ['Family', ...[...table.keys()].filter((family) => /^-+$/.test(family))])
    table.delete(head)
  for (const row of rows) {
    table.set(row.family, [lineOf(row)])
    differences.set(
      row.family,
      row.differences.map((line) => `- ${row.family}: ${line}`),
    )
  }
  const differing = [...differences.values()].flat()
  const section = [
    ...HEAD,
    ...[...table.values()].flat(),
    ...(differing.length > 0 ? ['', 'Cases that differ:', '', ...differing] : []),
  ]
  return `${before}${BEGIN}\n\n${section.join('\n')}\n\n${END}${after}`
}

/** @param pattern of a line; its group is the family. */
function byFamily(section: string, pattern: RegExp): Map<string, string[]> {
  const lines = new Map<string, string[]>()
  for (const line of section.split('\n')) {
    const family = pattern.exec(line)?.[1]
    if (family !== undefined) lines.set(family, [...(lines.get(family) ?? []), line])
  }
  return lines
}

function lineOf({ family, reference, cases, tokens, mismatches }: Row): string {
  return `| ${family} | ${reference} | ${cases} | ${tokens} | ${mismatches} |`
}
