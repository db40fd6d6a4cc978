/**
 * Frames in, engine calls, frames out. Knows no process: the channel, the loader and the exit are handed in, so that
 * the same code serves a utility process, a child process and a test.
 *
 * Frames are worked through in order, but `ping`, `cancel` and `shutdown` are heard on arrival.
 */
import { toWire } from '../shared/errors.ts'
import type { Line } from '../shared/transcript.ts'
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
  openStream(from: number, events: EngineEvents, signal: AbortSignal): EngineStream
}

export interface EngineEvents {
  settled(samples: number, line: Line | undefined): void
}

export interface EngineStream {
  /** Index after the last sample pushed. */
  readonly end: number
  push(pcm: Float32Array): Promise<void>
  finish(): Promise<void>
}

export interface WorkerWorld {
  post(frame: FromWorker): void
  onFrame(listener: (frame: ToWorker) => void): void
  load(request: ModelRequest): Promise<Engine>
  usage(): Usage
  /** Ends the process: that, and nothing else, gives back what native code holds. */
  exit(): void
}

type QueuedFrame = Extract<ToWorker, { kind: 'load' | 'open' | 'audio' | 'finish' }>
type SessionFrame = Exclude<QueuedFrame, { kind: 'load' }>

export function serve(world: WorkerWorld): void {
  const desk = new Desk(world)
  let queue = Promise.resolve()
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
      case 'load':
      case 'open':
      case 'audio':
      case 'finish':
        queue = queue.then(() => desk.handle(frame))
        break
    }
  })
}

/** Holds the engine and the session in work. */
class Desk {
  readonly #world: WorkerWorld
  #generation: Generation = 0
  #engine: Engine | undefined
  #open:
    { readonly id: SessionId; readonly stream: EngineStream; readonly abort: AbortController } | undefined
  /** Sessions up to this one have been given up; ids only grow. */
  readonly #cancelled = new Set<SessionId>()

  constructor(world: WorkerWorld) {
    this.#world = world
  }

  cancel(session: SessionId): void {
    this.#cancelled.add(session)
    if (this.#open?.id === session) this.#open.abort.abort()
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
        this.#openSession(session, frame.from)
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

  #openSession(session: SessionId, from: number): void {
    if (this.#engine === undefined) throw new Error('the model is not loaded')
    const generation = this.#generation
    const abort = new AbortController()
    const events: EngineEvents = {
      settled: (samples, line) => {
        this.#world.post({ kind: 'settled', generation, session, samples, line })
      },
    }
    this.#cancelled.clear()
    this.#open = { id: session, stream: this.#engine.openStream(from, events, abort.signal), abort }
  }

  #streamOf(session: SessionId): EngineStream | undefined {
    return this.#open?.id === session ? this.#open.stream : undefined
  }
}
