/**
 * `npm run bench -- families [NAME …]`: models of published size and made-up weights, in Steno's worker and in a
 * reference implementation. Writes its table into docs/performance.md; with names, only prints what they match.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { Transcriber } from '../../src/engine/transcriber.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import { SileroVad } from '../../src/engine/vad/silero.ts'
import type { Pcm } from '../../src/shared/audio.ts'
import { readPcm, speechClips } from '../../test/fakes/speech.ts'
import { REQUEST } from '../workload.ts'
import { measure, type Measured } from './measure.ts'
import { MODELS } from './models.ts'

/** Eleven seconds without a pause. */
const CLIP = 'fleurs-en-002.wav'
const DOCUMENT = join(resolve(import.meta.dirname, '../..'), 'docs/performance.md')
const [BEGIN, END] = ['<!-- families: begin -->', '<!-- families: end -->'] as const

export async function families(names: readonly string[]): Promise<void> {
  const clip = speechClips().find(({ file }) => file === CLIP)
  const pcm = await readPcm(clip?.path ?? CLIP)
  const speech = await speechIn(pcm)
  const chosen = MODELS.filter(
    ({ name, precision }) =>
      names.length === 0 || names.some((wanted) => `${name} ${precision}`.includes(wanted)),
  )
  const rows: Measured[] = []
  for (const model of chosen) {
    const row = await measure(model, pcm, speech)
    rows.push(row)
    process.stdout.write(`${lineOf(row)}\n`)
  }
  if (names.length > 0) return
  const page = await readFile(DOCUMENT, 'utf8')
  await writeFile(DOCUMENT, `${page.replace(familiesIn(page), '').trimEnd()}\n\n${sectionOf(rows)}`)
}

/** The section as it stands in a page, for who writes the rest of it anew; '' where there is none. */
export function familiesIn(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  return from < 0 || to < 0 ? '' : `${page.slice(from, to + END.length)}\n`
}

/** What Steno gives its models of a clip: asked of a model that only listens. */
async function speechIn(pcm: Pcm): Promise<Pcm> {
  const heard: Pcm[] = []
  await using vad = await SileroVad.load(await loadRuntime(), REQUEST.vad)
  const listener = {
    info: { id: 'listener', family: 'none', language: 'en', maxSeconds: 30 },
    transcribe: (segment: Pcm) => {
      heard.push(segment)
      return Promise.resolve({ text: '', words: [] })
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
  const ignored = { partial: () => undefined, settled: () => undefined }
  const stream = new Transcriber(listener, vad).openStream(0, ignored, new AbortController().signal)
  await stream.push(pcm)
  await stream.finish()
  const [speech] = heard
  if (speech === undefined || heard.length > 1) throw new Error(`${CLIP}: ${heard.length} segments, not one`)
  return speech
}

function sectionOf(rows: readonly Measured[]): string {
  const cores = cpus()
  const machine = `${cores[0]?.model ?? 'unknown processor'}, ${cores.length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform}, Node ${process.versions.node}`
  return [
    BEGIN,
    '## Families',
    '',
    `Written by \`npm run bench -- families\` on: ${machine}. Networks of the published sizes with made-up weights: the work of a real model, and none of its words; both sides say the same number of tokens, about four to a second of speech. One thread; each side in a process of its own, in turn; Steno through its worker, voice detector included, which the reference has none of. RTF is processor seconds per second of speech, of the quickest of eight decodes (three of slow models), since the machine is shared; the ratio is Steno’s to the reference’s: below 1, Steno is the faster one.`,
    '',
    '| model | weights | RTF Steno | RTF reference | ratio | by the clock | MB Steno | MB reference | reference |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(lineOf),
    '',
    END,
    '',
  ].join('\n')
}

function lineOf(row: Measured): string {
  const cells = [
    row.name,
    row.precision,
    row.ours.toFixed(3),
    row.theirs.toFixed(3),
    (row.ours / row.theirs).toFixed(2),
    row.clockRatio.toFixed(2),
    row.megabytes.toFixed(0),
    row.theirMegabytes.toFixed(0),
    row.reference,
  ]
  return `| ${cells.join(' | ')} |`
}
