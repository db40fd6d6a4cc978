/** What the store asks of the disk: every file below a folder, a hash, and that names are on it, too. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

export interface FileFound {
  /** Relative, with `/` between. */
  readonly path: string
  readonly bytes: number
}

/** Regular files only: no link is followed. */
export async function filesBelow(folder: string): Promise<FileFound[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      // A download may give it its name in this moment.
      const bytes = (await stat(path).catch(() => undefined))?.size ?? 0
      return { path: relative(folder, path).split(sep).join('/'), bytes }
    }),
  )
}

export async function hashOf(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash, signal === undefined ? {} : { signal })
  return hash.digest('hex')
}

/** So that a power cut does not take a name back. Windows does it by itself, and refuses. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r')
    await handle.sync()
  } catch {
    // Nothing else can be done about it.
  }
}
