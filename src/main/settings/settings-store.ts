/** The settings in force: read once, checked, changed in one place, written down with every change. */
import { textOf } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts'
import type { Tell } from '../notices.ts'
import { salvage } from './schema.ts'
import { loadJson, saveJson } from './settings-file.ts'

export class SettingsStore implements Disposable {
  readonly #file: string
  readonly #tell: Tell
  readonly #log: Log
  readonly #watchers = new Set<(now: Settings, before: Settings) => void>()
  #settings: Settings = DEFAULT_SETTINGS
  #unknown: Readonly<Record<string, unknown>> = {}

  /** Reads the file; what is not usable of it is told and replaced by defaults. */
  constructor(file: string, tell: Tell, log: Log) {
    this.#file = file
    this.#tell = tell
    this.#log = log
    this.#load()
  }

  get settings(): Settings {
    return this.#settings
  }

  onChange(watcher: (now: Settings, before: Settings) => void): Disposable {
    this.#watchers.add(watcher)
    return { [Symbol.dispose]: () => void this.#watchers.delete(watcher) }
  }

  /** Takes effect at once; a disk that refuses is told and changes nothing of that. */
  change(patch: Partial<Settings>): void {
    const before = this.#settings
    this.#settings = { ...before, ...patch }
    for (const watcher of this.#watchers) watcher(this.#settings, before)
    try {
      saveJson(this.#file, { ...this.#unknown, ...this.#settings })
    } catch (error) {
      this.#log('error', `settings could not be written: ${textOf(error)}`)
      this.#tell('error', 'Your settings could not be saved.', `Steno may not write ${this.#file}.`)
    }
  }

  [Symbol.dispose](): void {
    this.#watchers.clear()
  }

  #load(): void {
    const loaded = this.#read()
    if (loaded.kind === 'none') return
    if (loaded.kind === 'broken') {
      this.#log('warn', `settings could not be read: ${textOf(loaded.cause)}`)
      this.#tell(
        'warning',
        'Your settings could not be read: Steno uses its defaults.',
        `The file is kept as ${loaded.keptAs}.`,
      )
      return
    }
    const { settings, broken, unknown } = salvage(loaded.value)
    this.#settings = settings
    this.#unknown = unknown
    if (loaded.from === 'backup') {
      this.#tell('warning', 'Your settings were damaged; the last saved ones are back.', undefined)
    }
    if (broken.length > 0) {
      this.#tell(
        'warning',
        `These settings could not be used and have their defaults again: ${broken.join(', ')}.`,
        'Everything else is as you left it.',
      )
    }
  }

  /** A folder in place of the file, or one that may not be read, is as good as a broken file. */
  #read(): ReturnType<typeof loadJson> {
    try {
      return loadJson(this.#file)
    } catch (cause) {
      return { kind: 'broken', keptAs: this.#file, cause }
    }
  }
}
