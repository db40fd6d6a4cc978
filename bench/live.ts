/** The text while one speaks, and what is left to do at the end: does either grow with the length of a dictation? */
import process from 'node:process'
import { FRAME_SAMPLES, samplesOf, secondsOf, type Pcm } from '../src/shared/audio.ts'
import { Transcriber } from '../src/engine/transcriber.ts'
import type { Supervisor } from '../src/supervisor/supervisor.ts'
import { NOISES } from '../test/fakes/noises.ts'
import { joined, readPcm, speechClips } from '../test/fakes/speech.ts'
import { median, percentile, type Row, type Section } from './figures.ts'
import { score, watch, type Score } from './partials.ts'
import { TAIL_SECONDS, waitBehind } from './spoken.ts'
import { supervised } from './supervision.ts'
import { REQUEST, transcribeInProcess } from './workload.ts'

/** Noise of different seeds at 20 dB below the speech, besides each clip as it is. */
const SEEDS = 10
const NOISE_SHARE = 0.1
/** Where in a dictation its cost is looked at. */
const PLACES = [5, 60, 600] as const
/** Of each kind of noise. */
const MINUTES = 12
const WAITS = { 5: 10, 60: 5, 600: 3 }

export async function livePartials(): Promise<Section> {
  await using engine = await Transcriber.load({ ...REQUEST, threads: 1 })
  const scores: Score[] = []
  let takenBack = 0
  for (const { path } of speechClips()) {
    const pcm = await readPcm(path)
    for (let seed = 0; seed <= SEEDS; seed++) {
      const watched = await watch(engine, seed === 0 ? pcm : noisy(pcm, seed))
      takenBack += watched.takenBack
      scores.push(score(watched))
    }
  }
  const [committed, changed, words] = (['committed', 'changed', 'words'] as const).map((name) =>
    scores.reduce((sum, one) => sum + one[name], 0),
  ) as [number, number, number]
  const [shown, final] = (['shownAfter', 'committedAfter'] as const).map((name) =>
    scores.flatMap((one) => one[name]),
  )
  const runs = `${speechClips().length} clips, each as it is and with ${SEEDS} seeds of noise`
  const times = (seconds: readonly number[] = []): string =>
    `${median(seconds).toFixed(2)} s (p95 ${percentile(seconds, 0.95).toFixed(2)} s)`
  return {
    title: 'Text while one speaks',
    rows: [
      { name: 'stable words taken back', value: `${takenBack}`, note: `${runs}; ${committed} stable words` },
      {
        name: 'stable words that the final text changes',
        value: percent(changed / committed),
        note: 'starter model',
      },
      {
        name: 'words that were stable before the end',
        value: percent(committed / words),
        note: `of ${words}`,
      },
      { name: 'spoken to seen', value: times(shown), note: 'of words that the final text has' },
      { name: 'spoken to stable', value: times(final), note: 'of words that were' },
    ],
    plots: [
      {
        title: 'Share of words seen and stable after they were spoken',
        x: 'seconds after the end of the word',
        y: 'share of them',
        series: [
          { name: 'seen', points: shares(shown ?? []) },
          { name: 'stable', points: shares(final ?? []) },
        ],
      },
    ],
    figures: {
      partialsTakenBack: takenBack,
      partialsChanged: changed / committed,
      partialsShownSecondsP50: median(shown ?? []),
      partialsStableSecondsP50: median(final ?? []),
    },
  }
}

/** An hour in rooms where nobody speaks. */
export async function noSpeech(): Promise<Section> {
  await using engine = await Transcriber.load({ ...REQUEST, threads: 1 })
  const rows: Row[] = []
  let total = 0
  for (const [name, make] of Object.entries(NOISES)) {
    let words = 0
    for (let minute = 1; minute <= MINUTES; minute++)
      words += (await transcribeInProcess(engine, make(60, minute))).words.length
    rows.push({ name, value: `${words} words`, note: `${MINUTES} minutes, each of another seed` })
    total += words
  }
  return { title: 'An hour without speech', rows, figures: { wordsWithoutSpeech: total } }
}

