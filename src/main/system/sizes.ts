/** How much of the disk files take. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Sizes {
  readonly files: number
  readonly bytes: number
}

/** Of all files below the folder; nothing where it is not. */
export function sizesBelow(folder: string, wanted: (name: string) => boolean = () => true): Sizes {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && wanted(entry.name))
    return sizesOf(files.map(({ parentPath, name }) => join(parentPath, name)))
  } catch {
    return { files: 0, bytes: 0 }
  }
}

/** Of those that are there. */
export function sizesOf(paths: readonly string[]): Sizes {
  const found = paths.flatMap((path) => statSync(path, { throwIfNoEntry: false }) ?? [])
  return { files: found.length, bytes: found.reduce((bytes, { size }) => bytes + size, 0) }
}
