/** One file over the network: tried again as long as it gets on, given up with the cause in words. */
import { whenAborted } from '../process/abort.ts'
import type { Clock } from '../shared/clock.ts'
import { StenoError, textOf } from '../shared/errors.ts'
import type { Tuning } from '../shared/tuning.ts'
import { meaningOf, type Meaning } from './answer.ts'
import { Part, type Promised } from './part.ts'

export interface TransferWorld {
  /** The app gives Electron's, which knows the system's proxy. */
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** Milliseconds since 1970. */
  readonly date: () => number
  readonly tuning: Pick<Tuning, 'downloadStallMs' | 'downloadRetryMs' | 'downloadWaitAtMostMs'>
}

export interface TransferOptions {
  readonly signal?: AbortSignal | undefined
  /** @param total undefined when nobody says. */
  readonly progress?: ((bytes: number, total: number | undefined) => void) | undefined
}

/** Why one try ended; another may go better. */
class Setback extends Error {
  readonly afterMs: number
  /** What came was not what was promised. */
  readonly broken: boolean

  constructor(
    why: string,
    { afterMs = 0, broken = false, cause }: { afterMs?: number; broken?: boolean; cause?: unknown } = {},
  ) {
    super(why, { cause })
    this.afterMs = afterMs
    this.broken = broken
  }
}

/**
 * Rejects with `download-failed`, `disk-full`, or `model-corrupt` when what comes is again and again not what was
 * promised. What came is kept for the next time, but for the last.
 */
export async function transfer(
  promised: Promised,
  target: string,
  world: TransferWorld,
  options: TransferOptions = {},
): Promise<void> {
  await using part = await openPart(target, promised)
  const { downloadRetryMs } = world.tuning
  let fruitless = 0
  for (;;) {
    options.signal?.throwIfAborted()
    const before = part.bytes
    try {
      await attempt(part, promised, world, options)
      return
    } catch (error) {
      options.signal?.throwIfAborted()
      if (!(error instanceof Setback)) throw explained(error, promised.url, target)
      fruitless = part.bytes > before ? 0 : fruitless + 1
      if (fruitless > downloadRetryMs.length) throw gaveUp(error, promised.url, target)
      const waitMs = Math.max(error.afterMs, downloadRetryMs[Math.max(0, fruitless - 1)] ?? 0)
      if (waitMs > world.tuning.downloadWaitAtMostMs) throw gaveUp(error, promised.url, target)
      await sleep(world.clock, waitMs, options.signal)
    }
  }
}

async function attempt(
  part: Part,
  promised: Promised,
  world: TransferWorld,
  options: TransferOptions,
): Promise<void> {
  if (part.bytes === 0 || part.bytes !== promised.bytes) await receive(part, promised, world, options)
  const fault = await part.finish()
  if (fault !== undefined) throw new Setback(fault, { broken: true })
}

async function receive(
  part: Part,
  promised: Promised,
  world: TransferWorld,
  { signal, progress }: TransferOptions,
): Promise<void> {
  using watch = new StallWatch(world, signal)
  const response = await watch.guard(
    world.fetch(promised.url, {
      signal: watch.signal,
      // Packed on the way, it would have another length than on disk.
      headers: { 'accept-encoding': 'identity', ...part.headers },
    }),
  )
  const header = (name: string): string | null => response.headers.get(name)
  const meaning = meaningOf(
    {
      status: response.status,
      contentRange: header('content-range'),
      contentLength: header('content-length'),
      retryAfter: header('retry-after'),
    },
    part.headers === undefined ? 0 : part.bytes,
    world.date(),
  )
  if (meaning.kind === 'complete') return
  if (meaning.kind !== 'take') return await turnedAway(meaning, part, promised.url)
  await part.begin(meaning.from, strongValidator(header('etag')))
  await keep(
    part,
    watch.pieces(response.body),
    { promised: promised.bytes, announced: meaning.total },
    progress,
  )
}