/** CPU time of the engine per second of speech at each place of one dictation, which repeats the same five seconds. */
export async function liveCost(): Promise<Section> {
  await using engine = await Transcriber.load({ ...REQUEST, threads: 1 })
  const loop = await loopedSpeech()
  // Compiled before it is measured.
  await watch(engine, joined([loop, loop, loop, loop]))
  const spent = new Map<number, number>()
  const perLoop = new Map<number, number>()
  let total = 0
  const stream = engine.openStream(
    0,
    { partial: () => undefined, settled: () => undefined },
    new AbortController().signal,
    {
      behind: () => false,
      now: () => performance.now(),
      failed: (error) => {
        throw error
      },
    },
  )
  const last = PLACES.at(-1) ?? 0
  for (let heard = 0; heard < samplesOf(last + 5); heard += FRAME_SAMPLES) {
    const before = process.cpuUsage()
    await stream.push(frameOf(loop, heard))
    const { user, system } = process.cpuUsage(before)
    total += user + system
    const loopAt = Math.floor(heard / loop.length) * secondsOf(loop.length)
    perLoop.set(loopAt, (perLoop.get(loopAt) ?? 0) + (user + system) / 1000 / secondsOf(loop.length))
    // The five seconds around each place: all of the loop.
    const place = PLACES.find((one) => Math.abs(secondsOf(heard) - one) <= secondsOf(loop.length) / 2)
    if (place !== undefined) spent.set(place, (spent.get(place) ?? 0) + user + system)
  }
  const perSecond = (place: number): number => (spent.get(place) ?? 0) / 1000 / secondsOf(loop.length)
  const all = PLACES.map(perSecond)
  return {
    title: 'CPU per second of speech within one dictation',
    rows: [
      ...PLACES.map((place) => ({
        name: `around second ${place}`,
        value: `${perSecond(place).toFixed(0)} ms`,
        note: 'partials, voice detector and finals; one thread',
      })),
      {
        name: 'second 600 / second 5',
        value: growth(all),
        note: `mean over all ${(total / 1000 / (last + 5)).toFixed(0)} ms`,
      },
    ],
    plots: [
      {
        title: 'CPU per second of speech over a dictation of ten minutes',
        x: 'second of the dictation',
        y: 'CPU ms',
        series: [{ name: 'one thread', points: [...perLoop] }],
      },
    ],
    figures: {
      liveCpuRatio: Number(growth(all)),
      liveCpuMsPerSecond: total / 1000 / (last + 5),
    },
  }
}

/** From the last sample to the final text, through the supervised worker, the end spoken in real time. */
export async function liveWaits(): Promise<Section> {
  await using supervisor = supervised()
  await supervisor.start()
  const loop = await loopedSpeech()
  const rows: Row[] = []
  const medians: number[] = []
  for (const place of PLACES) {
    const waits: number[] = []
    for (let turn = 0; turn < WAITS[place]; turn++) waits.push(await waitAfter(supervisor, loop, place))
    medians.push(median(waits))
    rows.push({
      name: `after ${place} s`,
      value: `${median(waits).toFixed(1)} ms (p95 ${percentile(waits, 0.95).toFixed(1)} ms)`,
      note: `${waits.length} dictations`,
    })
  }
  return {
    title: 'Wait from the last sample to the text',
    rows: [...rows, { name: '600 s / 5 s', value: growth(medians), note: 'of the medians' }],
    figures: { waitRatio: Number(growth(medians)), waitMsP50: median(medians) },
  }
}

/** It ends with the pause of the loop. */
async function waitAfter(supervisor: Supervisor, loop: Pcm, seconds: number): Promise<number> {
  const loops = Math.round(samplesOf(seconds) / loop.length)
  const pcm = joined(Array.from({ length: loops }, () => loop))
  return (
    1000 * (await waitBehind(supervisor, joined([pcm, loop.slice(0, samplesOf(TAIL_SECONDS))]), pcm.length))
  )
}

/** Five seconds with a pause at their end, as often as one likes. */
async function loopedSpeech(): Promise<Pcm> {
  const [first] = speechClips().filter(({ seconds }) => seconds > 4)
  const speech = await readPcm(first?.path ?? '')
  const pause = samplesOf(1.3)
  const loop = joined([speech.slice(0, samplesOf(5) - pause), noise(pause, 1)])
  return loop.slice(0, loop.length - (loop.length % FRAME_SAMPLES))
}

function frameOf(loop: Pcm, from: number): Pcm {
  const at = from % loop.length
  return loop.slice(at, at + FRAME_SAMPLES)
}

function noisy(pcm: Pcm, seed: number): Pcm {
  const power = Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length)
  const hiss = noise(pcm.length, seed)
  return pcm.map((sample, index) => sample + ((NOISE_SHARE * power) / 0.001) * (hiss[index] ?? 0))
}

/** White, at 60 dB below full scale. */
function noise(samples: number, seed: number): Pcm {
  let state = seed
  return Float32Array.from({ length: samples }, () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0
    return (0.001 * Math.sqrt(3) * (2 * state)) / 2 ** 32 - 0.001 * Math.sqrt(3)
  })
}

/** Of all `seconds`, the share that is at most so many: from 0 to 6 s. */
function shares(seconds: readonly number[]): (readonly [number, number])[] {
  return Array.from({ length: 61 }, (_, tenth) => {
    const most = tenth / 10
    return [most, seconds.filter((one) => one <= most).length / Math.max(1, seconds.length)]
  })
}

/** The last of the places against the first. */
function growth(values: readonly number[]): string {
  return ((values.at(-1) ?? NaN) / (values[0] ?? NaN)).toFixed(2)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
