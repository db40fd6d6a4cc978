/**
 * `npm run bench -- families [NAME …]` and `latency [NAME …]`: models of published size and made-up weights, in Steno's
 * worker and in a reference implementation. With names, only those that one of them is part of.
 */
import process from 'node:process'
import { Transcriber } from '../../src/engine/transcriber.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import { SileroVad } from '../../src/engine/vad/silero.ts'
import { secondsOf, type Pcm } from '../../src/shared/audio.ts'
import { readPcm, speechClips } from '../../test/fakes/speech.ts'
import { REQUEST } from '../workload.ts'
import { measureLatency, type Latency } from './latency.ts'
import { measure, type Measured } from './measure.ts'
import { MODELS } from './models.ts'
import { wantedOf, writeRow, type RowTable } from './page.ts'

/** Eleven seconds without a pause. */
const CLIP = 'fleurs-en-002.wav'
/** In the columns of a model that no reference runs. */
const NONE = '–'

const FAMILIES: RowTable = {
  title: 'Families',
  about: [
    'Written by `npm run bench -- families [NAME …]`. Networks of the published sizes with made-up weights: the work of a real model, and none of its words. Both sides read the same files, hear the same eleven seconds, and say about four tokens to a second of speech: the very same number in Whisper and Moonshine, within a few in the others. One thread; each in a process of its own, in turn; Steno through its worker.',
    'RTF is seconds of a processor per second of speech, of the quickest of eight decodes (three of slow models): the machine is shared, and the clock tells of the others. CPU seconds for a minute of speech are sixty times as much. Steno also runs its voice detector, which finds where speech begins and ends, and the references have none: the first ratio is of all that Steno does, the second of the decode alone. Below 1, Steno is the quicker one. A “–” stands where neither reference runs such a model.',
  ],
  columns: ['RTF Steno', 'RTF reference', 'ratio', 'decode alone', 'MB Steno', 'MB reference', 'reference'],
}

const LATENCY: RowTable = {
  title: 'From the last sample to the final text, beside the references',
  about: [
    'Written by `npm run bench -- latency [NAME …]`: the networks and the eleven seconds of “Families”, spoken in real time. The key is let go 0.2 s after the last word, and 0.15 s more are taken in; from there to the text is the wait. Steno has read ahead meanwhile. transformers.js and sherpa-onnx’s offline recognisers begin when they have all of it; sherpa-onnx’s streaming ones are fed in real time and get the silence they need to finish at once.',
    'The second pair is of a dictation three times as long, with pauses of 0.8 s: Steno has read all but the last third by its end. The last two columns are of one decode of those eleven seconds: how long it takes in all, and how much of that is inside `session.run` of the graphs, which no implementation on the same runtime can avoid. Seconds, medians, one thread.',
    'Where the first ratio is above a half (Whisper base beside transformers.js), the segment was spoken without any pause: its decode cannot begin before the last word is over, 0.35 s before the last sample, and 93 % of it is inside `run`. Next step: a shorter window for Whisper’s encoder, which hears 30 s however short the segment is.',
  ],
  columns: [
    'Steno',
    'reference',
    'ratio',
    'Steno, after 35 s',
    'reference, after 35 s',
    'ratio',
    'one decode',
    'of it `run`',
    'reference is',
  ],
}

export async function families(names: readonly string[]): Promise<void> {
  const pcm = await theClip()
  const { speech, seconds: hearing } = await speechIn(pcm)
  for (const model of wantedOf(MODELS, names)) {
    const measured = await measure(model, pcm, speech)
    await writeRow(FAMILIES, model, cellsOf(measured, hearing / secondsOf(speech.length)))
  }
}

export async function latency(names: readonly string[]): Promise<void> {
  const { speech } = await speechIn(await theClip())
  for (const model of wantedOf(MODELS, names)) {
    await writeRow(LATENCY, model, latencyCells(await measureLatency(model, speech)))
  }
}

function latencyCells({ short, long, decode, run, reference }: Latency): string[] {
  const pairs = [short, long].flatMap(({ ours, theirs }) => [
    ours.toFixed(3),
    theirs?.toFixed(3) ?? NONE,
    ratioOf(ours, theirs),
  ])
  return [...pairs, decode.toFixed(3), run.toFixed(3), reference ?? NONE]
}

async function theClip(): Promise<Pcm> {
  const clip = speechClips().find(({ file }) => file === CLIP)
  return await readPcm(clip?.path ?? CLIP)
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

/** @param hearing what the voice detector takes per second. */
function cellsOf({ ours, theirs, reference }: Measured, hearing: number): string[] {
  return [
    ours.seconds.toFixed(3),
    theirs?.seconds.toFixed(3) ?? NONE,
    ratioOf(ours.seconds, theirs?.seconds),
    ratioOf(ours.seconds - hearing, theirs?.seconds),
    ours.megabytes.toFixed(0),
    theirs?.megabytes.toFixed(0) ?? NONE,
    reference ?? NONE,
  ]
}

function ratioOf(ours: number, theirs: number | undefined): string {
  return theirs === undefined ? NONE : (ours / theirs).toFixed(2)
}
