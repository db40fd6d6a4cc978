/**
 * The models on disk. A model is a folder with a note in it of what belongs to it; it gets its name when all of it is
 * there and has been read back, by one rename. What is on its way has a name that begins with a dot.
 */
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import * as v from 'valibot'
import { isMissing, StenoError } from '../shared/errors.ts'
import type { ModelCard, ModelName } from '../shared/models.ts'
import { MODEL_NAME } from './catalogue.ts'
import { filesBelow, hashOf, syncFolder } from './disk.ts'
import { lockModel } from './lock.ts'
import type { RemoteFile } from './download.ts'
import { sizeOf } from './part.ts'

const NOTE = 'steno-model.json'
const PART_NOTE = 'steno-part.json'

const noteSchema = v.object({
  version: v.literal(1),
  card: v.object({
    name: v.pipe(v.string(), v.regex(MODEL_NAME)),
    title: v.string(),
    family: v.string(),
    languages: v.array(v.string()),
    licence: v.string(),
    bytes: v.number(),
    memoryBytes: v.number(),
    speed: v.picklist(['instant', 'steady', 'slow']),
    goodFor: v.string(),
    pinned: v.boolean(),
    origin: v.picklist(['built-in', 'catalogue', 'imported']),
  }),
  files: v.array(v.object({ path: v.string(), bytes: v.number(), sha256: v.string() })),
})

export type ModelNote = v.InferOutput<typeof noteSchema>

/** What a file must be; where neither is known, it is what it is. */
export interface Expected {
  readonly path: string
  readonly bytes?: number | undefined
  readonly sha256?: string | undefined
}

export interface Found {
  readonly name: ModelName
  /** Undefined: whole, as far as names and sizes tell. */
  readonly fault: StenoError | undefined
  readonly card: ModelCard | undefined
}

export class ModelStore {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  pathOf(name: ModelName): string {
    return join(this.folder, name)
  }

  /** Where what comes of a model waits for the rest. */
  partOf(name: ModelName): string {
    return join(this.folder, `.part-${name}`)
  }

  has(name: ModelName): boolean {
    return existsSync(join(this.pathOf(name), NOTE))
  }

  /** Throws `model-busy` while anybody else works on that model. */
  lock(name: ModelName): Disposable {
    return lockModel(this.folder, name)
  }

  /** Whole models, and those that something was taken from; not those on their way. */
  async list(): Promise<Found[]> {
    const names = (await namesIn(this.folder)).filter((name) => MODEL_NAME.test(name))
    const found = await Promise.all(names.map((name) => this.#look(name)))
    return found.filter((one) => one !== undefined)
  }

  /** Models of which something has come, with the bytes that are here. */
  async parts(): Promise<ReadonlyMap<ModelName, number>> {
    const names = (await namesIn(this.folder)).filter((name) => name.startsWith('.part-'))
    const sizes = new Map<ModelName, number>()
    for (const name of names.map((one) => one.slice('.part-'.length))) {
      const come = await this.comeOf(name)
      sizes.set(
        name,
        [...come.values()].reduce((sum, bytes) => sum + bytes, 0),
      )
    }
    return sizes
  }

  /** Bytes that are here by the file they belong to. */
  async comeOf(name: ModelName): Promise<ReadonlyMap<string, number>> {
    const files = await filesBelow(this.partOf(name))
    return new Map(
      files
        .filter(({ path }) => path !== PART_NOTE && !path.endsWith('.part.json'))
        .map(({ path, bytes }) => [path.replace(/\.part$/, ''), bytes]),
    )
  }

  /**
   * The folder for these files to come into. What came of the same files is kept, what came of others is not.
   * Under the lock.
   */
  async beginPart(name: ModelName, files: readonly RemoteFile[]): Promise<string> {
    const folder = this.partOf(name)
    const wanted = JSON.stringify(files.map(({ path, url, sha256 }) => ({ path, url, sha256 })))
    const note = join(folder, PART_NOTE)
    const before = await readFile(note, 'utf8').catch(() => undefined)
    if (before !== wanted) {
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { recursive: true })
      await writeFile(note, wanted)
    }
    return folder
  }

  /**
   * Reads back what lies in `from`, and gives it its name. Rejects with `model-corrupt` where it is not what was
   * expected; the file at fault is deleted, so that it is fetched again. Under the lock.
   */
  async seal(
    from: string,
    card: ModelCard,
    expected: readonly Expected[],
    signal?: AbortSignal,
  ): Promise<void> {
    const files: ModelNote['files'] = []
    for (const one of expected) files.push(await readBack(from, one, signal))
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    const note: ModelNote = { version: 1, card: { ...card, languages: [...card.languages], bytes }, files }
    await writeSynced(join(from, NOTE), JSON.stringify(note, undefined, 2))
    await rm(join(from, PART_NOTE), { force: true })
    await syncFolder(from)
    await this.#putAside(card.name)
    await rename(from, this.pathOf(card.name))
    await syncFolder(this.folder)
    await this.#dropAside(card.name)
  }

  /** Rejects with `model-corrupt` or `model-missing`, naming the file. */
  async verify(name: ModelName, signal?: AbortSignal): Promise<void> {
    const note = await this.#noteOf(name)
    for (const file of note.files) await assertFile(this.pathOf(name), file, signal)
  }

  /** At once for everybody who looks, then file by file. Under the lock. */
  async remove(name: ModelName): Promise<void> {
    await this.#putAside(name)
    await this.#dropAside(name)
  }

  /** What has come of it. Under the lock. */
  async dropPart(name: ModelName): Promise<void> {
    await rm(this.partOf(name), { recursive: true, force: true })
  }

  /** What a killed Steno left half deleted or half copied; downloads stay. Those that somebody works on stay, too. */
  async cleanUp(): Promise<void> {
    for (const name of await namesIn(this.folder)) {
      const model = /^\.(?:gone|import)-([a-z0-9.-]+?)(?:~.*)?$/.exec(name)?.[1]
      if (model === undefined) continue
      try {
        using _lock = this.lock(model)
        await rm(join(this.folder, name), { recursive: true, force: true })
      } catch (error) {
        if (!(error instanceof StenoError)) throw error
      }
    }
  }

  async #look(name: ModelName): Promise<Found | undefined> {
    const folder = this.pathOf(name)
    if (!(await stat(folder).catch(() => undefined))?.isDirectory()) return undefined
    let card: ModelCard | undefined
    try {
      const note = await this.#noteOf(name)
      card = note.card
      for (const { path, bytes } of note.files) {
        if ((await sizeOf(join(folder, path))) !== bytes)
          throw damaged(join(folder, path), 'its size is another')
      }
      return { name, card, fault: undefined }
    } catch (error) {
      return error instanceof StenoError ? { name, card, fault: error } : undefined
    }
  }

