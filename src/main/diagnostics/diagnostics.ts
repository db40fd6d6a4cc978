/** What the user can look at when something is wrong, or when they want to know what Steno keeps. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { arch, cpus, homedir, release, totalmem, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import type { AppSnapshot } from '../../shared/dictation.ts'
import { StenoError, textOf } from '../../shared/errors.ts'
import type { KeptFiles, PrivacyReport } from '../../shared/history.ts'
import { withoutWords } from '../settings/without-words.ts'
import { bundleOf } from './bundle.ts'
import { keptFiles, type Places } from './kept-files.ts'
import type { RequestLog } from './requests.ts'

/** Of the log, in a page and in a bundle. */
const LOG_CHARACTERS = 200_000

export interface DiagnosticsWorld {
  readonly places: Places
  readonly log: string
  readonly requests: RequestLog
  readonly version: string
  readonly snapshot: () => AppSnapshot
  /** Asks where to save; undefined: nowhere. */
  readonly askWhere: (name: string) => Promise<string | undefined>
  /** Opens the file manager at this place. */
  readonly show: (path: string) => void
}

export class Diagnostics {
  readonly #world: DiagnosticsWorld

  constructor(world: DiagnosticsWorld) {
    this.#world = world
  }

  privacy(): PrivacyReport {
    const { places, requests } = this.#world
    return { kept: keptFiles(places), requests: requests.last() }
  }

  show(kind: KeptFiles['kind']): void {
    const found = this.privacy().kept.find((kept) => kept.kind === kind)
    if (found !== undefined) this.#world.show(found.path)
  }

  /** What nobody misses: the rest has its own page. The log that is written now begins anew. */
  clear(kind: 'logs' | 'crashes'): void {
    const { places, log } = this.#world
    if (kind === 'crashes') rmSync(places.crashes, { recursive: true, force: true })
    else for (const age of ['', '.1', '.2']) rmSync(log + age, { force: true })
  }

  /** The end of it. */
  readLog(): string {
    const { log } = this.#world
    return [`${log}.1`, log].map(textIn).join('').slice(-LOG_CHARACTERS)
  }

  /** Where it was saved; null when the user thought better of it. Rejects when the disk does. */
  async saveBundle(): Promise<string | null> {
    const { askWhere, version, snapshot } = this.#world
    const path = await askWhere(`steno-diagnostics-${new Date().toISOString().slice(0, 10)}`)
    if (path === undefined) return null
    const { settings, model, keys, timings, processes } = snapshot()
    const facts = {
      version,
      platform: `${process.platform} ${arch()}`,
      release: release(),
      runtime: `Node ${process.versions.node}, Electron ${process.versions.electron}`,
      cores: cpus().length,
      memoryBytes: totalmem(),
      settings: withoutWords(settings),
      snapshot: { model, keys, timings, processes },
      ...this.privacy(),
      log: this.readLog(),
    }
    try {
      const secrets = [[homedir(), '~'] as const, [userInfo().username, 'user'] as const]
      writeFileSync(path, bundleOf(facts, secrets), { mode: 0o600 })
      return path
    } catch (error) {
      throw new StenoError('file-unreadable', `${path} could not be written: ${textOf(error)}`, {
        file: path,
        hint: 'Choose another folder, or make room on the disk.',
      })
    }
  }
}

export function placesIn(userData: string, crashes: string, settings: string, log: string): Places {
  return {
    settings,
    dictations: join(userData, 'dictations'),
    models: join(userData, 'models'),
    logs: dirname(log),
    crashes,
  }
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
