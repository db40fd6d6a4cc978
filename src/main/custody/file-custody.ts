/** Sound files and their rows, side by side in one folder. What the disk refuses is told, and the dictation goes on. */
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { secondsOf, type Pcm } from '../../shared/audio.ts'
import type { DictationId, DictationRow, Grip } from '../../shared/dictation.ts'
import type { Written } from '../../shared/edits.ts'
import { textOf } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { Custody, Keeping, SealedFacts, StageTimes } from '../dictation/ports.ts'
import type { Tell } from '../notices.ts'
import { History, isLocked, type StoredDictation } from './history.ts'
import { readSound, secondsIn, SoundFile } from './sound-file.ts'

/** Rows a list shows at most. */
const LISTED = 500
/** For dictations without a row, should the history refuse one: far above every number it gives. */
const SPARE_IDS_FROM = 2 ** 40
/** Dictations whose stages are counted in the timings. */
const TIMED = 200

export interface CustodyOptions {
  readonly folder: string
  readonly tell: Tell
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Rows have changed. */
  readonly changed: () => void
}

export class FileCustody implements Custody, Disposable {
  readonly #options: CustodyOptions
  readonly #history: History
  /**
   * Not sealed when Steno ended last, oldest first. Found before anything is opened: a dictation of this run is none.
   */
  readonly leftOvers: readonly DictationId[]
  #spareId = SPARE_IDS_FROM

  constructor(options: CustodyOptions) {
    this.#options = options
    this.#history = this.#openHistory()
    this.leftOvers = this.#findLeftOvers()
  }

  open(grip: Grip): Keeping {
    const startedAt = this.#options.now()
    // With its time: a list that was begun anew counts from one again, and the sounds of the old one are still there.
    const nameOf = (of: DictationId): string => `${startedAt}-${of}.wav`
    const id =
      this.#attempt(() => this.#history.insert(startedAt, grip, nameOf), undefined) ?? ++this.#spareId
    const name = nameOf(id)
    const file = new SoundFile(join(this.#options.folder, name), (error) => {
      this.#refused(error)
    })
    this.#options.changed()
    return {
      id,
      append: (pcm) => {
        file.append(pcm)
      },
      close: () => {
        file.close()
        this.#try(() => {
          this.#history.setSound(id, file.samples === 0 ? null : name, secondsOf(file.samples))
        })
        if (file.samples === 0) file.discard()
        this.#options.changed()
      },
      discard: () => {
        file.discard()
        this.#try(() => {
          this.#history.remove(id)
        })
        this.#options.changed()
      },
    }
  }

  rows(): readonly DictationRow[] {
    const midnight = new Date(this.#options.now()).setHours(0, 0, 0, 0)
    return this.#attempt(() => this.#history.since(midnight), [])
      .slice(0, LISTED)
      .map(rowOf)
  }

  writtenOf(id: DictationId): Written | undefined {
    return this.#attempt(() => this.#history.find(id), undefined)
  }

  soundOf(id: DictationId): Promise<Pcm | undefined> {
    return Promise.resolve(
      this.#attempt(() => {
        const path = this.pathOf(id)
        return path === undefined ? undefined : readSound(path)
      }, undefined),
    )
  }

  /** The sound file of a dictation, if there is one. */
  pathOf(id: DictationId): string | undefined {
    const sound = this.#attempt(() => this.#history.find(id), undefined)?.sound
    if (sound === undefined) return undefined
    const path = join(this.#options.folder, sound)
    return existsSync(path) ? path : undefined
  }

  reopen(id: DictationId): void {
    this.#try(() => {
      this.#history.unseal(id)
    })
    this.#options.changed()
  }

  seal(id: DictationId, { outcome, written, timesMs }: SealedFacts): void {
    this.#try(() => {
      this.#history.seal(id, outcome, written, timesMs)
    })
    this.#options.changed()
  }

  rewrite(id: DictationId, written: Written): void {
    this.#try(() => {
      this.#history.rewrite(id, written)
    })
    this.#options.changed()
  }

  last(): DictationId | undefined {
    return this.#newest(({ text }) => text !== '')
  }

  lastHeard(): DictationId | undefined {
    return this.#newest(({ outcome, sound }) => outcome !== undefined && sound !== undefined)
  }

  lastCancelled(): DictationId | undefined {
    return this.#newest(({ outcome, sound }) => outcome?.kind === 'cancelled' && sound !== undefined)
  }

  /** Of the last dictations, newest first. */
  times(): readonly StageTimes[] {
    return this.#attempt(() => this.#history.newest(TIMED), []).map(({ timesMs }) => timesMs)
  }

  [Symbol.dispose](): void {
    this.#history[Symbol.dispose]()
  }

  /** Those without a sound have nothing to recover and go. */
  #findLeftOvers(): DictationId[] {
    const found = this.#attempt(() => this.#history.unsealed(), [])
    return found.flatMap(({ id, sound }) => {
      const path = this.pathOf(id)
      const seconds = path === undefined ? 0 : this.#attempt(() => secondsIn(path), 0)
      this.#try(() => {
        if (sound === undefined || seconds === 0) this.#history.remove(id)
        else this.#history.setSound(id, sound, seconds)
      })
      return seconds === 0 ? [] : [id]
    })
  }

  #newest(fits: (dictation: StoredDictation) => boolean): DictationId | undefined {
    return this.#attempt(() => this.#history.newest(LISTED), []).find(fits)?.id
  }

  /** A history that cannot be read is kept aside; without a disk there is one in memory. */
  #openHistory(): History {
    const { folder, log, tell } = this.#options
    const file = join(folder, 'history.db')
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      return new History(file)
    } catch (error) {
      log('error', `the history could not be opened: ${textOf(error)}`)
      if (isLocked(error)) return this.#inMemory('Another program holds the list of dictations.')
    }
    try {
      const aside = `${file}.broken-${this.#options.now()}`
      renameSync(file, aside)
      tell(
        'warning',
        'The list of dictations could not be read: a new one was begun.',
        `The old one is kept as ${aside}.`,
      )
      return new History(file)
    } catch {
      return this.#inMemory(`Steno may not write ${folder}.`)
    }
  }

  #inMemory(why: string): History {
    this.#options.tell('error', 'The list of dictations lasts only until Steno ends.', why)
    return new History(':memory:')
  }

  #try(run: () => void): void {
    this.#attempt(run, undefined)
  }

  #attempt<T>(run: () => T, otherwise: T): T {
    try {
      return run()
    } catch (error) {
      this.#refused(error)
      return otherwise
    }
  }

  #refused(error: unknown): void {
    this.#options.log('error', `custody: ${textOf(error)}`)
    this.#options.tell(
      'error',
      'This dictation cannot be kept on disk.',
      'It is transcribed all the same. Make room on the disk, or check that Steno may write its folder.',
    )
  }
}

function rowOf({ sound, timesMs: _timesMs, ...row }: StoredDictation): DictationRow {
  return { ...row, hasSound: sound !== undefined }
}
