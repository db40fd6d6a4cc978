/**
 * Model folders with missing, truncated, bit-flipped, swapped and foreign files, loaded by a real worker: each must
 * give a typed error that names a file of the folder, within two seconds, or the text. Where native code takes the
 * worker down, the supervisor must say so and name the model.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { composeSupervisor } from '../../src/cli/compose.ts'
import type { Pcm } from '../../src/shared/audio.ts'
import { toWire, type WireError } from '../../src/shared/errors.ts'
import { longSpeech } from '../fakes/speech.ts'
import { ZOO } from '../onnx/zoo.ts'
import { KINDS, mutilate, type Damage, type Kind } from './mutilate.ts'
import { WarmWorker, type Answer } from './warm-worker.ts'

const LIMIT_MS = 2_000
/** What is not over by then hangs. */
const PATIENCE_MS = 20_000
/** Models that were loaded stay in the worker: it is replaced now and then. */
const RUNS_PER_WORKER = 20

const OUTCOMES = [
  'refused',
  'failed at the clip',
  'same text',
  'other text',
  'worker died, said so',
  // faults
  'no typed error',
  'no file named',
  'too late',
  'hung',
] as const
type Outcome = (typeof OUTCOMES)[number]
const FIRST_FAULT = OUTCOMES.indexOf('no typed error')

interface Original {
  readonly name: string
  readonly folder: string
  readonly text: string
}

export interface MutilationReport {
  readonly counts: Record<Kind, Partial<Record<Outcome, number>>>
  /** From the request to the error, of all typed errors. */
  readonly errorMs: { readonly p50: number; readonly p95: number; readonly most: number }
  /** Errors that name one of the very files that were damaged; the others name one that does not fit them. */
  readonly namedTheDamaged: number
  readonly errors: number
  /** Errors that came too late, and in time when the same was asked again: the machine was busy with other things. */
  readonly askedAgain: number
  readonly faults: number
}

export async function mutilatedFolders(runs: number, random: () => number): Promise<MutilationReport> {
  const scratch = await mkdtemp(join(tmpdir(), 'steno-mutilated-'))
  try {
    return await new Mutilation(scratch, await longSpeech(), random).run(runs)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

class Mutilation {
  readonly #scratch: string
  readonly #pcm: Pcm
  readonly #random: () => number
  readonly #counts = Object.fromEntries(KINDS.map((kind) => [kind, {}])) as MutilationReport['counts']
  readonly #errorMs: number[] = []
  #namedTheDamaged = 0
  #askedAgain = 0
  #faults = 0

  constructor(scratch: string, pcm: Pcm, random: () => number) {
    this.#scratch = scratch
    this.#pcm = pcm
    this.#random = random
  }

  async run(runs: number): Promise<MutilationReport> {
    const originals = await this.#originals()
    for (let from = 0; from < runs; from += RUNS_PER_WORKER) {
      await this.#some(originals, from, Math.min(runs, from + RUNS_PER_WORKER))
      process.stdout.write(`${Math.min(runs, from + RUNS_PER_WORKER)} mutilated folders\n`)
    }
    const sorted = this.#errorMs.toSorted((a, b) => a - b)
    const quantile = (share: number): number => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0)
    return {
      counts: this.#counts,
      errorMs: { p50: quantile(0.5), p95: quantile(0.95), most: quantile(1) },
      namedTheDamaged: this.#namedTheDamaged,
      errors: sorted.length,
      askedAgain: this.#askedAgain,
      faults: this.#faults,
    }
  }

  async #originals(): Promise<Original[]> {
    await using worker = await WarmWorker.start()
    const originals: Original[] = []
    for (const [index, { name, make }] of ZOO.entries()) {
      const folder = join(this.#scratch, `original-${index}`)
      await make(folder)
      const answer = await worker.ask(folder, this.#pcm, PATIENCE_MS)
      if (answer.kind !== 'text' || answer.text === '') throw new Error(`${name}: ${JSON.stringify(answer)}`)
      originals.push({ name, folder, text: answer.text })
    }
    return originals
  }

  async #some(originals: readonly Original[], from: number, to: number): Promise<void> {
    let worker = await WarmWorker.start()
    try {
      for (let run = from; run < to; run++) {
        const original = originals[run % originals.length]
        const kind = KINDS[Math.floor(run / originals.length) % KINDS.length]
        if (original === undefined || kind === undefined) continue
        const folder = join(this.#scratch, 'copy')
        await rm(folder, { recursive: true, force: true })
        await cp(original.folder, folder, { recursive: true })
        const others = originals.filter((other) => other !== original).map((other) => other.folder)
        const damage = await mutilate(folder, kind, others, this.#random)
        const answer = await this.#ask(worker, folder)
        this.#note(original, damage, await this.#judge(answer, folder, damage, original), answer)
        if (answer.kind === 'text' || answer.kind === 'error') continue
        await worker[Symbol.asyncDispose]()
        worker = await WarmWorker.start()
      }
    } finally {
      await worker[Symbol.asyncDispose]()
    }
  }

  /** Once more, when the error came too late: if Steno is what is slow, it is so again. */
  async #ask(worker: WarmWorker, folder: string): Promise<Answer> {
    const answer = await worker.ask(folder, this.#pcm, PATIENCE_MS)
    if (answer.kind !== 'error' || answer.ms <= LIMIT_MS) return answer
    this.#askedAgain += 1
    return await worker.ask(folder, this.#pcm, PATIENCE_MS)
  }

  async #judge(answer: Answer, folder: string, damage: Damage, original: Original): Promise<Outcome> {
    switch (answer.kind) {
      case 'hung':
        return 'hung'
      case 'text':
        return answer.text === original.text ? 'same text' : 'other text'
      case 'died': {
        const fault = faultOf(await supervised(folder, this.#pcm), folder)
        return fault ?? 'worker died, said so'
      }
      case 'error': {
        const fault = faultOf(answer.error, folder)
        if (fault !== undefined) return fault
        this.#errorMs.push(answer.ms)
        if (damage.files.includes(answer.error.file ?? '')) this.#namedTheDamaged += 1
        if (answer.ms > LIMIT_MS) return 'too late'
        return answer.loading ? 'refused' : 'failed at the clip'
      }
    }
  }

  #note({ name }: Original, { kind, text }: Damage, outcome: Outcome, answer: Answer): void {
    const counts = this.#counts[kind]
    counts[outcome] = (counts[outcome] ?? 0) + 1
    if (OUTCOMES.indexOf(outcome) < FIRST_FAULT && answer.kind !== 'died') return
    if (OUTCOMES.indexOf(outcome) >= FIRST_FAULT) this.#faults += 1
    process.stderr.write(`${name}, ${text}: ${outcome}: ${JSON.stringify(answer)}\n`)
  }
}

/** What the user is told when the worker does not survive the model. */
async function supervised(folder: string, pcm: Pcm): Promise<WireError | undefined> {
  await using supervisor = composeSupervisor({ modelFolder: folder, log: () => undefined, live: true })
  try {
    await supervisor.start()
    const utterance = supervisor.open()
    await utterance.write(pcm)
    await utterance.finish()
    return undefined
  } catch (error) {
    // An utterance is given up after several deaths of the worker, each of which names the model.
    return toWire(supervisor.health.lastFailure ?? error)
  }
}

function faultOf(error: WireError | undefined, folder: string): Outcome | undefined {
  if (error === undefined || error.code === 'internal') return 'no typed error'
  return error.file?.startsWith(folder) === true ? undefined : 'no file named'
}
