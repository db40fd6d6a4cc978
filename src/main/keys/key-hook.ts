/**
 * Keeps the key hook's process alive: replaces one that failed after a while, and gives up after some failures in a
 * row with no answered ping in between, or at once where another try would only repeat the refusal.
 */
import type { Clock } from '../../shared/clock.ts'
import type { StenoError } from '../../shared/errors.ts'
import type { KeyEvent, KeysHealth } from '../../shared/keys.ts'
import type { Log } from '../../shared/log.ts'
import type { Tuning } from '../../shared/tuning.ts'
import { describeExit, type ProcessExit } from '../../supervisor/process-adapter.ts'
import { NO_RECORDS, type RunRecords } from '../../supervisor/run-records.ts'
import { gaveUp, inWords, isHopeless } from './hook-failures.ts'
import { HookProcess, type KeyHookAdapter } from './hook-process.ts'

export interface KeyHookOptions {
  readonly adapter: KeyHookAdapter
  readonly clock: Clock
  readonly tuning: Tuning
  readonly log: Log
  /** Where the pid is written down for the next start to find, should we be killed. Disposed with the hook. */
  readonly records?: RunRecords | undefined
  readonly events: KeyHookEvents
}

export interface KeyHookEvents {
  key(event: KeyEvent): void
  /** Keys went unheard from here on: which are down is not known any more. */
  deaf(): void
  health(health: KeysHealth): void
}

export class KeyHook implements AsyncDisposable {
  readonly #options: KeyHookOptions
  readonly #records: RunRecords
  #process: HookProcess | undefined
  #generation = 0
  #failures = 0
  #retry: Disposable | undefined
  #health: KeysHealth = { state: 'starting' }
  #closed = false

  constructor(options: KeyHookOptions) {
    this.#options = options
    this.#records = options.records ?? NO_RECORDS
  }

  get health(): KeysHealth {
    return this.#health
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** Starts the hook unless it runs or is about to; after it gave up, tries again. */
  start(): void {
    if (this.#closed || this.#process !== undefined || this.#retry !== undefined) return
    this.#failures = 0
    this.#fork()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#retry?.[Symbol.dispose]()
    await this.#process?.stop()
    this.#records[Symbol.dispose]()
  }

  #fork(): void {
    const generation = ++this.#generation
    const { adapter, clock, tuning, log, events } = this.#options
    this.#setHealth({ state: 'starting' })
    log('info', `key hook ${generation}: starting`)
    this.#process = new HookProcess({
      adapter,
      generation,
      clock,
      tuning,
      events: {
        ready: () => {
          log('info', `key hook ${generation}: ready, pid ${this.pid ?? '?'}`)
          this.#note()
          this.#setHealth({ state: 'working' })
        },
        alive: () => {
          this.#failures = 0
        },
        key: (event) => {
          events.key(event)
        },
        ended: (reason, exit) => {
          this.#ended(reason, exit)
        },
      },
    })
    this.#note()
  }

  /** A utility process has no pid before it runs. */
  #note(): void {
    if (this.pid !== undefined) this.#records.note(this.pid)
  }

  #ended(reason: StenoError | undefined, exit: ProcessExit | undefined): void {
    const { log, events } = this.#options
    this.#process = undefined
    this.#records.forget()
    log(
      'info',
      `key hook ${this.#generation}: ended, ${exit === undefined ? 'not seen' : describeExit(exit)}`,
    )
    if (this.#closed || reason === undefined) return
    log('error', `key hook ${this.#generation}: ${reason.message}${causeOf(reason)}`)
    events.deaf()
    this.#failed(reason)
  }

  #failed(reason: StenoError): void {
    const { clock, tuning } = this.#options
    this.#failures += 1
    if (isHopeless(reason)) {
      this.#setHealth({ state: 'unavailable', reason: inWords(reason) })
    } else if (this.#failures >= tuning.circuitOpensAt) {
      this.#setHealth({ state: 'unavailable', reason: inWords(gaveUp(this.#failures, reason)) })
    } else {
      const waitMs = tuning.restartAfterMs[Math.min(this.#failures, tuning.restartAfterMs.length) - 1] ?? 0
      this.#setHealth({ state: 'starting' })
      this.#retry = clock.after(waitMs, () => {
        this.#retry = undefined
        this.#fork()
      })
    }
  }

  #setHealth(health: KeysHealth): void {
    const before = this.#health
    this.#health = health
    if (before.state !== health.state) this.#options.events.health(health)
  }
}

function causeOf({ cause }: StenoError): string {
  return typeof cause === 'string' ? ` (${cause})` : ''
}
