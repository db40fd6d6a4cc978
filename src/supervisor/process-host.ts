/**
 * One generation: one worker process from fork to observed exit.
 *
 *   starting ──ready──▶ ready ──stop──▶ stopping ──exit──▶ stopped
 *       └───────── refused, silent, or exited: fail ─────────┘
 *
 * `ended` is reported once, after the exit was seen, with the reason when the end was not asked for.
 */
import { setPriority } from 'node:os'
import type { Clock } from '../shared/clock.ts'
import { fromWire, StenoError, textOf } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Tuning } from '../shared/tuning.ts'
import type {
  FromWorker,
  Generation,
  ModelInfo,
  ModelRequest,
  ToWorker,
  Usage,
} from '../shared/worker-frames.ts'
import { endProcess } from './end-process.ts'
import { describeExit, type OwnProcess, type ProcessAdapter, type ProcessExit } from './process-adapter.ts'
import { Watchdog } from './watchdog.ts'

export type WorkerAdapter = ProcessAdapter<ToWorker, FromWorker>

export type HostState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly model: ModelInfo }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'stopped'; readonly exit: ProcessExit | undefined }

/** What is about an utterance and so none of the host's business. */
export type SessionFrame = Extract<FromWorker, { session: number }>

export interface HostEvents {
  ready(model: ModelInfo): void
  session(frame: SessionFrame): void
  usage(usage: Usage): void
  /** `reason` is undefined when the end was asked for; `wasReady`: it had loaded its model. */
  ended(reason: StenoError | undefined, wasReady: boolean): void
}

export interface HostOptions {
  readonly adapter: WorkerAdapter
  readonly generation: Generation
  readonly model: ModelRequest
  /** A niceness as in `os.setPriority`; 0 is normal. */
  readonly priority: number
  readonly clock: Clock
  readonly tuning: Tuning
  readonly log: Log
  readonly events: HostEvents
}

export class ProcessHost {
  readonly #options: HostOptions
  readonly #process: OwnProcess<ToWorker>
  readonly #watchdog: Watchdog
  readonly #exited = Promise.withResolvers<undefined>()
  #state: HostState = { kind: 'starting' }
  #reason: StenoError | undefined
  #wasReady = false
  #stderr = ''
  #heartbeat: Disposable | undefined
  #work: { readonly text: string; readonly allowanceMs: number } | undefined
  #stop: Promise<void> | undefined

