/**
 * Processes that live in this one: the real `serve` over a channel that clones like a real one and delivers later. A
 * test may make one silent (a hang), slow to die, or end it like a crash.
 */
import type { ParentChannel } from '../../src/process/parent-channel.ts'
import type { FromWorker, ModelRequest, ToWorker } from '../../src/shared/worker-frames.ts'
import type {
  OwnProcess,
  ProcessAdapter,
  ProcessEvents,
  ProcessExit,
} from '../../src/supervisor/process-adapter.ts'
import { serve, type Engine } from '../../src/worker/serve.ts'

export class MemoryProcess<To, From> implements OwnProcess<To> {
  readonly pid: number
  readonly received: To[] = []
  /** Hears nothing and says nothing, like native code that never returns. */
  hung = false
  /** Does not die of `kill`, like a process in an uninterruptible wait. */
  immortal = false
  rssBytes = 50_000_000
  alive = true
  readonly #events: ProcessEvents<From>
  #listener: (frame: To) => void = () => undefined

  constructor(pid: number, events: ProcessEvents<From>) {
    this.pid = pid
    this.#events = events
  }

  /** The process's own end of its channel. */
  readonly channel: ParentChannel<To, From> = {
    post: (frame) => {
      this.emit(frame)
    },
    onFrame: (listener) => {
      this.#listener = listener
    },
    exit: () => {
      this.end({ code: 0, signal: null })
    },
  }

  post(frame: To): void {
    const copy = structuredClone(frame)
    queueMicrotask(() => {
      if (!this.alive || this.hung) return
      this.received.push(copy)
      this.#listener(copy)
    })
  }

  disconnect(): void {
    queueMicrotask(() => {
      if (!this.hung) this.end({ code: 0, signal: null })
    })
  }

  kill(): void {
    if (!this.immortal) this.end({ code: null, signal: 'SIGKILL' })
  }

  /** A frame as the process would send it. */
  emit(frame: From): void {
    if (!this.alive || this.hung) return
    const copy = structuredClone(frame)
    queueMicrotask(() => {
      this.#events.frame(copy)
    })
  }

  say(stderr: string): void {
    this.#events.stderr(stderr)
  }

  end(exit: ProcessExit): void {
    if (!this.alive) return
    this.alive = false
    queueMicrotask(() => {
      this.#events.exit(exit)
    })
  }
}

export class MemoryProcesses<To, From> implements ProcessAdapter<To, From> {
  readonly forked: MemoryProcess<To, From>[] = []
  /** Called for each new process, to prepare it. */
  onFork: (process: MemoryProcess<To, From>) => void = () => undefined
  readonly #run: (process: MemoryProcess<To, From>, number: number) => void

  /** @param run does what the entry file of the n-th process would, counted from 1. */
  constructor(run: (process: MemoryProcess<To, From>, number: number) => void) {
    this.#run = run
  }

  fork(events: ProcessEvents<From>): MemoryProcess<To, From> {
    const number = this.forked.length + 1
    const process = new MemoryProcess<To, From>(1000 + number, events)
    this.forked.push(process)
    this.#run(process, number)
    this.onFork(process)
    return process
  }

  get latest(): MemoryProcess<To, From> {
    const process = this.forked.at(-1)
    if (process === undefined) throw new Error('nothing was forked')
    return process
  }

  get alive(): MemoryProcess<To, From>[] {
    return this.forked.filter((process) => process.alive)
  }
}

/** Transcription workers. */
export class MemoryAdapter extends MemoryProcesses<ToWorker, FromWorker> {
  /** @param load gives the engine of the n-th process, counted from 1. */
  constructor(load: (generation: number, request: ModelRequest) => Promise<Engine>) {
    super((process, number) => {
      serve({
        ...process.channel,
        load: (request) => load(number, request),
        usage: () => ({ rssBytes: process.rssBytes, cpuMs: 0 }),
        now: () => 0,
        complain: (text) => {
          throw new Error(text)
        },
      })
    })
  }
}
