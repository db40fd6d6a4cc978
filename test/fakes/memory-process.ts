/**
 * Worker processes that live in this one: the real `serve` over a channel that clones like a real one and delivers
 * later. A test may make one silent (a hang), slow to die, or end it like a crash.
 */
import type { FromWorker, ToWorker } from '../../src/shared/worker-frames.ts'
import type { OwnProcess, ProcessEvents, ProcessExit } from '../../src/supervisor/process-adapter.ts'
import type { WorkerAdapter } from '../../src/supervisor/process-host.ts'
import { serve, type Engine } from '../../src/worker/serve.ts'

export class MemoryProcess implements OwnProcess<ToWorker> {
  readonly pid: number
  readonly received: ToWorker[] = []
  /** Hears nothing and says nothing, like native code that never returns. */
  hung = false
  /** Does not die of `kill`, like a process in an uninterruptible wait. */
  immortal = false
  rssBytes = 50_000_000
  alive = true
  readonly #events: ProcessEvents<FromWorker>
  #listener: (frame: ToWorker) => void = () => undefined

  constructor(pid: number, events: ProcessEvents<FromWorker>, load: () => Promise<Engine>) {
    this.pid = pid
    this.#events = events
    serve({
      load,
      post: (frame) => {
        this.emit(frame)
      },
      onFrame: (listener) => {
        this.#listener = listener
      },
      usage: () => ({ rssBytes: this.rssBytes, cpuMs: 0 }),
      exit: () => {
        this.end({ code: 0, signal: null })
      },
    })
  }

  post(frame: ToWorker): void {
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

  /** A frame as the worker would send it. */
  emit(frame: FromWorker): void {
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

export class MemoryAdapter implements WorkerAdapter {
  readonly forked: MemoryProcess[] = []
  /** Called for each new process, to prepare it. */
  onFork: (process: MemoryProcess) => void = () => undefined
  readonly #load: (generation: number) => Promise<Engine>

  /** @param load gives the engine of the n-th process, counted from 1. */
  constructor(load: (generation: number) => Promise<Engine>) {
    this.#load = load
  }

  fork(events: ProcessEvents<FromWorker>): MemoryProcess {
    const number = this.forked.length + 1
    const process = new MemoryProcess(1000 + number, events, () => this.#load(number))
    this.forked.push(process)
    this.onFork(process)
    return process
  }

  get latest(): MemoryProcess {
    const process = this.forked.at(-1)
    if (process === undefined) throw new Error('nothing was forked')
    return process
  }

  get alive(): MemoryProcess[] {
    return this.forked.filter((process) => process.alive)
  }
}
