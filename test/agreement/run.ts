/**
 * `npm run models:agreement -- [NAME …]`: decodes generated models with Steno and with well-kept other
 * implementations, and writes the table of docs/models.md. Names, or parts of them, choose the suites that run (by
 * default all); the rows of the others stay as they are. Fails when a difference has no explanation.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { rowOf, type Row, type Suite } from './agreement.ts'
import { fastconformer } from './fastconformer.ts'
import { moonshine } from './moonshine.ts'
import { nemoOffline } from './nemo-offline.ts'
import { parakeet } from './parakeet.ts'
import { mergeSection } from './section.ts'
import { senseVoice } from './sense-voice.ts'
import { whisperSherpa } from './whisper-sherpa.ts'
import { whisper } from './whisper.ts'
import { zipformer } from './zipformer.ts'

const SUITES: Readonly<Record<string, Suite>> = {
  whisper,
  'whisper-sherpa': whisperSherpa,
  moonshine,
  parakeet,
  'nemo-offline': nemoOffline,
  fastconformer,
  zipformer,
  'sense-voice': senseVoice,
}

const DOCUMENT = resolve(import.meta.dirname, '../../docs/models.md')

const wanted = process.argv.slice(2)
const chosen = Object.entries(SUITES).filter(
  ([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
)
if (chosen.length === 0) {
  process.stderr.write(`There is none of that name; there are: ${Object.keys(SUITES).join(', ')}\n`)
  process.exit(2)
}

const rows: Row[] = []
for (const [, suite] of chosen) {
  const scratch = await mkdtemp(join(tmpdir(), 'steno-agreement-'))
  try {
    for (const comparison of await suite(scratch)) {
      const row = rowOf(comparison)
      rows.push(row)
      process.stdout.write(
        `${row.family}: ${row.cases} cases, ${row.tokens} tokens, ${row.mismatches} differ\n`,
      )
      for (const line of row.differences) process.stdout.write(`  ${line}\n`)
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

await writeFile(DOCUMENT, mergeSection(await readFile(DOCUMENT, 'utf8'), rows))
if (rows.some((row) => row.unexplained > 0)) process.exitCode = 1
