/** All of the app about models, joined: the folder of the user's, the recognisers beside the live one, the answers. */
import { dialog, net } from 'electron'
import { availableParallelism, totalmem } from 'node:os'
import { basename } from 'node:path'
import { chosenModel } from '../../shared/chosen-model.ts'
import type { Clock } from '../../shared/clock.ts'
import type { AppSnapshot, DictationId } from '../../shared/dictation.ts'
import { StenoError } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import { BUILT_IN_MODEL, type ModelName } from '../../shared/models.ts'
import type { Pcm } from '../../shared/audio.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Tuning } from '../../shared/tuning.ts'
import type { ModelRequest } from '../../shared/worker-frames.ts'
import { readCatalogue } from '../../models/catalogue.ts'
import { ModelStore } from '../../models/store.ts'
import type { Handlers } from '../ipc.ts'
import { catalogueFile, starterModel, userFiles } from '../paths.ts'
import { createPool, modelRequest } from '../transcription.ts'
import { builtInCard } from './built-in.ts'
import { Comparison } from './comparison.ts'
import { ModelManager } from './manager.ts'
import { readerOf, type ReadWith } from './read-with.ts'

export interface ModelsWorld {
  readonly clock: Clock
  readonly tuning: Tuning
  readonly log: Log
  readonly settings: () => Settings
  readonly change: (patch: Partial<Settings>) => void
  readonly publish: (slices: Partial<AppSnapshot>) => void
  readonly noteRequest: (url: string, why: string) => void
  readonly soundOf: (id: DictationId) => Promise<Pcm | undefined>
  /** What is to be used may have changed. */
  readonly changed: () => void
}

export type ModelRequests =
  | `${'download' | 'pause' | 'cancel' | 'verify' | 'remove' | 'import' | 'use'}-model`
  | 'compare-models'
  | 'stop-comparing'

export class Models implements AsyncDisposable {
  readonly #world: ModelsWorld
  readonly #store = new ModelStore(userFiles().models)
  readonly #pool: ReturnType<typeof createPool>
  readonly #manager: ModelManager
  readonly #comparison: Comparison
  /** Seconds of decoding per second of sound, as last measured. */
  #starterSpeed: number | undefined
  /** For whoever reads a recording once more. */
  readonly readWith: ReadWith

  constructor(world: ModelsWorld) {
    const { clock, tuning, log, settings } = world
    this.#world = world
    this.#pool = createPool({ clock, tuning, log })
    const readWith = readerOf(this.#pool, clock)
    this.readWith = async (request, pcm, options) => {
      const result = await readWith(request, pcm, options)
      if (request.folder === starterModel()) this.#starterSpeed = result.realTimeFactor
      return result
    }
    this.#comparison = new Comparison({
      readWith: this.readWith,
      requestOf: (name) => this.requestOf(name),
      publish: (readings) => {
        world.publish({ readings })
      },
    })
    this.#manager = new ModelManager({
      store: this.#store,
      catalogue: readCatalogue(catalogueFile()),
      builtIn: builtInCard(starterModel()),
      transfer: { fetch: noted(world), clock, date: Date.now, tuning },
      recognise: async (folder, signal) => {
        await using lease = await this.#pool.lease(modelRequest({ ...settings(), language: null }, folder))
        return await lease.supervisor.start(signal)
      },
      machine: () => ({
        cores: availableParallelism(),
        memoryBytes: totalmem(),
        starterSpeed: this.#starterSpeed,
      }),
      settings,
      publish: (models) => {
        world.publish({ models })
      },
      changed: world.changed,
      log,
    })
  }

  /** Looks what is on disk; asks nobody. */
  async open(): Promise<void> {
    await this.#manager.open()
    this.#world.changed()
  }

  /** For a dictation that begins now: what is not there, or could not be loaded, gives way to the built-in one. */
  current(other = false): ModelRequest {
    const settings = this.#world.settings()
    const name = (other ? settings.otherModel : null) ?? chosenModel(settings)
    return this.#manager.isUsable(name) ? this.requestOf(name) : this.requestOf(BUILT_IN_MODEL)
  }

  requestOf(name: ModelName): ModelRequest {
    const folder = name === BUILT_IN_MODEL ? starterModel() : this.#store.pathOf(name)
    return modelRequest(this.#world.settings(), folder)
  }

  /** As people read it in the window. */
  nameOf(name: ModelName): string {
    const title = this.#manager.titleOf(name)
    return name === BUILT_IN_MODEL ? `${title} (built in)` : title
  }

  /** A model could not be loaded; it is not tried again before the user says so. Returns its title. */
  failedToLoad({ folder }: ModelRequest, reason: StenoError): string {
    const name = basename(folder)
    this.#manager.failedToLoad(name, reason)
    return this.#manager.titleOf(name)
  }

  settingsChanged(): void {
    this.#manager.refresh()
  }

  answers(): Pick<Handlers, ModelRequests> {
    const manager = this.#manager
    return {
      'download-model': (name) => {
        manager.download(name)
        return null
      },
      'pause-model': (name) => nothing(manager.pause(name)),
      'cancel-model': (name) => nothing(manager.cancel(name)),
      'verify-model': (name) => nothing(manager.verify(name).then(this.#world.changed)),
      'remove-model': (name) => nothing(manager.remove(name)),
      'import-model': async (from) => {
        const { filePaths } = await dialog.showOpenDialog({
          properties: [from === 'folder' ? 'openDirectory' : 'openFile'],
          ...(from === 'archive'
            ? { filters: [{ name: 'Archives', extensions: ['tar', 'gz', 'tgz', 'zip'] }] }
            : {}),
        })
        const source = filePaths[0]
        return source === undefined ? null : await manager.import(source)
      },
      'use-model': (name) => {
        manager.choose(name)
        this.#world.change({ model: name })
        this.#world.changed()
        return null
      },
      'compare-models': async (names, id) => {
        for (const name of names) manager.assertUsable(name)
        const pcm = await this.#world.soundOf(id)
        if (pcm === undefined) throw noSound()
        void this.#comparison.run(names, pcm)
        return null
      },
      'stop-comparing': () => {
        this.#comparison.stop()
        return null
      },
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#comparison[Symbol.dispose]()
    await this.#manager[Symbol.asyncDispose]()
    await this.#pool[Symbol.asyncDispose]()
  }
}

/** Chromium's network: it knows the system's proxy and its certificates. Every request is written down first. */
function noted({ noteRequest }: ModelsWorld): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    noteRequest(url, 'a model that was asked for')
    // A cache would keep a second copy, and answer for parts by itself; nobody is to be recognised by a cookie.
    return await net.fetch(url, { ...init, cache: 'no-store', credentials: 'omit' })
  }
}

async function nothing(work: Promise<unknown>): Promise<null> {
  await work
  return null
}

function noSound(): StenoError {
  return new StenoError('sound-missing', 'The sound of this dictation is not there any more.', {
    hint: 'Choose another recording.',
  })
}
