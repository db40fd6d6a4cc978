/**
 * `npm run models:agreement`: decodes generated models with Steno and with well-kept other implementations, and
 * writes the table of docs/models.md. Fails when a difference has no explanation.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { rowOf, type Row, type Suite } from './agreement.ts'
import { moonshine } from './moonshine.ts'
import { transducers } from './transducers.ts'
import { whisper } from './whisper.ts'

const SUITES: readonly Suite[] = [whisper, moonshine, transducers]

const DOCUMENT = resolve(import.meta.dirname, '../../docs/models.md')
const [BEGIN, END] = ['<!-- agreement: begin -->', '<!-- agreement: end -->']

const rows: Row[] = []
for (const suite of SUITES) {
  const scratch = await mkdtemp(join(tmpdir(), 'steno-agreement-'))
  try {
    for (const comparison of await suite(scratch)) {
      const row = rowOf(comparison)
      rows.push(row)
      process.stdout.write(`${lineOf(row)}\n`)
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

const text = await readFile(DOCUMENT, 'utf8')
const [before = '', rest = ''] = text.split(BEGIN, 2)
const after = rest.split(END, 2)[1] ?? ''
await writeFile(DOCUMENT, `${before}${BEGIN}\n\n${section(rows)}\n\n${END}${after}`)
if (rows.some((row) => row.unexplained > 0)) process.exitCode = 1

function section(all: readonly Row[]): string {
  const differences = all.flatMap((row) => row.differences.map((line) => `- ${row.family}: ${line}`))
  return [
    '| Family | Reference | Cases | Tokens compared | Mismatches |',
    '| --- | --- | --- | --- | --- |',
    ...all.map(lineOf),
    ...(differences.length > 0 ? ['', 'Cases that differ:', '', ...differences] : []),
  ].join('\n')
}

function lineOf({ family, reference, cases, tokens, mismatches }: Row): string {
  return `| ${family} | ${reference} | ${cases} | ${tokens} | ${mismatches} |`
}