/** Each piece is on disk before the next is taken. */
async function keep(
  part: Part,
  pieces: AsyncIterable<Uint8Array>,
  { promised, announced }: { readonly promised: number | undefined; readonly announced: number | undefined },
  progress: TransferOptions['progress'],
): Promise<void> {
  const total = announced ?? promised
  const most = promised ?? announced ?? Infinity
  for await (const piece of pieces) {
    if (part.bytes + piece.length > most) {
      await part.empty()
      throw new Setback('more came than the file has', { broken: true })
    }
    await part.append(piece)
    progress?.(part.bytes, total)
  }
  if (part.bytes < (total ?? 0)) throw new Setback(`it broke off after ${part.bytes} of ${total ?? 0} bytes`)
}

/** No body came that is of use. */
async function turnedAway(
  meaning: Exclude<Meaning, { kind: 'take' | 'complete' }>,
  part: Part,
  url: string,
): Promise<never> {
  switch (meaning.kind) {
    case 'refused':
      throw failed(url, meaning.why)
    case 'later':
      throw new Setback(meaning.why, { afterMs: meaning.afterMs })
    case 'anew':
      await part.empty()
      throw new Setback(meaning.why)
  }
}

/** Ends a request that falls silent, and names that as the cause. */
class StallWatch implements Disposable {
  readonly #abort = new AbortController()
  readonly #world: TransferWorld
  readonly #outer: Disposable
  #timer: Disposable | undefined

  constructor(world: TransferWorld, signal: AbortSignal | undefined) {
    this.#world = world
    this.#outer = whenAborted(signal, (reason) => {
      this.#abort.abort(reason)
    })
    this.#restart()
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Network errors as setbacks. */
  async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw setbackOf(error, this.#abort.signal)
    }
  }

  async *pieces(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
    if (body === null) return
    const reader = body.getReader()
    for (;;) {
      this.#restart()
      const next = await this.guard(reader.read())
      if (next.done) return
      yield next.value
    }
  }

  #restart(): void {
    const { clock, tuning } = this.#world
    this.#timer?.[Symbol.dispose]()
    this.#timer = clock.after(tuning.downloadStallMs, () => {
      const seconds = Math.round(tuning.downloadStallMs / 1000)
      this.#abort.abort(new Setback(`nothing came for ${seconds} s`))
    })
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#outer[Symbol.dispose]()
    // A body that is not wanted any more must not go on coming.
    this.#abort.abort(new Setback('it is not wanted any more'))
  }
}

function setbackOf(error: unknown, signal: AbortSignal): Setback {
  if (signal.reason instanceof Setback) return signal.reason
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return new Setback(textOf(cause), { cause: error })
}

/** A weak tag may stay the same though the bytes change. */
function strongValidator(etag: string | null): string | undefined {
  return etag === null || etag.startsWith('W/') ? undefined : etag
}

async function openPart(target: string, promised: Promised): Promise<Part> {
  try {
    return await Part.open(target, promised)
  } catch (error) {
    throw explained(error, promised.url, target)
  }
}

/** The disk's faults in words; ours stay as they are. */
function explained(error: unknown, url: string, target: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof StenoError) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return diskFull(target, error)
  return new StenoError('download-failed', `The file cannot be written: ${target}: ${textOf(error)}`, {
    file: target,
    hint: `Look whether the folder may be written to. It was to come from ${url}.`,
    cause: error,
  })
}

function diskFull(target: string, cause?: unknown): StenoError {
  return new StenoError('disk-full', `There is no room for the file on the disk: ${target}`, {
    file: target,
    hint: 'Make room and try again: what came is kept.',
    cause,
  })
}

function gaveUp(setback: Setback, url: string, target: string): StenoError {
  if (!setback.broken) return failed(url, setback.message, setback.cause)
  const message = `What came is not the file that was asked for: ${url}: ${setback.message}`
  return new StenoError('model-corrupt', message, {
    file: target,
    hint: 'Try again; if it stays so, the file was changed where it lies.',
  })
}

function failed(url: string, why: string, cause?: unknown): StenoError {
  return new StenoError('download-failed', `The file cannot be fetched: ${url}: ${why}`, {
    hint: 'Look whether this computer is online, and try again: what came is kept.',
    cause,
  })
}

async function sleep(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  using _timer = clock.after(ms, () => {
    resolve(undefined)
  })
  using _abort = whenAborted(signal, reject)
  await promise
}
