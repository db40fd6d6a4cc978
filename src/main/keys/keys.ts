/**
 * The keys of the whole desktop: what hand and shortcuts ask for becomes intents, and whatever is not asked for goes
 * nowhere. Holding needs the key hook; where there is none, the talk key starts and stops as a shortcut if it can.
 */
import { onlyModifiers, type Platform } from '../../shared/chords.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Grip } from '../../shared/dictation.ts'
import { textOf } from '../../shared/errors.ts'
import type { KeyEvent, KeysHealth } from '../../shared/keys.ts'
import type { Log } from '../../shared/log.ts'
import { DEFAULT_SETTINGS, type KeySetting, type Settings } from '../../shared/settings.ts'
import type { Tuning } from '../../shared/tuning.ts'
import type { RunRecords } from '../../supervisor/run-records.ts'
import { forget, hear, NOTHING_HELD, type Heard, type Watched } from './chord-watch.ts'
import { NO_GESTURE, reduce, type GestureEvent, type Intent } from './gestures.ts'
import type { KeyHookAdapter } from './hook-process.ts'
import { KeyHook } from './key-hook.ts'
import type { KeyIntents } from './key-intents.ts'
import { ShortcutKeeper } from './shortcut-keeper.ts'
import type { ShortcutPort } from './shortcuts.ts'
import { wantedShortcuts } from './wanted-shortcuts.ts'

export interface KeysOptions {
  readonly hook: KeyHookAdapter
  readonly shortcuts: ShortcutPort
  readonly platform: Platform
  readonly clock: Clock
  readonly tuning: Tuning
  readonly log: Log
  readonly intents: KeyIntents
  /** For the hook's pid; disposed with the keys. */
  readonly records?: RunRecords
}

export class Keys implements AsyncDisposable {
  readonly #options: KeysOptions
  readonly #hook: KeyHook
  readonly #shortcuts: ShortcutKeeper
  readonly #keyListeners = new Set<(event: KeyEvent) => void>()
  readonly #healthListeners = new Set<(health: KeysHealth) => void>()
  #settings: Settings = { ...DEFAULT_SETTINGS, talkKey: null, toggleKey: null, cancelKey: null }
  #held = NOTHING_HELD
  #gesture = NO_GESTURE
  #watching = false
  #dictating = false
  /** Collects main's word while it is asked to start. */
  #asked: { answer: boolean | undefined } | undefined

