/** Fetches the files of a model into a folder. A file is whole or not there. */
import { mkdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { StenoError } from '../shared/errors.ts'
import { sizeOf, type Promised } from './part.ts'
import { transfer, type TransferWorld } from './transfer.ts'

export interface RemoteFile extends Promised {
  /** Relative to the folder, with `/` between. */
  readonly path: string
  /** How large it is, roughly, where `bytes` does not say. */
  readonly about?: number | undefined
}

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined
  /** @param bytes of the file on disk so far. @param total undefined when the server does not say. */
  readonly progress?: (path: string, bytes: number, total: number | undefined) => void
}

/**
 * One file after another; those that are there already are not asked for again.
 * Rejects as `transfer` does; `disk-full` before the first byte when there is not room for all. An abort leaves what
 * came for the next time.
 */
export async function fetchFiles(
  files: readonly RemoteFile[],
  folder: string,
  world: TransferWorld,
  { signal, progress }: FetchOptions = {},
): Promise<void> {
  await assertRoom(files, folder)
  for (const file of files) {
    signal?.throwIfAborted()
    const target = join(folder, file.path)
    if ((await sizeOf(target)) !== undefined) continue
    await transfer(file, target, world, {
      signal,
      progress: (bytes, total) => progress?.(file.path, bytes, total),
    })
  }
}

/** Where no size is known, the disk says so in time. */
async function assertRoom(files: readonly RemoteFile[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  let needed = 0
  for (const { path, bytes, about = 0 } of files) {
    const target = join(folder, path)
    const here = (await sizeOf(target)) ?? (await sizeOf(`${target}.part`)) ?? 0
    needed += Math.max(0, (bytes ?? about) - here)
  }
  await assertRoomFor(needed, folder)
}

/** Rejects with `disk-full`. @param folder on the disk that is meant. */
export async function assertRoomFor(needed: number, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (needed <= free) return
  throw new StenoError(
    'disk-full',
    `${megabytes(needed)} are to come, ${megabytes(free)} are free: ${folder}`,
    {
      file: folder,
      hint: 'Make room on the disk and try again.',
    },
  )
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`
}