  async #noteOf(name: ModelName): Promise<ModelNote> {
    const file = join(this.pathOf(name), NOTE)
    try {
      return v.parse(noteSchema, JSON.parse(await readFile(file, 'utf8')))
    } catch (cause) {
      if (isMissing(cause) && !existsSync(this.pathOf(name))) throw missing(name, cause)
      throw damaged(file, 'it does not say what belongs to the model', cause)
    }
  }

  async #putAside(name: ModelName): Promise<void> {
    try {
      await rename(this.pathOf(name), join(this.folder, `.gone-${name}~${randomUUID()}`))
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }

  async #dropAside(name: ModelName): Promise<void> {
    const gone = (await namesIn(this.folder)).filter((one) => one.startsWith(`.gone-${name}~`))
    for (const one of gone) await rm(join(this.folder, one), { recursive: true, force: true })
  }
}

async function readBack(
  folder: string,
  expected: Expected,
  signal: AbortSignal | undefined,
): Promise<ModelNote['files'][number]> {
  const file = join(folder, expected.path)
  try {
    return await assertFile(folder, expected, signal)
  } catch (error) {
    if (error instanceof StenoError) await rm(file, { force: true })
    throw error
  }
}

async function assertFile(
  folder: string,
  { path, bytes, sha256 }: Expected,
  signal: AbortSignal | undefined,
): Promise<ModelNote['files'][number]> {
  const file = join(folder, path)
  const size = await sizeOf(file)
  if (size === undefined) throw damaged(file, 'it is missing')
  if (bytes !== undefined && bytes !== size) throw damaged(file, `it has ${size} bytes, not ${bytes}`)
  const found = await hashOf(file, signal)
  if (sha256 !== undefined && sha256 !== found) throw damaged(file, `its sha256 is ${found}, not ${sha256}`)
  return { path, bytes: size, sha256: found }
}

function damaged(file: string, why: string, cause?: unknown): StenoError {
  return new StenoError('model-corrupt', `A file of the model is damaged: ${file}: ${why}`, {
    file,
    hint: 'Fetch the model again.',
    cause,
  })
}

function missing(name: ModelName, cause: unknown): StenoError {
  return new StenoError('model-missing', `The model “${name}” is not on this computer.`, {
    hint: 'Download it first.',
    cause,
  })
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'w')
  await handle.writeFile(text)
  await handle.sync()
}