  constructor(options: KeysOptions) {
    const { clock, tuning, log, platform, records, intents } = options
    this.#options = options
    this.#hook = new KeyHook({
      adapter: options.hook,
      clock,
      tuning,
      log,
      records,
      events: {
        key: (event) => {
          this.#key(event)
        },
        deaf: () => {
          this.#act(forget(this.#held))
        },
        health: (health) => {
          this.#registerShortcuts()
          for (const listener of this.#healthListeners) listener(health)
        },
      },
    })
    this.#shortcuts = new ShortcutKeeper({
      port: options.shortcuts,
      platform,
      clock,
      tuning,
      log,
      events: {
        pressed: (setting) => {
          this.#pressed(setting)
        },
        refused: (text, hint) => {
          intents.tell('warning', text, hint)
        },
      },
    })
  }

  get health(): KeysHealth {
    return this.#hook.health
  }

  /** Of the hook's process, while there is one. */
  get pid(): number | undefined {
    return this.#hook.pid
  }

  /** Call it first with what was chosen, and again after every change. The first call starts the hook. */
  apply(settings: Settings): void {
    const before = this.#settings
    this.#settings = settings
    // A key that is held while its meaning changes has none.
    if (meaningOf(before) !== meaningOf(settings)) this.#act(forget(this.#held))
    this.#registerShortcuts()
    this.#hook.start()
  }

  /** Tries again to watch keys after the hook gave up. */
  retry(): void {
    this.#hook.start()
  }

  /** While on, keys go to the listeners of `onKeyEvent` and start nothing. */
  watch(on: boolean): void {
    if (on) this.#act(forget(this.#held))
    this.#watching = on
    this.#shortcuts.suspend(on)
  }

  /** Whether a dictation is starting or listening. */
  dictating(on: boolean): void {
    if (this.#asked !== undefined) this.#asked.answer = on
    else if (on !== this.#dictating) this.#believe(on)
  }

  /** Keys may have been let go unheard: the machine sleeps, or the screen is locked. */
  lost(reason: 'suspend' | 'lock'): void {
    this.#options.log('info', `keys: what is held is not known (${reason})`)
    this.#act(forget(this.#held))
  }

  onKeyEvent(listener: (event: KeyEvent) => void): Disposable {
    return listen(this.#keyListeners, listener)
  }

  onHealth(listener: (health: KeysHealth) => void): Disposable {
    return listen(this.#healthListeners, listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#shortcuts[Symbol.dispose]()
    await this.#hook[Symbol.asyncDispose]()
  }

  #key(event: KeyEvent): void {
    const { clock, tuning } = this.#options
    if (this.#watching) for (const listener of this.#keyListeners) listener(event)
    this.#act(hear(this.#held, event, clock.now(), this.#watched(), tuning.keyRepeatGapMs))
  }

  #watched(): Watched {
    const { talkKey, latchKey, cancelKey } = this.#settings
    return { talk: talkKey, latch: latchKey, cancel: cancelKey }
  }

  #act({ held, signals }: Heard): void {
    this.#held = held
    if (this.#watching) return
    const at = this.#options.clock.now()
    for (const kind of signals) this.#dispatch({ kind, at })
  }

  #pressed(setting: KeySetting): void {
    const { intents, clock } = this.#options
    switch (setting) {
      case 'talkKey':
      case 'toggleKey':
        this.#dispatch({ kind: 'toggle' })
        break
      case 'cancelKey':
        this.#dispatch({ kind: 'cancel', at: clock.now() })
        break
      case 'undoKey':
        intents.undo()
        break
      case 'copyLastKey':
        intents.copyLast()
        break
      case 'retryLastKey':
        intents.retryLast()
        break
      case 'rawKey':
        intents.rawLast()
        break
      case 'otherTalkKey':
        intents.toggleOther()
        break
      case 'latchKey':
        break
    }
  }

  #dispatch(event: GestureEvent): void {
    const { tuning } = this.#options
    const { talkMode, talkKey } = this.#settings
    const { state, intents } = reduce(this.#gesture, event, {
      mode: talkMode,
      modifiersOnly: onlyModifiers(talkKey ?? []),
      tapMs: tuning.tapMs,
      takeBackMs: tuning.takeBackMs,
    })
    // First: an intent may come back as `dictating` before it returns.
    this.#gesture = state
    for (const intent of intents) this.#ask(intent)
  }

  #ask(intent: Intent): void {
    const { intents } = this.#options
    switch (intent.kind) {
      case 'start':
        this.#start(intent.grip)
        break
      case 'stop':
        intents.stop()
        break
      case 'latch':
        intents.latch()
        break
      case 'cancel':
        intents.cancel()
        break
      case 'takeBack':
        intents.takeBack()
        break
      case 'tellLost':
        intents.tell(
          'warning',
          'It was not noticed when the talk key was let go: Steno goes on listening.',
          'Press it again to stop.',
        )
        break
    }
  }

  #start(grip: Grip): void {
    const asked = (this.#asked = { answer: undefined as boolean | undefined })
    try {
      this.#options.intents.start(grip)
    } catch (error) {
      this.#options.log('error', `no dictation begins: ${textOf(error)}`)
      asked.answer = false
    }
    this.#asked = undefined
    if (asked.answer !== undefined) this.#believe(asked.answer)
  }

  #believe(dictating: boolean): void {
    this.#dictating = dictating
    this.#dispatch({ kind: 'dictating', on: dictating })
    this.#registerShortcuts()
  }

  #registerShortcuts(): void {
    const moment = { dictating: this.#dictating, holdable: this.health.state !== 'unavailable' }
    this.#shortcuts.want(wantedShortcuts(this.#settings, moment))
  }
}

function meaningOf({ talkKey, talkMode }: Settings): string {
  return JSON.stringify([talkKey, talkMode])
}

function listen<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): Disposable {
  listeners.add(listener)
  return {
    [Symbol.dispose]() {
      listeners.delete(listener)
    },
  }
}
