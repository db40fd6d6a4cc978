/** A model from a folder or an archive on this computer, without the network. */
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StenoError, textOf } from '../shared/errors.ts'
import { BUILT_IN_MODEL, type ModelCard, type ModelName } from '../shared/models.ts'
import type { ModelInfo } from '../shared/worker-frames.ts'
import { unpack } from './archive.ts'
import { memoryFor } from './catalogue.ts'
import { filesBelow, hashOf } from './disk.ts'
import { assertRoomFor } from './download.ts'
import type { ModelStore } from './store.ts'

/** Loads the model of a folder in a process of its own; rejects with a StenoError where that cannot be. */
export type Recognise = (folder: string, signal?: AbortSignal) => Promise<ModelInfo>

export interface ImportOptions {
  readonly signal?: AbortSignal | undefined
  /** Names that are taken though no folder has them. */
  readonly taken?: readonly ModelName[]
}

/** Rejects where it is no model that Steno reads; then nothing of it stays. The name is that of its folder. */
export async function importModel(
  source: string,
  store: ModelStore,
  recognise: Recognise,
  { signal, taken = [] }: ImportOptions = {},
): Promise<ModelName> {
  const name = freeName(source, (one) => one === BUILT_IN_MODEL || store.has(one) || taken.includes(one))
  using _lock = store.lock(name)
  const folder = join(store.folder, `.import-${name}`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  try {
    await fill(folder, source, signal)
    const inner = await heart(folder)
    const { family, language } = await recognised(inner, source, recognise, signal)
    const files = await filesBelow(inner)
    const expected = []
    for (const { path, bytes } of files)
      expected.push({ path, bytes, sha256: await hashOf(join(inner, path), signal) })
    await store.seal(inner, importedCard(name, family, language, files), expected, signal)
    return name
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The folder it was copied to is nothing that people know. */
async function recognised(
  folder: string,
  source: string,
  recognise: Recognise,
  signal: AbortSignal | undefined,
): Promise<ModelInfo> {
  try {
    return await recognise(folder, signal)
  } catch (error) {
    if (!(error instanceof StenoError)) throw error
    const why = error.message.replaceAll(folder, source)
    throw new StenoError(error.code, `Steno cannot use this as a model: ${why}`, {
      file: source,
      hint: 'Choose the folder that holds the files of a model, or an archive of it.',
      cause: error,
    })
  }
}

async function fill(folder: string, source: string, signal: AbortSignal | undefined): Promise<void> {
  const found = await stat(source).catch((error: unknown) => {
    throw new StenoError('file-missing', `It cannot be read: ${source}: ${textOf(error)}`, {
      file: source,
      hint: 'Look whether it is there, and whether you may read it.',
    })
  })
  if (found.isDirectory()) {
    await copy(source, folder, signal).catch((error: unknown) => {
      signal?.throwIfAborted()
      throw error instanceof StenoError ? error : unreadable(source, error)
    })
  } else await unpack(source, folder, signal)
}

function unreadable(source: string, cause: unknown): StenoError {
  return new StenoError('file-unreadable', `It cannot be copied: ${source}: ${textOf(cause)}`, {
    file: source,
    hint: 'Look whether you may read it, and whether there is room on the disk.',
    cause,
  })
}

async function copy(source: string, folder: string, signal: AbortSignal | undefined): Promise<void> {
  const files = await filesBelow(source)
  await assertRoomFor(
    files.reduce((sum, { bytes }) => sum + bytes, 0),
    folder,
  )
  for (const { path } of files) {
    signal?.throwIfAborted()
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(source, path), target)
  }
}

/** Archives hold one folder, and in it the model. */
async function heart(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true })
  const [only] = entries
  if (only === undefined || entries.length > 1 || !only.isDirectory()) return folder
  return await heart(join(folder, only.name))
}

function freeName(source: string, taken: (name: ModelName) => boolean): ModelName {
  const plain = basename(source)
    .replace(/\.(tar|tar\.gz|tgz|zip)$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 70)
  const name = plain === '' ? 'model' : plain
  for (let number = 1; ; number++) {
    const one = number === 1 ? name : `${name}-${number}`
    if (!taken(one)) return one
  }
}

function importedCard(
  name: ModelName,
  family: string,
  language: string,
  files: readonly { readonly bytes: number }[],
): ModelCard {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    name,
    title: name,
    family,
    languages: /^[a-z]{2,3}$/.test(language) ? [language] : [],
    licence: 'unknown',
    bytes,
    memoryBytes: memoryFor(bytes),
    speed: bytes < 120e6 ? 'instant' : bytes < 500e6 ? 'steady' : 'slow',
    goodFor: 'Imported from this computer',
    pinned: true,
    origin: 'imported',
  }
}
