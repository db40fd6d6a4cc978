/** One model, decoded in turn by Steno's worker and by a reference: same files, threads, audio and tokens. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeSupervisor } from '../../src/cli/compose.ts'
import { samplesOf, secondsOf, type Pcm } from '../../src/shared/audio.ts'
import { silentLog } from '../../src/shared/log.ts'
import type { Supervisor } from '../../src/supervisor/supervisor.ts'
import type { Wishes } from '../../src/shared/worker-frames.ts'
import { nextUsage } from '../supervision.ts'
import { transcribe } from '../workload.ts'
import type { Precision } from './network.ts'
import { Reference, type Decoded, type ReferenceModel } from './reference.ts'

export interface FullSize {
  readonly name: string
  readonly precision: Precision
  readonly write: (folder: string, precision: Precision, tokens: number) => Promise<void>
  readonly wishes?: Wishes
  /** Left out where no other implementation runs such a model. */
  readonly reference?: ReferenceModel
  /** Silence that Steno adds behind the speech, which the reference is given. */
  readonly tailSeconds?: number
}

export interface Side {
  /** Seconds of a processor per second of speech: the quickest decode. */
  readonly seconds: number
  readonly megabytes: number
}

export interface Measured {
  readonly reference: string | undefined
  readonly ours: Side
  readonly theirs: Side | undefined
}

export const THREADS = 1
const PAIRS = 8
/** Slow models are measured less often: from so many seconds for one decode. */
const SLOW_SECONDS = 8
const SLOW_PAIRS = 3
const TOKENS_PER_SECOND = 4
/** The watchdog is made for machines that keep up; here a decode may take as long as it takes. */
const TUNING = { heartbeatEveryMs: 100, answerPerAudio: 60 }

/** Both implementations with the same model loaded. */
export interface BothSides extends AsyncDisposable {
  readonly folder: string
  readonly supervisor: Supervisor
  readonly reference: Reference | undefined
  /** About so many are said of the speech. */
  readonly tokens: number
}

/** @param speech what the reference decodes. */
export async function openBoth(full: FullSize, speech: Pcm): Promise<BothSides> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'steno-families-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const tokens = Math.round(TOKENS_PER_SECOND * secondsOf(speech.length))
  await full.write(folder, full.precision, tokens)
  const clip = join(folder, 'clip.f32')
  await writeFile(clip, new Uint8Array(withTail(speech, full.tailSeconds).buffer))
  const supervisor = stack.use(
    composeSupervisor({
      modelFolder: folder,
      log: silentLog,
      live: true,
      threads: THREADS,
      tuning: TUNING,
      ...(full.wishes === undefined ? {} : { wishes: full.wishes }),
    }),
  )
  const { reference: model, tailSeconds } = full
  const reference =
    model === undefined ? undefined : stack.use(await Reference.start({ folder, model, clip, tailSeconds }))
  const owned = stack.move()
  return { folder, supervisor, reference, tokens, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

export function nameOf({ reference }: FullSize): string | undefined {
  if (reference === undefined) return undefined
  return reference.kind === 'transformers' ? 'transformers.js' : 'sherpa-onnx'
}

/** @param pcm a clip whose speech is one segment. @param speech what Steno decodes of it. */
export async function measure(full: FullSize, pcm: Pcm, speech: Pcm): Promise<Measured> {
  await using both = await openBoth(full, speech)
  const { supervisor } = both
  const text = (await transcribe(supervisor, pcm)).text
  if (text === '') throw new Error(`${full.name}: Steno says nothing`)
  const [ours, theirs]: [number[], Decoded[]] = [[], []]
  let pairs = PAIRS
  for (let pair = 0; pair < pairs; pair++) {
    const before = theirs.length
    if (pair % 2 === 1) await refer(both, theirs)
    const seconds = await decode(supervisor, pcm, text)
    ours.push(seconds)
    if (theirs.length === before) await refer(both, theirs)
    if ((theirs.at(-1)?.cpuSeconds ?? seconds) > SLOW_SECONDS) pairs = SLOW_PAIRS
  }
  const side = (decodes: readonly number[], megabytes: number): Side => ({
    seconds: Math.min(...decodes) / secondsOf(speech.length),
    megabytes,
  })
  const last = theirs.at(-1)
  return {
    reference: nameOf(full),
    ours: side(ours, (await nextUsage(supervisor)).rssBytes / 2 ** 20),
    theirs:
      last &&
      side(
        theirs.map(({ cpuSeconds }) => cpuSeconds),
        last.megabytes,
      ),
  }
}

/** Notes a decode of the reference, where there is one. */
async function refer({ reference, tokens }: BothSides, decodes: Decoded[]): Promise<void> {
  if (reference === undefined) return
  const decoded = await reference.decode()
  if (Math.abs(decoded.tokens - tokens) > 0.5 * tokens)
    throw new Error(`the reference says ${decoded.tokens} tokens, not about ${tokens}`)
  decodes.push(decoded)
}

/** Seconds of a processor. @param text what it must say again. */
async function decode(supervisor: Supervisor, pcm: Pcm, text: string): Promise<number> {
  const before = await nextUsage(supervisor)
  const again = await transcribe(supervisor, pcm)
  if (again.text !== text) throw new Error(`the same sound gives “${text}”, then “${again.text}”`)
  return ((await nextUsage(supervisor)).cpuMs - before.cpuMs) / 1000
}

function withTail(speech: Pcm, seconds = 0): Pcm {
  const longer = new Float32Array(speech.length + samplesOf(seconds))
  longer.set(speech)
  return longer
}
