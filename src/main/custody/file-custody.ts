/** Sound files and their rows, side by side in one folder. What the disk refuses is told, and the dictation goes on. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { secondsOf, type Pcm } from '../../shared/audio.ts'
import type { Clock } from '../../shared/clock.ts'
import type { DictationId, DictationRow, Grip } from '../../shared/dictation.ts'
import type { Written } from '../../shared/edits.ts'
import { textOf } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { Tuning } from '../../shared/tuning.ts'
import type { Custody, Keeping, SealedFacts, StageTimes } from '../dictation/ports.ts'
import type { Tell } from '../notices.ts'
import { History, isLocked, type StoredDictation } from './history.ts'
import { Compaction } from './compaction.ts'
import { settleLeftOvers, soundName } from './left-overs.ts'
import { OwedWrites } from './owed-writes.ts'
import { isLimited, tooMany, type Limits } from './retention.ts'
import { dictationRow } from './rows.ts'
import { readRecording, SoundFile } from './sound-file.ts'

/** Rows a list shows at most. */
const LISTED = 500
/** Dictations whose stages are counted in the timings. */
const TIMED = 200

const REFUSED = 'The disk takes no dictation now: what is said is kept in memory.'

export interface CustodyOptions {
  readonly folder: string
  readonly tell: Tell
  /** What was told is not so any more. */
  readonly withdraw: (text: string) => void
  readonly log: Log
  readonly clock: Clock
  readonly tuning: Pick<Tuning, 'saveRetryMs' | 'unsavedSecondsAtMost' | 'compactAfterMs'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly limits: () => Limits
  /** Rows have changed. */
  readonly changed: () => void
}

export class FileCustody implements Custody, Disposable {
  readonly #options: CustodyOptions
  readonly #history: History
  readonly #owed: OwedWrites
  /** Sounds that are recorded, or that the disk has not taken yet. */
  readonly #files = new Map<DictationId, SoundFile>()
  readonly #compaction: Compaction
  #lastId: DictationId
  #inMemory = false
  #retry: Disposable | undefined
  /**
   * Not sealed when Steno ended last, oldest first. Found before anything is opened: a dictation of this run is none.
   */
  readonly leftOvers: readonly DictationId[]

