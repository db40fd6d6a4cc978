/**
 * What the app does with models: fetches, pauses, checks, deletes and imports them, several at once, and says how that
 * goes. It asks the network for nothing that the user did not.
 */
import { asStenoError, StenoError, toWire } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import {
  BUILT_IN_MODEL,
  type ModelCard,
  type ModelName,
  type ModelRow,
  type ModelState,
} from '../../shared/models.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Tuning } from '../../shared/tuning.ts'
import { cardOf, modelNamed, type CatalogueModel } from '../../models/catalogue.ts'
import { importModel, type Recognise } from '../../models/import.ts'
import { install, removeModel } from '../../models/install.ts'
import { recommend, type Machine } from '../../models/recommend.ts'
import { secondsLeft, Speedometer } from '../../models/speed.ts'
import type { Found, ModelStore } from '../../models/store.ts'
import type { TransferWorld } from '../../models/transfer.ts'
import { usersOf } from './uses.ts'

export interface ManagerWorld {
  readonly store: ModelStore
  readonly catalogue: readonly CatalogueModel[]
  readonly builtIn: ModelCard
  readonly transfer: Omit<TransferWorld, 'tuning'> & {
    readonly tuning: TransferWorld['tuning'] & Pick<Tuning, 'downloadShownEveryMs'>
  }
  readonly recognise: Recognise
  readonly machine: () => Machine
  readonly settings: () => Settings
  readonly publish: (rows: readonly ModelRow[]) => void
  /** A model came or went: whoever waits for it looks again. */
  readonly changed: () => void
  readonly log: Log
}

interface Job {
  readonly abort: AbortController
  readonly done: Promise<void>
}

/** Why a download was ended, when it was not by itself. */
class Paused extends Error {}

export class ModelManager implements AsyncDisposable {
  readonly #world: ManagerWorld
  readonly #jobs = new Map<ModelName, Job>()
  /** What is not read from the disk: work under way, and how the last work ended. */
  readonly #states = new Map<ModelName, ModelState>()
  #found: readonly Found[] = []
  #parts: ReadonlyMap<ModelName, number> = new Map()
  #timer: Disposable | undefined
  #closed = false

  constructor(world: ManagerWorld) {
    this.#world = world
  }

  /** Looks what is there; nothing is fetched. */
  async open(): Promise<void> {
    await this.#world.store.cleanUp()
    await this.#look()
  }

  /** Whole, as far as names and sizes tell. */
  isInstalled(name: ModelName): boolean {
    return name === BUILT_IN_MODEL || this.#found.some((one) => one.name === name && one.fault === undefined)
  }

  /** On disk, and it could be loaded as far as anybody tried. */
  isUsable(name: ModelName): boolean {
    return this.isInstalled(name) && this.#states.get(name)?.kind !== 'broken'
  }

  /** Throws for one that is not on disk; one that could not be loaded is given another try. */
  choose(name: ModelName): void {
    this.assertUsable(name)
    if (this.#states.get(name)?.kind === 'broken') this.#states.delete(name)
    this.#publish()
  }

  /** For people. */
  titleOf(name: ModelName): string {
    return this.#cards().find((card) => card.name === name)?.title ?? name
  }

  /** Begins, or goes on; how it goes is in the rows. Throws for a name that nobody knows. */
  download(name: ModelName): void {
    const model = modelNamed(this.#world.catalogue, name)
    if (this.#jobs.has(name) || this.isUsable(name) || this.#closed) return
    const abort = new AbortController()
    const total = cardOf(model).bytes
    this.#states.set(name, {
      ...{ kind: 'downloading', bytes: this.#parts.get(name) ?? 0, total },
      ...{ bytesPerSecond: 0, secondsLeft: undefined },
    })
    const done = this.#fetch(model, abort.signal).finally(() => {
      this.#jobs.delete(name)
      this.#publish()
    })
    this.#jobs.set(name, { abort, done })
    this.#publish()
  }

  /** What has come is kept. */
  async pause(name: ModelName): Promise<void> {
    const job = this.#jobs.get(name)
    job?.abort.abort(new Paused())
    await job?.done
  }

  /** What has come is deleted. */
  async cancel(name: ModelName): Promise<void> {
    await this.pause(name)
    const { store } = this.#world
    {
      using _lock = store.lock(name)
      await store.dropPart(name)
    }
    this.#states.delete(name)
    await this.#look()
  }

