/** What a model folder holds, read once: names and sizes of its files, and its settings. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StenoError } from '../../shared/errors.ts'
import { readConfig, type ModelConfig } from './config.ts'

export interface FolderListing {
  readonly folder: string
  /** Bytes by path relative to the folder, with `/` between; folders in it are looked into, one level deep. */
  readonly files: ReadonlyMap<string, number>
  /** config.json, where there is one. */
  readonly config: ModelConfig | undefined
}

/** Rejects with `model-missing` when there is no such folder, with `model-corrupt` when its config.json is damaged. */
export async function listFolder(folder: string): Promise<FolderListing> {
  const files = new Map<string, number>()
  for (const name of await namesIn(folder)) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found?.isFile() === true) files.set(name, found.size)
    if (found?.isDirectory() === true) await addFiles(files, folder, name)
  }
  return { folder, files, config: files.has('config.json') ? await readConfig(folder) : undefined }
}

async function addFiles(files: Map<string, number>, folder: string, inner: string): Promise<void> {
  for (const name of await readdir(join(folder, inner))) {
    const found = await stat(join(folder, inner, name)).catch(() => undefined)
    if (found?.isFile() === true) files.set(`${inner}/${name}`, found.size)
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    throw new StenoError('model-missing', `The model folder is missing: ${folder}`, {
      file: folder,
      hint: 'Fetch the model again, or choose another one.',
      cause: error,
    })
  }
}
