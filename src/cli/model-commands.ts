/** What the command `models` does with one model or all of them. */
import { availableParallelism, totalmem } from 'node:os'
import process from 'node:process'
import { cardOf, modelNamed, readCatalogue } from '../models/catalogue.ts'
import { importModel, type Recognise } from '../models/import.ts'
import { install, removeModel } from '../models/install.ts'
import { recommend } from '../models/recommend.ts'
import type { Found, ModelStore } from '../models/store.ts'
import { systemClock } from '../process/system-clock.ts'
import { StenoError } from '../shared/errors.ts'
import { TUNING } from '../shared/tuning.ts'
import { complain, EXIT, stderrLog } from './command.ts'
import { composeSupervisor } from './compose.ts'
import { CATALOGUE } from './resources.ts'

export class ModelCommands {
  readonly #store: ModelStore
  readonly #mirror: string | undefined
  readonly #signal: AbortSignal
  readonly #catalogue = readCatalogue(CATALOGUE)

  constructor(store: ModelStore, mirror: string | undefined, signal: AbortSignal) {
    this.#store = store
    this.#mirror = mirror
    this.#signal = signal
  }

  /** One after the other; a failure of one is told, and the next is done. */
  async each(names: readonly string[], run: (name: string) => Promise<void>): Promise<number> {
    let failed = 0
    for (const name of names) {
      this.#signal.throwIfAborted()
      try {
        await run(name)
      } catch (error) {
        this.#signal.throwIfAborted()
        failed += 1
        complain(error, name)
      }
    }
    return failed === 0 ? EXIT.ok : EXIT.someInputFailed
  }

  async installed(): Promise<string[]> {
    return (await this.#store.list()).map(({ name }) => name)
  }

  async list(language: string | null): Promise<void> {
    const [found, parts] = await Promise.all([this.#store.list(), this.#store.parts()])
    const cards = this.#catalogue.map(cardOf)
    const machine = { cores: availableParallelism(), memoryBytes: totalmem(), starterSpeed: undefined }
    const best = recommend(cards, machine, language)
    const imported = found.flatMap(({ card }) => (card?.origin === 'imported' ? [card] : []))
    for (const card of [...cards, ...imported]) {
      const here = found.find(({ name }) => name === card.name)
      const part = parts.get(card.name)
      const state = stateOf(here, part)
      const mark = card.name === best ? '  (recommended)' : ''
      const facts = [card.name.padEnd(27), megabytes(card.bytes).padStart(8), state.padEnd(16)]
      print(`${facts.join('  ')}  ${card.licence.padEnd(20)}  ${card.goodFor}${mark}`)
    }
  }

  readonly download = async (name: string): Promise<void> => {
    const model = modelNamed(this.#catalogue, name)
    if (this.#store.has(name) && (await this.#isWhole(name))) {
      print(`${name}: it is here already`)
      return
    }
    const world = { fetch, clock: systemClock, date: Date.now, tuning: TUNING }
    let last = -1
    await install(model, this.#store, world, {
      signal: this.#signal,
      base: this.#mirror,
      progress: (bytes, total) => {
        const tenth = Math.floor((10 * bytes) / Math.max(1, total))
        if (tenth !== last) print(`${name}: ${megabytes(bytes)} of ${megabytes(total)}`)
        last = tenth
      },
    })
    print(`${name}: installed in ${this.#store.pathOf(name)}`)
  }

  readonly verify = async (name: string): Promise<void> => {
    await this.#store.verify(name, this.#signal)
    print(`${name}: every file is as it came`)
  }

  readonly remove = async (name: string): Promise<void> => {
    const parts = await this.#store.parts()
    if (!(await this.installed()).includes(name) && !parts.has(name))
      throw new StenoError('model-missing', 'There is nothing of it on this computer.')
    await removeModel(this.#store, name)
    print(`${name}: removed`)
  }

  readonly import = async (source: string): Promise<void> => {
    const taken = this.#catalogue.map(({ name }) => name)
    const recognise: Recognise = async (folder) => {
      await using supervisor = composeSupervisor({ modelFolder: folder, log: stderrLog(false), live: false })
      return await supervisor.start(this.#signal)
    }
    const name = await importModel(source, this.#store, recognise, { signal: this.#signal, taken })
    print(`${name}: installed in ${this.#store.pathOf(name)}`)
  }

  async #isWhole(name: string): Promise<boolean> {
    return (await this.#store.list()).some((one) => one.name === name && one.fault === undefined)
  }
}

function stateOf(here: Found | undefined, part: number | undefined): string {
  if (here !== undefined) return here.fault === undefined ? 'installed' : 'broken'
  return part === undefined ? '-' : `paused at ${megabytes(part)}`
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