  /** The outcome is in the rows. */
  async verify(name: ModelName): Promise<void> {
    if (name === BUILT_IN_MODEL) return
    this.#assertIdle(name)
    if (!this.#found.some((one) => one.name === name)) this.assertUsable(name)
    this.#states.set(name, { kind: 'verifying' })
    this.#publish()
    try {
      await this.#world.store.verify(name)
      this.#states.delete(name)
    } catch (error) {
      this.#states.set(name, { kind: 'broken', error: toWire(error) })
    }
    await this.#look()
  }

  /** Rejects with `model-in-use`. */
  async remove(name: ModelName): Promise<void> {
    if (name === BUILT_IN_MODEL) throw inUse(this.titleOf(name), ['Steno itself'])
    const users = usersOf(name, this.#world.settings())
    if (users.length > 0) throw inUse(this.titleOf(name), users)
    this.#assertIdle(name)
    await removeModel(this.#world.store, name)
    this.#states.delete(name)
    await this.#look()
    this.#world.changed()
  }

  async import(source: string): Promise<ModelName> {
    const { store, recognise, catalogue } = this.#world
    const taken = catalogue.map(({ name }) => name)
    const name = await importModel(source, store, recognise, { taken })
    await this.#look()
    this.#world.changed()
    return name
  }

  /** Throws `model-missing` for one that is not on disk. */
  assertUsable(name: ModelName): void {
    if (this.isInstalled(name)) return
    throw new StenoError('model-missing', `${this.titleOf(name)} is not on this computer.`, {
      hint: 'Download it first.',
    })
  }

  /** It could not be loaded. */
  failedToLoad(name: ModelName, error: StenoError): void {
    if (name === BUILT_IN_MODEL) return
    this.#states.set(name, { kind: 'broken', error: toWire(error) })
    this.#publish()
  }

  /** Settings changed: who uses what. */
  refresh(): void {
    this.#publish()
  }

  /** Downloads are paused: the next start goes on with them when it is asked to. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#timer?.[Symbol.dispose]()
    await Promise.allSettled([...this.#jobs.keys()].map((name) => this.pause(name)))
  }

  async #fetch(model: CatalogueModel, signal: AbortSignal): Promise<void> {
    const { store, transfer, settings, log, changed } = this.#world
    const { name } = model
    const speed = new Speedometer()
    let [bytes, total] = [0, cardOf(model).bytes]
    try {
      await install(model, store, transfer, {
        signal,
        base: settings().modelMirror ?? undefined,
        progress: (here, all) => {
          ;[bytes, total] = [here, all]
          speed.mark(transfer.clock.now(), here)
          const { bytesPerSecond } = speed
          const left = secondsLeft(here, all, bytesPerSecond)
          this.#states.set(name, { kind: 'downloading', bytes, total, bytesPerSecond, secondsLeft: left })
          this.#publishSoon()
        },
        verifying: () => {
          this.#states.set(name, { kind: 'verifying' })
          this.#publish()
        },
      })
      this.#states.delete(name)
      await this.#look()
      changed()
    } catch (error) {
      await this.#look()
      if (error instanceof Paused || signal.aborted) {
        this.#states.set(name, { kind: 'paused', bytes: this.#parts.get(name) ?? bytes, total })
        return
      }
      log('warn', `the model ${name} did not come: ${asStenoError(error).message}`)
      const here = this.#parts.get(name) ?? 0
      this.#states.set(name, { kind: 'failed', bytes: here, total, error: toWire(error) })
    }
  }

  #assertIdle(name: ModelName): void {
    if (!this.#jobs.has(name)) return
    throw new StenoError('model-busy', `${this.titleOf(name)} is being downloaded.`, {
      hint: 'Cancel the download first.',
    })
  }

  async #look(): Promise<void> {
    const { store } = this.#world
    ;[this.#found, this.#parts] = await Promise.all([store.list(), store.parts()])
    this.#publish()
  }

  #publishSoon(): void {
    const { clock, tuning } = this.#world.transfer
    this.#timer ??= clock.after(tuning.downloadShownEveryMs, () => {
      this.#publish()
    })
  }

  #publish(): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = undefined
    if (!this.#closed) this.#world.publish(this.rows())
  }

  rows(): readonly ModelRow[] {
    const { catalogue, machine, settings } = this.#world
    const now = settings()
    const best = recommend(catalogue.map(cardOf), machine(), now.language)
    return this.#cards().map((card) => ({
      card,
      state: this.#stateOf(card),
      usedBy: usersOf(card.name, now),
      recommended: card.name === best,
    }))
  }

  /** The built-in one, the catalogue's, and those that were imported. */
  #cards(): readonly ModelCard[] {
    const { builtIn, catalogue } = this.#world
    const known = new Set(catalogue.map(({ name }) => name))
    const own = this.#found
      .filter(({ name }) => !known.has(name))
      .map(({ name, card }) => card ?? strange(name))
    return [
      builtIn,
      ...catalogue.map((one) => this.#found.find(({ name }) => name === one.name)?.card ?? cardOf(one)),
      ...own,
    ]
  }

  #stateOf({ name, bytes: total }: ModelCard): ModelState {
    if (name === BUILT_IN_MODEL) return { kind: 'installed' }
    const state = this.#states.get(name)
    if (state !== undefined) return state
    const found = this.#found.find((one) => one.name === name)
    if (found?.fault !== undefined) return { kind: 'broken', error: toWire(found.fault) }
    if (found !== undefined) return { kind: 'installed' }
    const bytes = this.#parts.get(name)
    return bytes === undefined ? { kind: 'absent' } : { kind: 'paused', bytes, total }
  }
}

/** A folder that says nothing of use about itself. */
function strange(name: ModelName): ModelCard {
  return {
    ...{ name, title: name, family: '', languages: [], licence: 'unknown', bytes: 0, memoryBytes: 0 },
    ...{ speed: 'slow', goodFor: '', pinned: false, origin: 'imported' },
  }
}

function inUse(title: string, users: readonly string[]): StenoError {
  return new StenoError('model-in-use', `${title} is in use by ${users.join(', ')}.`, {
    hint: 'Choose another model for that first.',
  })
}
