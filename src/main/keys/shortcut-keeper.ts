/** Keeps exactly the shortcuts registered that are wanted, and says in words which cannot be had. */
import { acceleratorOf } from '../../shared/accelerators.ts'
import type { Platform } from '../../shared/chords.ts'
import type { Clock } from '../../shared/clock.ts'
import { textOf } from '../../shared/errors.ts'
import { KEY_SETTING_NAMES } from '../../shared/key-conflicts.ts'
import { labelOf } from '../../shared/key-labels.ts'
import type { Log } from '../../shared/log.ts'
import type { KeySetting } from '../../shared/settings.ts'
import type { Tuning } from '../../shared/tuning.ts'
import type { ShortcutPort } from './shortcuts.ts'
import type { WantedShortcuts } from './wanted-shortcuts.ts'

export interface ShortcutKeeperOptions {
  readonly port: ShortcutPort
  readonly platform: Platform
  readonly clock: Clock
  readonly tuning: Tuning
  readonly log: Log
  readonly events: ShortcutEvents
}

export interface ShortcutEvents {
  pressed(setting: KeySetting): void
  /** Said once for each chord of a setting. */
  refused(text: string, hint: string): void
}

const HINT = 'Choose another in the settings.'

export class ShortcutKeeper implements Disposable {
  readonly #options: ShortcutKeeperOptions
  readonly #registered = new Map<string, KeySetting>()
  readonly #toldOf = new Set<string>()
  #wanted: WantedShortcuts = new Map()
  #suspended = false

  constructor(options: ShortcutKeeperOptions) {
    this.#options = options
  }

  want(wanted: WantedShortcuts): void {
    this.#wanted = wanted
    this.#update()
  }

  /** Meanwhile the keys go to other programs; what is wanted in between is registered afterwards. */
  suspend(on: boolean): void {
    if (on === this.#suspended) return
    this.#suspended = on
    this.#options.port.setSuspended(on)
    this.#update()
  }

  [Symbol.dispose](): void {
    this.suspend(false)
    this.want(new Map())
  }

  #update(): void {
    if (this.#suspended) return
    const wanted = this.#byAccelerator()
    for (const [accelerator, setting] of this.#registered) {
      if (wanted.get(accelerator) === setting) continue
      this.#options.port.unregister(accelerator)
      this.#registered.delete(accelerator)
    }
    for (const [accelerator, setting] of wanted) {
      if (this.#registered.has(accelerator)) continue
      if (this.#register(accelerator, setting)) this.#registered.set(accelerator, setting)
      else this.#tell(setting, 'cannot be had: another program or the system has it')
    }
  }

  /** The first setting that wants a chord gets it. */
  #byAccelerator(): Map<string, KeySetting> {
    const found = new Map<string, KeySetting>()
    for (const [setting, chord] of this.#wanted) {
      const accelerator = acceleratorOf(chord)
      if (accelerator === undefined) this.#tell(setting, 'cannot be a shortcut of the system')
      else if (found.has(accelerator)) this.#tell(setting, 'is in use by another setting')
      else found.set(accelerator, setting)
    }
    return found
  }

  #register(accelerator: string, setting: KeySetting): boolean {
    const { port, clock, tuning, log, events } = this.#options
    let lastAt = -Infinity
    const call = (): void => {
      // Systems repeat the shortcut while it is held.
      const repeated = clock.now() - lastAt < tuning.shortcutRepeatMs
      lastAt = clock.now()
      if (!repeated) events.pressed(setting)
    }
    try {
      return port.register(accelerator, call)
    } catch (error) {
      log('error', `the shortcut of ${setting} was refused: ${textOf(error)}`)
      return false
    }
  }

  #tell(setting: KeySetting, why: string): void {
    const { platform, events } = this.#options
    const text = `${labelOf(this.#wanted.get(setting) ?? [], platform)}, ${KEY_SETTING_NAMES[setting]}, ${why}.`
    if (this.#toldOf.has(text)) return
    this.#toldOf.add(text)
    events.refused(text, HINT)
  }
}
