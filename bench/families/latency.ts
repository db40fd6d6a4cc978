/** What one waits for after the last sample: Steno, which has read ahead, beside a reference with the same weights. */
import { modelRequest } from '../../src/cli/resources.ts'
import { loadModel } from '../../src/engine/models/load.ts'
import { loadRuntime, type Ort, type Session } from '../../src/engine/runtime.ts'
import { samplesOf, secondsOf, type Pcm } from '../../src/shared/audio.ts'
import { joined } from '../../test/fakes/speech.ts'
import { median } from '../figures.ts'
import { TAIL_SECONDS, waitBehind } from '../spoken.ts'
import { nameOf, openBoth, THREADS, type BothSides, type FullSize } from './measure.ts'
import type { Reference } from './reference.ts'

type Outputs = Awaited<ReturnType<Session['run']>>
type Feeds = Parameters<Session['run']>[0]
type Fetches = Parameters<Session['run']>[1]

export interface Pair {
  /** Seconds of wait. */
  readonly ours: number
  /** Of a reference, where there is one. */
  readonly theirs: number | undefined
}

export interface Latency {
  readonly short: Pair
  /** After a dictation of several segments. */
  readonly long: Pair
  /** Seconds of one decode of the segment, in this process … */
  readonly decode: number
  /** … and how much of it is inside the graphs. */
  readonly run: number
  readonly reference: string | undefined
}

const TURNS = 3
const SEGMENTS = 3
const PAUSE_SECONDS = 0.8
/** From the last word to letting go of the key. */
const RELEASE_SECONDS = 0.2

/** @param speech one segment. */
export async function measureLatency(full: FullSize, speech: Pcm): Promise<Latency> {
  await using both = await openBoth(full, speech)
  await both.supervisor.start()
  const short: Pair[] = []
  const long: Pair[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    const theirs = (await both.reference?.listen())?.waitSeconds
    short.push({ ours: await ours(both, [speech]), theirs })
    const segments = Array.from({ length: SEGMENTS }, () => speech)
    long.push({ ours: await ours(both, segments), theirs: await afterAll(both.reference) })
  }
  return {
    short: middle(short),
    long: middle(long),
    ...(await oneDecode(full, both.folder, speech)),
    reference: nameOf(full),
  }
}

async function ours({ supervisor }: BothSides, segments: readonly Pcm[]): Promise<number> {
  const pause = new Float32Array(samplesOf(PAUSE_SECONDS))
  const spoken = joined(segments.flatMap((segment, index) => (index === 0 ? [segment] : [pause, segment])))
  const release = spoken.length + samplesOf(RELEASE_SECONDS)
  const silence = new Float32Array(samplesOf(RELEASE_SECONDS + TAIL_SECONDS))
  const last = segments.at(-1)?.length ?? 0
  return await waitBehind(supervisor, joined([spoken, silence]), release, secondsOf(last))
}

/** One that listens has no more left to do at the end of a long dictation; the others have all of it. */
async function afterAll(reference: Reference | undefined): Promise<number | undefined> {
  if (reference === undefined) return undefined
  const once = await reference.listen()
  if (once.listened) return once.waitSeconds
  let waits = once.waitSeconds
  for (let segment = 1; segment < SEGMENTS; segment++) waits += (await reference.listen()).waitSeconds
  return waits
}

/** The model alone, without the voice detector and without a worker. */
async function oneDecode(
  full: FullSize,
  folder: string,
  speech: Pcm,
): Promise<{ decode: number; run: number }> {
  let inside = 0
  const ort = timedRuntime(await loadRuntime(), (seconds) => {
    inside += seconds
  })
  const request = modelRequest(folder, THREADS, full.wishes)
  await using model = await loadModel(ort, request)
  const decodes: { readonly decode: number; readonly run: number }[] = []
  for (let turn = 0; turn <= TURNS; turn++) {
    inside = 0
    const begun = performance.now()
    await model.transcribe(speech, new AbortController().signal)
    decodes.push({ decode: (performance.now() - begun) / 1000, run: inside })
  }
  // The first one warms up.
  const warm = decodes.slice(1)
  return { decode: median(warm.map((one) => one.decode)), run: median(warm.map((one) => one.run)) }
}

/** Tells how long each run of a graph takes. */
function timedRuntime(ort: Ort, took: (seconds: number) => void): Ort {
  const create = async (path: string, options: object): Promise<Session> => {
    const session = await ort.InferenceSession.create(path, options)
    const run = session.run.bind(session)
    const timed = async (feeds: Feeds, fetches: Fetches): Promise<Outputs> => {
      const begun = performance.now()
      const outputs = await run(feeds, fetches)
      took((performance.now() - begun) / 1000)
      return outputs
    }
    return Object.assign(session, { run: timed })
  }
  return Object.assign(Object.create(ort) as Ort, { InferenceSession: { create } })
}

function middle(pairs: readonly Pair[]): Pair {
  const theirs = pairs.map((one) => one.theirs).filter((wait) => wait !== undefined)
  return {
    ours: median(pairs.map((one) => one.ours)),
    theirs: theirs.length === 0 ? undefined : median(theirs),
  }
}
