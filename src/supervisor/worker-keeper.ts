/**
 * Keeps one worker running while it is wanted: starts it on demand, replaces it after a failure, ends it when idle.
 *
 *   resting ──demand──▶ running ──failure──▶ waiting (back-off) ──▶ running
 *      ▲                  │ idle                 │ third failure in a row
 *      └──────────────────┘                      ▼
 *      ▲────────────────reset()──────────── circuit open
 */
import { isDeepStrictEqual } from 'node:util'
import { abortable } from '../process/abort.ts'
import type { Clock } from '../shared/clock.ts'
import { StenoError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Tuning } from '../shared/tuning.ts'
import type { Generation, ModelInfo, ModelRequest, Usage } from '../shared/worker-frames.ts'
import { ProcessHost, type SessionFrame, type WorkerAdapter } from './process-host.ts'
import { NO_RECORDS, type RunRecords } from './run-records.ts'

export interface KeeperOptions {
  readonly adapter: WorkerAdapter
  /** The one to begin with. */
  readonly model: ModelRequest
  readonly clock: Clock
  readonly tuning: Tuning
  readonly log: Log
  /** Niceness of the worker, as in `os.setPriority`; 0 is normal. */
  readonly priority?: number
  /** Where the worker's pid is written down for the next start to find, should we be killed. */
  readonly records?: RunRecords
  /** A model could not be loaded: the last one that could serves on. */
  readonly fellBack?: (reason: StenoError, failed: ModelRequest) => void
  /** Serves where none was loaded yet. */
  readonly fallback?: ModelRequest
}

export interface KeeperEvents {
  ready(): void
  session(frame: SessionFrame): void
  /** A generation failed; its work is to be done again. Called before `gaveUp` and before any restart. */
  lost(reason: StenoError): void
  /** No further generation comes by itself. */
  gaveUp(reason: StenoError): void
  /** Is there work that needs a worker? */
  wanted(): boolean
}

export interface Health {
  readonly state: 'resting' | 'starting' | 'ready' | 'stopping' | 'waiting' | 'circuit-open' | 'disposed'
  readonly pid: number | undefined
  readonly generation: Generation
  /** Failures in a row, with no result in between. */
  readonly failures: number
  readonly lastFailure: StenoError | undefined
  /** Of the worker, as of its last sign of life. */
  readonly usage: Usage | undefined
}

/** One that is ready, and what it loaded. */
export interface Worker {
  readonly host: ProcessHost
  readonly model: ModelInfo
}

export class WorkerKeeper {
  readonly #options: KeeperOptions
  readonly #events: KeeperEvents
  readonly #records: RunRecords
  #host: ProcessHost | undefined
  #model: ModelRequest
  /** The last one that was loaded. */
  #proven: ModelRequest | undefined
  /** The worker that runs has another model than is wanted by now. */
  #stale = false
  /** A worker is wanted as soon as the one that is ending has ended. */
  #demanded = false
  #generation: Generation = 0
  #ready = pendingModel()
  /** Until the next restart, or until an idle worker is ended. */
  #timer: Disposable | undefined
  #failures = 0
  #lastFailure: StenoError | undefined
  #circuit: StenoError | undefined
  #usage: Usage | undefined
  #recycle = false
  /** Its memory is wanted back as soon as it has no work. */
  #unload = false
  #closed = false

  constructor(options: KeeperOptions, events: KeeperEvents) {
    this.#options = options
    this.#model = options.model
    this.#events = events
    this.#records = options.records ?? NO_RECORDS
  }

  /** The running, ready generation. */
  get worker(): Worker | undefined {
    const host = this.#host
    return host?.state.kind === 'ready' ? { host, model: host.state.model } : undefined
  }

  get health(): Health {
    return {
      state: this.#state(),
      pid: this.#host?.pid,
      generation: this.#generation,
      failures: this.#failures,
      lastFailure: this.#lastFailure,
      usage: this.#usage,
    }
  }

