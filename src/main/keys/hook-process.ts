/**
 * One generation of the key hook: one process from fork to observed exit.
 *
 *   starting ──ready──▶ ready ──stop──▶ stopping ──exit──▶ stopped
 *       └───────── refused, silent, or exited: fail ────────┘
 */
import type { Clock } from '../../shared/clock.ts'
import { fromWire, StenoError } from '../../shared/errors.ts'
import type { FromKeyHook, KeyEvent, ToKeyHook } from '../../shared/keys.ts'
import type { Tuning } from '../../shared/tuning.ts'
import type { Generation } from '../../shared/worker-frames.ts'
import { endProcess } from '../../supervisor/end-process.ts'
import {
  describeExit,
  type OwnProcess,
  type ProcessAdapter,
  type ProcessExit,
} from '../../supervisor/process-adapter.ts'
import { Watchdog } from '../../supervisor/watchdog.ts'
import { cannotStart, hookDied } from './hook-failures.ts'

export type KeyHookAdapter = ProcessAdapter<ToKeyHook, FromKeyHook>

export interface HookProcessOptions {
  readonly adapter: KeyHookAdapter
  readonly generation: Generation
  readonly clock: Clock
  readonly tuning: Tuning
  readonly events: HookProcessEvents
}

export interface HookProcessEvents {
  ready(): void
  /** It answered a ping. */
  alive(): void
  key(event: KeyEvent): void
  /** Called once, when the exit was seen or given up on; `reason` is undefined when the end was asked for. */
  ended(reason: StenoError | undefined, exit: ProcessExit | undefined): void
}

export class HookProcess {
  readonly #options: HookProcessOptions
  readonly #process: OwnProcess<ToKeyHook>
  readonly #watchdog: Watchdog
  readonly #exited = Promise.withResolvers<undefined>()
  #state: 'starting' | 'ready' | 'stopping' | 'stopped' = 'starting'
  #reason: StenoError | undefined
  #stderr = ''
  #nextPing: Disposable | undefined
  #stop: Promise<void> | undefined

  constructor(options: HookProcessOptions) {
    const { adapter, clock, tuning, generation } = options
    this.#options = options
    this.#watchdog = new Watchdog(clock, tuning.lateTimerMs, (silentMs) => {
      this.#fail(this.#silent(silentMs))
    })
    this.#process = adapter.fork({
      frame: (frame) => {
        this.#receive(frame)
      },
      stderr: (text) => {
        this.#stderr = (this.#stderr + text).slice(-tuning.stderrKeptBytes)
        const reason = this.#state === 'starting' ? cannotStart(this.#stderr) : undefined
        if (reason !== undefined) this.#fail(reason)
      },
      exit: (exit) => {
        this.#ended(exit)
      },
    })
    this.#watchdog.expect(tuning.keyHookStartMs)
    this.#process.post({ kind: 'watch', generation })
  }

  /** Undefined until the operating system has given one. */
  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Asks, waits, kills, reports; settles when the exit was seen or given up on. Safe to call again and at any time. */
  stop(): Promise<void> {
    return (this.#stop ??= this.#end())
  }

  async #end(): Promise<void> {
    const { clock, tuning, generation } = this.#options
    this.#quiet()
    if (this.#state !== 'stopped') this.#state = 'stopping'
    const ask: ToKeyHook | undefined =
      this.#reason === undefined ? { kind: 'shutdown', generation } : undefined
    const exited = this.#exited.promise
    if (await endProcess({ process: this.#process, ask, exited, clock, tuning })) return
    this.#reason = new StenoError(
      'key-hook-failed',
      `The key hook (process ${this.pid ?? '?'}) cannot be ended.`,
    )
    this.#ended(undefined)
  }

  #receive(frame: FromKeyHook): void {
    // The one place where strangers are ignored: frames of another generation, and all after the end was decided.
    if (frame.generation !== this.#options.generation || this.#reason !== undefined) return
    if (this.#state === 'stopping' || this.#state === 'stopped') return
    this.#watchdog.feed()
    switch (frame.kind) {
      case 'ready':
        this.#state = 'ready'
        this.#pingLater()
        this.#options.events.ready()
        break
      case 'pong':
        this.#pingLater()
        this.#options.events.alive()
        break
      case 'refused':
        this.#fail(fromWire(frame.error))
        break
      case 'key':
        this.#options.events.key(frame.event)
        break
    }
  }

  /** The next question follows the answer, so questions never pile up. */
  #pingLater(): void {
    const { clock, tuning, generation } = this.#options
    this.#quiet()
    this.#nextPing = clock.after(tuning.keyHookPingEveryMs, () => {
      this.#process.post({ kind: 'ping', generation })
      this.#watchdog.expect(tuning.keyHookPingDeadlineMs)
    })
  }

  #silent(silentMs: number): StenoError {
    const seconds = (silentMs / 1000).toFixed(1)
    const what = this.#state === 'starting' ? 'did not start within' : 'did not answer for'
    return new StenoError('key-hook-failed', `The key hook ${what} ${seconds} s.`)
  }

  #fail(reason: StenoError): void {
    if (this.#reason !== undefined || this.#state === 'stopped') return
    this.#reason = reason
    void this.stop()
  }

  #ended(exit: ProcessExit | undefined): void {
    if (this.#state === 'stopped') return
    const asked = this.#state === 'stopping'
    this.#quiet()
    this.#state = 'stopped'
    this.#exited.resolve(undefined)
    if (exit !== undefined && !asked) this.#reason ??= hookDied(describeExit(exit), this.#stderr.trim())
    this.#options.events.ended(this.#reason, exit)
  }

  #quiet(): void {
    this.#watchdog.rest()
    this.#nextPing?.[Symbol.dispose]()
    this.#nextPing = undefined
  }
}
