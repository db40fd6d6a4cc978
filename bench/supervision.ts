/** What supervision costs, and how fast it starts, recovers and stops. */
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { composeSupervisor } from '../src/cli/compose.ts'
import { STARTER_MODEL } from '../src/cli/resources.ts'
import { Transcriber } from '../src/engine/transcriber.ts'
import type { Pcm } from '../src/shared/audio.ts'
import { silentLog } from '../src/shared/log.ts'
import type { Usage } from '../src/shared/worker-frames.ts'
import type { Supervisor } from '../src/supervisor/supervisor.ts'
import { median, percentile, spread, type Section } from './figures.ts'
import { oneMinute, REQUEST, transcribe, transcribeInProcess } from './workload.ts'

const STARTS = 20
const PAIRS = 15
const UTTERANCES = 500
const UTTERANCE_SECONDS = 4

export function supervised(tuning = {}): Supervisor {
  return composeSupervisor({ modelFolder: STARTER_MODEL, log: silentLog, live: true, tuning })
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await run()
  return performance.now() - begun
}

export async function startAndStop(): Promise<Section> {
  const starts: number[] = []
  const idleStops: number[] = []
  const busyStops: number[] = []
  const minute = await oneMinute()
  for (let run = 0; run < STARTS; run++) {
    const supervisor = supervised()
    starts.push(await timed(() => supervisor.start()))
    if (run % 2 === 0) {
      idleStops.push(await timed(() => supervisor[Symbol.asyncDispose]()))
      continue
    }
    const utterance = supervisor.open()
    void utterance.write(minute)
    utterance.finish().catch(() => undefined)
    await sleep(150)
    busyStops.push(await timed(() => supervisor[Symbol.asyncDispose]()))
  }
  return {
    title: 'Start and stop',
    rows: [
      {
        name: 'fork to ready',
        value: spread(starts, 'ms'),
        note: `${STARTS} starts; the model is loaded and warmed`,
      },
      { name: 'shutdown, idle', value: spread(idleStops, 'ms'), note: 'five acts, until the exit is seen' },
      { name: 'shutdown, decoding', value: spread(busyStops, 'ms'), note: 'a minute of speech in work' },
    ],
    figures: {
      forkToReadyMsP50: median(starts),
      forkToReadyMsP95: percentile(starts, 0.95),
      shutdownIdleMsP50: median(idleStops),
      shutdownIdleMsP95: percentile(idleStops, 0.95),
      shutdownBusyMsP50: median(busyStops),
      shutdownBusyMsP95: percentile(busyStops, 0.95),
    },
  }
}

/** The two paths in turn, A B A B …, so that a drift of the machine meets both. */
export async function supervisedAgainstInProcess(): Promise<Section> {
  const minute = await oneMinute()
  await using engine = await Transcriber.load(REQUEST)
  await using supervisor = supervised()
  const [alone, through] = [await transcribeInProcess(engine, minute), await transcribe(supervisor, minute)]
  if (alone.text !== through.text) throw new Error('the two paths read different words')
  const inProcess: number[] = []
  const ratios: number[] = []
  const overhead: number[] = []
  for (let pair = 0; pair < PAIRS; pair++) {
    const a = await timed(() => transcribeInProcess(engine, minute))
    const b = await timed(() => transcribe(supervisor, minute))
    inProcess.push(a)
    ratios.push(b / a)
    overhead.push(b - a)
  }
  const rtf = median(inProcess) / 60_000
  return {
    title: 'A minute of speech',
    rows: [
      {
        name: 'real-time factor',
        value: rtf.toFixed(4),
        note: `engine in-process, ${REQUEST.threads} thread(s), VAD included`,
      },
      {
        name: 'supervised / in-process',
        value: median(ratios).toFixed(3),
        note: `median of ${PAIRS} pairs; ${spread(overhead, 'ms')} more`,
      },
    ],
    figures: { realTimeFactor: rtf, supervisedRatio: median(ratios), supervisedOverheadMs: median(overhead) },
  }
}

export async function recovery(): Promise<Section> {
  const minute = (await oneMinute()).slice(0, UTTERANCE_SECONDS * 16_000)
  await using supervisor = supervised({ circuitOpensAt: Infinity })
  const undisturbed: number[] = []
  const disturbed: number[] = []
  for (let run = 0; run < STARTS; run++) {
    await supervisor.start()
    undisturbed.push(await timed(() => transcribe(supervisor, minute)))
    disturbed.push(
      await timed(async () => {
        const pid = supervisor.health.pid ?? 0
        const text = transcribe(supervisor, minute)
        process.kill(pid, 'SIGKILL')
        await text
      }),
    )
  }
  const extra = disturbed.map((ms) => ms - median(undisturbed))
  return {
    title: 'Recovery',
    rows: [
      {
        name: 'kill of the worker to the final text',
        value: spread(extra, 'ms'),
        note: `beyond the undisturbed ${median(undisturbed).toFixed(0)} ms, back-off included; ${STARTS} kills`,
      },
    ],
    figures: { recoveryMsP50: median(extra), recoveryMsP95: percentile(extra, 0.95) },
  }
}

export async function memory(): Promise<Section> {
  const minute = await oneMinute()
  await using supervisor = supervised({ heartbeatEveryMs: 50 })
  const rss: number[] = []
  for (let run = 0; run < UTTERANCES; run++) {
    await transcribe(supervisor, utteranceOf(minute, run))
    if (run % 10 === 9) rss.push(await residentMegabytes(supervisor))
  }
  const [early, late] = [median(rss.slice(5, 15)), median(rss.slice(-10))]
  return {
    title: 'Memory of the worker',
    rows: [
      {
        name: 'after 50–150 utterances',
        value: `${early.toFixed(0)} MB`,
        note: `resident, ${UTTERANCE_SECONDS} s each`,
      },
      {
        name: `after ${UTTERANCES - 100}–${UTTERANCES}`,
        value: `${late.toFixed(0)} MB`,
        note: `ratio ${(late / early).toFixed(3)}`,
      },
    ],
    figures: { workerMegabytesEarly: early, workerMegabytesLate: late, workerMemoryRatio: late / early },
  }
}

function utteranceOf(minute: Pcm, run: number): Pcm {
  const from = ((run * 7_919) % 50) * 16_000
  return minute.subarray(from, from + UTTERANCE_SECONDS * 16_000)
}

async function residentMegabytes(supervisor: Supervisor): Promise<number> {
  return (await nextUsage(supervisor)).rssBytes / 2 ** 20
}

/** What the worker says of itself next. */
export async function nextUsage(supervisor: Supervisor): Promise<Usage> {
  const before = supervisor.health.usage
  for (;;) {
    const { usage } = supervisor.health
    if (usage !== undefined && usage !== before) return usage
    await sleep(5)
  }
}