  /** Starts the worker unless it runs or is about to. Throws when it may not run. */
  demand(): void {
    if (this.#closed) throw new StenoError('disposed', 'Transcription was shut down.')
    if (this.#circuit !== undefined) throw this.#circuit
    if (this.#host === undefined && this.#timer === undefined) this.#fork()
    // It is on its way out: another one comes after it.
    else if (this.#stale || this.#host?.state.kind === 'stopping') this.#demanded = true
  }

  async start(signal?: AbortSignal): Promise<ModelInfo> {
    signal?.throwIfAborted()
    this.demand()
    return await abortable(this.#ready.promise, signal)
  }

  /** Lets the worker be tried again after `circuit-open`. */
  reset(): void {
    this.#circuit = undefined
    this.#failures = 0
  }

  /** A result came: what failed before is no longer "in a row". */
  succeeded(): void {
    this.#failures = 0
  }

  /** From the next utterance on. Asking for the model in use changes nothing. */
  use(model: ModelRequest): void {
    if (isDeepStrictEqual(model, this.#model)) return
    this.#model = model
    this.#circuit = undefined
    this.#failures = 0
    if (this.#host === undefined || this.#stale) return
    this.#stale = true
    // Whoever waits for a model, or calls start() from here on, waits for this one.
    if (this.worker === undefined) this.#demanded = true
    else this.#ready = pendingModel()
    if (!this.#events.wanted()) this.rest()
  }

  /** Ends a worker with another model than is wanted: the next one is on its way. True when it did. */
  renew(): boolean {
    const host = this.worker?.host
    if (!this.#stale || host === undefined) return false
    void host.stop()
    return true
  }

  /** There is work: an idle worker stays. */
  busy(): void {
    this.#setTimer(undefined)
  }

  /** There is no work: replace a worker that has grown too large now, or end an idle one later. */
  rest(): void {
    const host = this.worker?.host
    if (host === undefined) return
    host.owesNothing()
    if (this.#recycle || this.#unload || this.#stale) void host.stop()
    else if (this.#timer === undefined && this.#options.tuning.idleUnloadMs !== Infinity) {
      this.#setTimer(this.#options.tuning.idleUnloadMs, () => {
        this.#options.log('info', `worker ${this.#generation}: idle, ending it`)
        void host.stop()
      })
    }
  }

  /** Ends the worker as soon as it has no work; the next demand starts another. */
  unload(): void {
    this.#unload = true
    if (!this.#events.wanted()) this.rest()
  }

  /** No further generation. Returns the one to stop, if there is one. */
  close(): ProcessHost | undefined {
    this.#closed = true
    this.#setTimer(undefined)
    this.#ready.reject(new StenoError('disposed', 'Transcription was shut down while it was starting.'))
    return this.#host
  }

  #fork(): void {
    this.#generation += 1
    this.#recycle = false
    this.#unload = false
    this.#stale = false
    this.#demanded = false
    const model = this.#model
    this.#options.log('info', `worker ${this.#generation}: starting`)
    const host: ProcessHost = new ProcessHost({
      ...this.#options,
      model,
      generation: this.#generation,
      priority: this.#options.priority ?? 0,
      events: {
        ready: (info) => {
          this.#options.log(
            'info',
            `worker ${host.generation}: ready, model ${info.id}, pid ${host.pid ?? '?'}`,
          )
          this.#proven = model
          // A utility process has no pid before it runs.
          if (host.pid !== undefined) this.#records.note(host.pid)
          if (!this.#stale) this.#ready.resolve(info)
          this.#events.ready()
        },
        session: (frame) => {
          this.#events.session(frame)
        },
        usage: (usage) => {
          this.#measure(usage)
        },
        ended: (reason, wasReady) => {
          this.#ended(reason, wasReady)
        },
      },
    })
    this.#host = host
    if (host.pid !== undefined) this.#records.note(host.pid)
  }

  #ended(reason: StenoError | undefined, wasReady: boolean): void {
    this.#host = undefined
    this.#usage = undefined
    this.#setTimer(undefined)
    this.#records.forget()
    if (this.#closed) return
    if (reason !== undefined) this.#ready.reject(reason)
    // Whoever calls start() from here on waits for the next generation; for another model they do already.
    if (reason !== undefined || !this.#stale) this.#ready = pendingModel()
    if (reason !== undefined) this.#failed(reason, wasReady)
    if (reason === undefined && (this.#recycle || this.#demanded || this.#events.wanted())) this.#fork()
  }

  #failed(reason: StenoError, wasReady: boolean): void {
    const { log, tuning } = this.#options
    this.#lastFailure = reason
    this.#failures += 1
    log('error', `worker ${this.#generation}: ${reason.message}`)
    this.#events.lost(reason)
    const failed = this.#model
    const good = this.#proven ?? this.#options.fallback
    if (isHopeless(reason) && good !== undefined && !isDeepStrictEqual(good, failed)) {
      this.#model = good
      this.#fork()
      // Last: who hears of it may ask for the next one at once.
      this.#options.fellBack?.(reason, failed)
    } else if (isHopeless(reason)) {
      this.#events.gaveUp(reason)
    } else if (this.#failures >= tuning.circuitOpensAt) {
      this.#circuit = new StenoError(
        'circuit-open',
        `Transcription failed ${this.#failures} times in a row.`,
        {
          hint: 'What was said is kept. Run the doctor, then try again.',
          cause: reason,
        },
      )
      this.#events.gaveUp(this.#circuit)
    } else if (wasReady || this.#events.wanted()) {
      const waitMs = tuning.restartAfterMs[Math.min(this.#failures, tuning.restartAfterMs.length) - 1] ?? 0
      this.#setTimer(waitMs, () => {
        this.#fork()
      })
    }
  }

  #measure(usage: Usage): void {
    this.#usage = usage
    if (usage.rssBytes > this.#options.tuning.memoryLimitBytes && !this.#recycle) {
      const megabytes = Math.round(usage.rssBytes / 2 ** 20)
      this.#options.log(
        'warn',
        `worker ${this.#generation}: ${megabytes} MB, to be replaced when it has no work`,
      )
      this.#recycle = true
    }
    if (!this.#events.wanted()) this.rest()
  }

  #setTimer(delayMs: number | undefined, run?: () => void): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = undefined
    if (delayMs === undefined) return
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.#timer = undefined
      run?.()
    })
  }

  #state(): Health['state'] {
    if (this.#closed) return 'disposed'
    if (this.#circuit !== undefined) return 'circuit-open'
    if (this.#host === undefined) return this.#timer === undefined ? 'resting' : 'waiting'
    return this.#host.state.kind === 'stopped' ? 'resting' : this.#host.state.kind
  }
}

function pendingModel(): PromiseWithResolvers<ModelInfo> {
  const pending = Promise.withResolvers<ModelInfo>()
  // Often nobody waits: the failure then reaches people through the utterances.
  pending.promise.catch(() => undefined)
  return pending
}

/** Failures that another try would only repeat. */
function isHopeless(reason: StenoError): boolean {
  return reason.code.startsWith('model-') || reason.code === 'runtime-missing'
}
