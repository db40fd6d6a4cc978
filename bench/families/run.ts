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
import { secondsOf, type Pcm } from '../../src/shared/audio.ts'
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
  const { speech, seconds: hearing } = await speechIn(pcm)
  for (const model of MODELS) {
    const wanted = names.length === 0 || names.some((name) => titleOf(model).includes(name))
    if (!wanted) continue
    const row = rowOf(await measure(model, pcm, speech), hearing / secondsOf(speech.length))
    process.stdout.write(`${row}\n`)
    // One by one: the whole takes an hour, and may be ended and gone on with.
    const page = await readFile(DOCUMENT, 'utf8')
    await writeFile(DOCUMENT, withRow(page, titleOf(model), row))
  }
}

/** The page with the row of that model in its place. */
function withRow(page: string, title: string, row: string): string {
  const before = familiesIn(page)
  const known = before
    .split('\n')
    .filter((line) => MODELS.some((model) => line.startsWith(`| ${titleOf(model)} |`)))
  const rows = MODELS.flatMap((model) => {
    const own = titleOf(model)
    return own === title ? [row] : known.filter((line) => line.startsWith(`| ${own} |`))
  })
  return `${page.replace(before, '').trimEnd()}\n\n${sectionOf(rows)}`
}

function titleOf({ name, precision }: Pick<Measured, 'name' | 'precision'>): string {
  return `${name} | ${precision}`
}

/** The section as it stands in a page, for who writes the rest of it anew; '' where there is none. */
export function familiesIn(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  return from < 0 || to < 0 ? '' : `${page.slice(from, to + END.length)}\n`
}

interface Heard {
  readonly speech: Pcm
  /** Of a processor, for the voice detector: of the quickest of five. */
  readonly seconds: number
}

/** What Steno gives its models of a clip: asked of a model that only listens. */
async function speechIn(pcm: Pcm): Promise<Heard> {
  await using vad = await SileroVad.load(await loadRuntime(), REQUEST.vad)
  let [heard, seconds]: [Pcm[], number] = [[], Infinity]
  const listener = {
    info: { id: 'listener', family: 'none', language: 'en', maxSeconds: 30 },
    transcribe: (segment: Pcm) => {
      heard.push(segment)
      return Promise.resolve({ text: '', words: [] })
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
  const ignored = { partial: () => undefined, settled: () => undefined }
  for (let run = 0; run < 5; run++) {
    heard = []
    const used = process.cpuUsage()
    const stream = new Transcriber(listener, vad).openStream(0, ignored, new AbortController().signal)
    await stream.push(pcm)
    await stream.finish()
    const { user, system } = process.cpuUsage(used)
    seconds = Math.min(seconds, (user + system) / 1e6)
  }
  const [speech] = heard
  if (speech === undefined || heard.length > 1) throw new Error(`${CLIP}: ${heard.length} segments, not one`)
  return { speech, seconds }
}

function sectionOf(rows: readonly string[]): string {
  const cores = cpus()
  const machine = `${cores[0]?.model ?? 'unknown processor'}, ${cores.length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform}, Node ${process.versions.node}`
  return [
    BEGIN,
    '## Families',
    '',
    `Written by \`npm run bench -- families [NAME …]\` on: ${machine}. Networks of the published sizes with made-up weights: the work of a real model, and none of its words. Both sides read the same files, hear the same eleven seconds, and say about four tokens to a second of speech: the very same number in Whisper and Moonshine, within a few in the others. One thread; each in a process of its own, in turn; Steno through its worker.`,
    '',
    'RTF is seconds of a processor per second of speech, of the quickest of eight decodes (three of slow models): the machine is shared, and the clock tells of the others. Steno also runs its voice detector, which finds where speech begins and ends, and the references have none: the first ratio is of all that Steno does, the second of the decode alone. Below 1, Steno is the quicker one.',
    '',
    '| model | weights | RTF Steno | RTF reference | ratio | decode alone | MB Steno | MB reference | reference |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    END,
    '',
  ].join('\n')
}

/** @param hearing what the voice detector takes per second. */
function rowOf(row: Measured, hearing: number): string {
  const { ours, theirs, megabytes, theirMegabytes, reference } = row
  const ratios = [ours / theirs, (ours - hearing) / theirs].map((ratio) => ratio.toFixed(2))
  const sizes = [megabytes, theirMegabytes].map((size) => size.toFixed(0))
  const cells = [titleOf(row), ours.toFixed(3), theirs.toFixed(3), ...ratios, ...sizes, reference]
  return `| ${cells.join(' | ')} |`
}