  constructor(options: HostOptions) {
    const { adapter, clock, tuning } = options
    this.#options = options
    this.#watchdog = new Watchdog(clock, tuning.lateTimerMs, (silentMs) => {
      this.#fail(this.#overdue(silentMs))
    })
    this.#process = adapter.fork({
      frame: (frame) => {
        this.#receive(frame)
      },
      stderr: (text) => {
        this.#stderr = (this.#stderr + text).slice(-tuning.stderrKeptBytes)
      },
      exit: (exit) => {
        this.#ended(exit)
      },
    })
    this.#watchdog.expect(tuning.startDeadlineMs)
    this.#process.post({ kind: 'load', generation: options.generation, model: options.model })
    this.#applyPriority()
  }

  get generation(): Generation {
    return this.#options.generation
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  get state(): HostState {
    return this.#state
  }

  post(frame: ToWorker): void {
    if (this.#state.kind === 'ready') this.#process.post(frame)
  }

  /** The worker owes an answer about `text` within `allowanceMs` of its last one. */
  owes(text: string, allowanceMs: number): void {
    this.#work = { text, allowanceMs }
    this.#watch()
  }

  owesNothing(): void {
    this.#work = undefined
    this.#watch()
  }

  /** Asks, waits, kills, reports; settles when the exit was seen. Safe to call again and at any time. */
  stop(): Promise<void> {
    return (this.#stop ??= this.#askThenKill())
  }

  /** Throws when `stop` had to give up on the process. */
  assertGone(): void {
    if (this.#state.kind === 'stopped' && this.#state.exit !== undefined) return
    throw (
      this.#reason ?? new StenoError('worker-hung', `The transcription process ${this.pid ?? ''} still runs.`)
    )
  }

  async #askThenKill(): Promise<void> {
    const { clock, tuning, generation } = this.#options
    const alreadyFailed = this.#reason !== undefined
    this.#quiet()
    if (this.#state.kind !== 'stopped') this.#state = { kind: 'stopping' }
    const ask: ToWorker | undefined = alreadyFailed ? undefined : { kind: 'shutdown', generation }
    if (await endProcess({ process: this.#process, ask, exited: this.#exited.promise, clock, tuning })) return
    // Nothing more can be done from here: say so and let the next generation wait for the user.
    this.#reason = new StenoError(
      'worker-hung',
      `The transcription process ${this.pid ?? ''} cannot be ended.`,
      {
        hint: 'End it with the system’s task manager, or restart the computer.',
      },
    )
    this.#ended(undefined)
  }

  #receive(frame: FromWorker): void {
    // The one place where strangers are ignored: frames of another generation, and all after the end was decided.
    if (frame.generation !== this.generation || this.#reason !== undefined) return
    if (this.#state.kind === 'stopping' || this.#state.kind === 'stopped') return
    this.#watchdog.feed()
    switch (frame.kind) {
      case 'ready':
        this.#state = { kind: 'ready', model: frame.model }
        this.#wasReady = true
        this.#applyPriority()
        this.#beat()
        this.#watch()
        this.#options.events.ready(frame.model)
        break
      case 'refused':
        this.#fail(fromWire(frame.error))
        break
      case 'pong':
        this.#beat()
        this.#watch()
        this.#options.events.usage(frame.usage)
        break
      case 'ingested':
      case 'partial':
      case 'settled':
      case 'final':
      case 'failed':
        this.#options.events.session(frame)
        break
    }
  }

  /** Asks for a sign of life after a while; the next beat follows the answer, so questions never pile up. */
  #beat(): void {
    this.#heartbeat = this.#options.clock.after(this.#options.tuning.heartbeatEveryMs, () => {
      this.#heartbeat = undefined
      this.post({ kind: 'ping', generation: this.generation })
      this.#watch()
    })
  }

  #watch(): void {
    if (this.#state.kind !== 'ready') return
    if (this.#work !== undefined) this.#watchdog.expect(this.#work.allowanceMs)
    else if (this.#heartbeat === undefined) this.#watchdog.expect(this.#options.tuning.heartbeatDeadlineMs)
    else this.#watchdog.rest()
  }

  #overdue(silentMs: number): StenoError {
    const seconds = (silentMs / 1000).toFixed(1)
    if (this.#state.kind === 'starting') {
      return new StenoError('start-timeout', `The model was not ready after ${seconds} s.`, {
        file: this.#options.model.folder,
        hint: 'Try again; if it stays so, choose a smaller model.',
      })
    }
    const work = this.#work === undefined ? '' : ` while ${this.#work.text}`
    return new StenoError(
      'worker-hung',
      `The transcription process did not answer for ${seconds} s${work}.`,
      {
        hint: 'It is replaced and the audio is decoded again.',
      },
    )
  }

  #fail(reason: StenoError): void {
    if (this.#reason !== undefined || this.#state.kind === 'stopped') return
    this.#reason = reason
    this.#process.kill()
    void this.stop()
  }

  #ended(exit: ProcessExit | undefined): void {
    if (this.#state.kind === 'stopped') {
      // We had given up on it: at least a later look finds it gone.
      this.#state = { kind: 'stopped', exit: this.#state.exit ?? exit }
      return
    }
    const before = this.#state
    this.#quiet()
    this.#state = { kind: 'stopped', exit }
    this.#exited.resolve(undefined)
    if (exit !== undefined && before.kind !== 'stopping') this.#reason ??= this.#unexpected(exit, before)
    this.#options.log(
      'info',
      `worker ${this.generation}: ended, ${exit === undefined ? 'not seen' : describeExit(exit)}`,
    )
    this.#options.events.ended(this.#reason, this.#wasReady)
  }

  #unexpected(exit: ProcessExit, before: HostState): StenoError {
    const { folder } = this.#options.model
    const work = before.kind === 'starting' ? `loading the model ${folder}` : (this.#work?.text ?? 'idle')
    const said = this.#stderr.trim()
    return new StenoError(
      'worker-exited',
      `The transcription process ended unexpectedly (${describeExit(exit)}) while ${work}.`,
      {
        // A damaged model may take the native library down with it.
        file: folder,
        hint: 'Try again; if it stays so, fetch the model again or choose another one.',
        ...(said === '' ? {} : { cause: `its last words: ${said}` }),
      },
    )
  }

  #quiet(): void {
    this.#watchdog.rest()
    this.#heartbeat?.[Symbol.dispose]()
    this.#heartbeat = undefined
  }

  #applyPriority(): void {
    const { priority, log } = this.#options
    if (priority === 0 || this.pid === undefined) return
    try {
      setPriority(this.pid, priority)
    } catch (error) {
      log('warn', `worker ${this.generation}: priority ${priority} was not set: ${textOf(error)}`)
    }
  }
}
