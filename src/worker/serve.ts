/**
 * Frames in, engine calls, frames out. Knows no process: the channel, the loader and the exit are handed in, so that
 * the same code serves a utility process, a child process and a test.
 *
 * Frames are worked through in order, but `ping`, `cancel`, `shutdown` and the coming end are heard on arrival.
 */
import type { Live } from '../engine/partials/preview.ts'
import { textOf, toWire } from '../shared/errors.ts'
import type { Line, PartialLine } from '../shared/transcript.ts'
import type {
  FromWorker,
  Generation,
  ModelInfo,
  ModelRequest,
  SessionId,
  ToWorker,
  Usage,
} from '../shared/worker-frames.ts'

/** What the worker needs of the engine; `Transcriber` is one. */
export interface Engine {
  readonly info: ModelInfo
  openStream(from: number, events: EngineEvents, signal: AbortSignal, live?: Live): EngineStream
}

export interface EngineEvents {
  partial(partial: PartialLine): void
  settled(samples: number, line: Line | undefined): void
}

export interface EngineStream {
  /** Index after the last sample pushed. */
  readonly end: number
  push(pcm: Float32Array): Promise<void>
  /** Called while a `push` may be under way. */
  expectEnd(): void
  finish(): Promise<void>
}

export interface WorkerWorld {
  post(frame: FromWorker): void
  onFrame(listener: (frame: ToWorker) => void): void
  load(request: ModelRequest): Promise<Engine>
  usage(): Usage
  /** Milliseconds, monotonic. */
  now(): number
  /** For standard error. */
  complain(text: string): void
  /** Ends the process: that, and nothing else, gives back what native code holds. */
  exit(): void
}

type QueuedFrame = Extract<ToWorker, { kind: 'load' | 'open' | 'audio' | 'finish' }>
type SessionFrame = Exclude<QueuedFrame, { kind: 'load' }>

export function serve(world: WorkerWorld): void {
  let queue = Promise.resolve()
  let waiting = 0
  const desk = new Desk(world, () => waiting > 0)
  world.onFrame((frame) => {
    switch (frame.kind) {
      case 'ping':
        world.post({ kind: 'pong', generation: frame.generation, usage: world.usage() })
        break
      case 'shutdown':
        world.exit()
        break
      case 'cancel':
        desk.cancel(frame.session)
        break
      case 'ending':
        desk.expectEnd(frame.session)
        break
      case 'load':
      case 'open':
      case 'audio':
      case 'finish':
        if (frame.kind === 'finish') desk.expectEnd(frame.session)
        waiting += 1
        queue = queue.then(() => {
          waiting -= 1
          return desk.handle(frame)
        })
        break
    }
  })
}

/** Holds the engine and the session in work. */
class Desk {
  readonly #world: WorkerWorld
  readonly #behind: () => boolean
  #generation: Generation = 0
  #engine: Engine | undefined
  #open:
    { readonly id: SessionId; readonly stream: EngineStream; readonly abort: AbortController } | undefined
  /** Sessions up to this one have been given up; ids only grow. */
  readonly #cancelled = new Set<SessionId>()
  /** The end may be announced before the session is opened. */
  readonly #ending = new Set<SessionId>()

  constructor(world: WorkerWorld, behind: () => boolean) {
    this.#world = world
    this.#behind = behind
  }

  cancel(session: SessionId): void {
    this.#cancelled.add(session)
    if (this.#open?.id === session) this.#open.abort.abort()
  }

  expectEnd(session: SessionId): void {
    this.#ending.add(session)
    this.#streamOf(session)?.expectEnd()
  }

  /** Never rejects: what goes wrong is answered. */
  async handle(frame: QueuedFrame): Promise<void> {
    if (frame.kind === 'load') {
      await this.#load(frame.generation, frame.model)
      return
    }
    if (this.#cancelled.has(frame.session)) return
    const { generation, session } = frame
    try {
      await this.#serveSession(frame)
    } catch (error) {
      this.#open = undefined
      const wanted = this.#cancelled.has(session)
      if (!wanted) this.#world.post({ kind: 'failed', generation, session, error: toWire(error) })
    }
  }

  async #load(generation: Generation, request: ModelRequest): Promise<void> {
    this.#generation = generation
    try {
      this.#engine = await this.#world.load(request)
      this.#world.post({ kind: 'ready', generation, model: this.#engine.info })
    } catch (error) {
      this.#world.post({ kind: 'refused', generation, error: toWire(error) })
    }
  }

  async #serveSession(frame: SessionFrame): Promise<void> {
    const { generation, session } = frame
    switch (frame.kind) {
      case 'open':
        this.#openSession(session, frame.from, frame.live)
        break
      case 'audio': {
        const stream = this.#streamOf(session)
        await stream?.push(frame.pcm)
        if (stream !== undefined)
          this.#world.post({ kind: 'ingested', generation, session, samples: stream.end })
        break
      }
      case 'finish': {
        const stream = this.#streamOf(session)
        await stream?.finish()
        this.#open = undefined
        if (stream !== undefined)
          this.#world.post({ kind: 'final', generation, session, samples: stream.end })
        break
      }
    }
  }

  #openSession(session: SessionId, from: number, live: boolean): void {
    if (this.#engine === undefined) throw new Error('the model is not loaded')
    const generation = this.#generation
    const abort = new AbortController()
    const events: EngineEvents = {
      partial: (partial) => {
        this.#world.post({ kind: 'partial', generation, session, partial })
      },
      settled: (samples, line) => {
        this.#world.post({ kind: 'settled', generation, session, samples, line })
      },
    }
    const watched: Live = {
      behind: this.#behind,
      now: () => this.#world.now(),
      failed: (error) => {
        this.#world.complain(`a decode ahead of time failed: ${textOf(error)}`)
      },
    }
    const stream = this.#engine.openStream(from, events, abort.signal, live ? watched : undefined)
    if (this.#ending.has(session)) stream.expectEnd()
    // Ids only grow: what is known of earlier ones is of no use any more.
    this.#cancelled.clear()
    this.#ending.clear()
    this.#open = { id: session, stream, abort }
  }

  #streamOf(session: SessionId): EngineStream | undefined {
    return this.#open?.id === session ? this.#open.stream : undefined
  }
}