  constructor(options: CustodyOptions) {
    this.#options = options
    this.#owed = new OwedWrites((error) => {
      this.#refused(error)
    })
    this.#history = this.#openHistory()
    // Another program's list knows these sounds; what is not there is in its rows.
    this.leftOvers = this.#inMemory
      ? []
      : this.#read(() => settleLeftOvers(this.#history, options.folder), [])
    this.#lastId = this.#read(() => this.#history.lastId, 0)
    this.prune()
    this.#compaction = new Compaction({
      ...options,
      soundOf: (id) => {
        const found = this.find(id)
        return found?.outcome === undefined || this.#files.has(id) ? undefined : found.sound
      },
      rename: (id, sound) => {
        const seconds = this.find(id)?.seconds ?? 0
        return this.#read(() => {
          this.#history.setSound(id, sound, seconds)
          return true
        }, false)
      },
    })
    const wav = "WHERE sound LIKE '%.wav' ORDER BY id"
    this.#compaction.add(this.#read(() => this.#history.select(wav), []).map(({ id }) => id))
  }

  open(grip: Grip, full: () => void): Keeping {
    const startedAt = this.#options.now()
    const id = ++this.#lastId
    // With its time: a list that was begun anew counts from one again, and the sounds of the old one are still there.
    const name = soundName(startedAt, id)
    this.#write(() => {
      this.#history.insert(id, startedAt, grip, name)
    })
    const file = new SoundFile(join(this.#options.folder, name), (error) => {
      this.#refused(error)
    })
    this.#files.set(id, file)
    return {
      id,
      append: (pcm) => {
        file.append(pcm)
        if (file.waitingSeconds > this.#options.tuning.unsavedSecondsAtMost) this.#isFull(full)
      },
      close: () => {
        file.close()
        this.#write(() => {
          this.#history.setSound(id, file.samples === 0 ? null : name, secondsOf(file.samples))
        })
        if (file.samples === 0) file.discard()
        if (file.whole) this.#files.delete(id)
        else this.#retryLater()
      },
      discard: () => {
        file.discard()
        this.#files.delete(id)
        this.#write(() => {
          this.#history.remove(id)
        })
      },
    }
  }

  /** Today's, and what was found of a former run. Newest first. */
  rows(): readonly DictationRow[] {
    const midnight = new Date(this.#options.now()).setHours(0, 0, 0, 0)
    const today = this.#read(() => this.#history.since(midnight), []).slice(0, LISTED)
    const known = new Set(today.map(({ id }) => id))
    const older = this.leftOvers.filter((id) => !known.has(id)).flatMap((id) => this.find(id) ?? [])
    return [...today, ...older].sort((a, b) => b.id - a.id).map(dictationRow)
  }

  find(id: DictationId): StoredDictation | undefined {
    return this.#read(() => this.#history.find(id), undefined)
  }

  writtenOf(id: DictationId): Written | undefined {
    return this.find(id)
  }

  async soundOf(id: DictationId): Promise<Pcm | undefined> {
    try {
      const unsaved = this.#files.get(id)
      if (unsaved?.whole === false) return unsaved.sound()
      const path = this.pathOf(id)
      if (path === undefined) return undefined
      const { pcm, whole } = await readRecording(path)
      if (!whole)
        this.#options.tell('warning', 'A recording is damaged: what can be read of it is used.', path)
      return pcm
    } catch (error) {
      this.#options.log('error', `recording ${id}: ${textOf(error)}`)
      return undefined
    }
  }

  /** The sound file of a dictation, if there is one. */
  pathOf(id: DictationId): string | undefined {
    const sound = this.find(id)?.sound
    if (sound === undefined) return undefined
    const path = join(this.#options.folder, sound)
    return existsSync(path) ? path : undefined
  }

  reopen(id: DictationId): void {
    this.#write(() => {
      this.#history.unseal(id)
    })
  }

  seal(id: DictationId, facts: SealedFacts): void {
    this.#write(() => {
      this.#history.seal(id, facts)
    })
    this.prune()
    this.#compaction.add([id])
  }

  rewrite(id: DictationId, written: Written): void {
    this.#write(() => {
      this.#history.rewrite(id, written)
    })
  }

  star(id: DictationId, starred: boolean): void {
    this.#write(() => {
      this.#history.star(id, starred)
    })
  }

  tag(id: DictationId, tags: readonly string[]): void {
    this.#write(() => {
      this.#history.tag(id, tags)
    })
  }

  /** Row and sound, for good. One that is under way stays. */
  remove(ids: readonly DictationId[]): void {
    for (const id of ids) {
      const dictation = this.find(id)
      if (dictation?.outcome === undefined) continue
      const { sound } = dictation
      if (sound !== undefined) rmSync(join(this.#options.folder, sound), { force: true })
      this.#write(() => {
        this.#history.remove(id)
      })
    }
  }

  /** Lets go of what is more than the user wants to keep. */
  prune(): void {
    const limits = this.#options.limits()
    if (!isLimited(limits)) return
    const gone = tooMany(
      this.#read(() => this.#history.kept(), []),
      limits,
      this.#options.now(),
    )
    if (gone.length > 0) this.#options.log('info', `${gone.length} dictations are older or more than is kept`)
    this.remove(gone)
  }

  /** For those who look for dictations; throws what SQLite throws. */
  get history(): History {
    return this.#history
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
    return this.#read(() => this.#history.newest(TIMED), []).map(({ timesMs }) => timesMs)
  }

  [Symbol.dispose](): void {
    this.#compaction[Symbol.dispose]()
    this.#retry?.[Symbol.dispose]()
    this.#save()
    this.#history[Symbol.dispose]()
  }

  #newest(fits: (dictation: StoredDictation) => boolean): DictationId | undefined {
    return this.#read(() => this.#history.newest(LISTED), []).find(fits)?.id
  }

  /** A history that is damaged is kept aside, and what can be read of it taken over; without a disk there is one in memory. */
  #openHistory(): History {
    const { folder, log, tell } = this.#options
    const file = join(folder, 'history.db')
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      return new History(file)
    } catch (error) {
      log('error', `the history could not be opened: ${textOf(error)}`)
      if (isLocked(error)) return this.#openInMemory('Another program holds the list of dictations.')
    }
    try {
      const aside = `${file}.broken-${this.#options.now()}`
      renameSync(file, aside)
      // What was written last may be in there.
      for (const end of ['-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, aside + end)
      const history = new History(file)
      const saved = history.salvage(aside)
      tell(
        'warning',
        'The list of dictations was damaged: a new one was begun.',
        `${saved} entries could be taken over; sounds without one are written down again. The old list is kept as ${aside}.`,
      )
      return history
    } catch (error) {
      log('error', `the history could not be begun anew: ${textOf(error)}`)
      return this.#openInMemory(`Steno may not write ${folder}.`)
    }
  }

  #openInMemory(why: string): History {
    this.#inMemory = true
    this.#options.tell('error', 'The list of dictations lasts only until Steno ends.', why)
    return new History(':memory:')
  }

  #write(write: () => void): void {
    this.#owed.make(write)
    if (this.#owed.count > 0) this.#retryLater()
    this.#options.changed()
  }

  #read<T>(read: () => T, otherwise: T): T {
    try {
      return read()
    } catch (error) {
      this.#options.log('error', `custody: ${textOf(error)}`)
      this.#options.tell(
        'error',
        'The list of dictations cannot be read.',
        'Start Steno again: what can be read of it is taken over then, and sounds are never touched.',
      )
      return otherwise
    }
  }

  #retryLater(): void {
    const { clock, tuning } = this.#options
    this.#retry ??= clock.after(tuning.saveRetryMs, () => {
      this.#retry = undefined
      this.#save()
      if (this.#isOwed) this.#retryLater()
      else this.#saved()
    })
  }

  get #isOwed(): boolean {
    return this.#owed.count > 0 || [...this.#files.values()].some(({ waitingSeconds }) => waitingSeconds > 0)
  }

  #save(): void {
    this.#owed.retry()
    for (const [id, file] of this.#files) {
      file.retry()
      if (file.whole) this.#files.delete(id)
    }
  }

  #saved(): void {
    this.#options.withdraw(REFUSED)
    this.#options.tell('info', 'The disk takes dictations again: all of it is saved.', undefined)
    this.#options.changed()
  }

  #refused(error: unknown): void {
    const { folder, log, tell, tuning } = this.#options
    log('error', `custody: ${textOf(error)}`)
    tell(
      'error',
      REFUSED,
      `It is transcribed all the same, and saved as soon as that is possible. Make room on the disk, or see that Steno may write ${folder}. ${Math.floor(tuning.unsavedSecondsAtMost / 60)} minutes have room in memory.`,
    )
    this.#retryLater()
  }

  #isFull(full: () => void): void {
    this.#options.tell(
      'error',
      'The dictation was ended: the disk takes nothing, and there is no more room in memory.',
      'What was said until then is transcribed. Make room on the disk before the next one.',
    )
    full()
  }
}
