/**
 * Fetches the files of a model into a folder. A file is whole or not there: it grows under another name beside its
 * place, what was cut off goes on where it ended, and only what has the right size and hash is moved to its place.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { StenoError, textOf } from '../shared/errors.ts'

export interface RemoteFile {
  readonly url: string
  /** Relative to the folder, with `/` between. */
  readonly path: string
  readonly bytes?: number | undefined
  /** Hexadecimal. */
  readonly sha256?: string | undefined
}

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined
  /** @param bytes of the file on disk so far. @param total undefined when the server does not say. */
  readonly progress?: (path: string, bytes: number, total: number | undefined) => void
}

/**
 * One file after another; those that are there already are not asked for again.
 * Rejects with `download-failed`, or with `model-corrupt` when what came is not what was promised; then what came is
 * removed. An abort leaves the part for the next time.
 */
export async function fetchFiles(
  files: readonly RemoteFile[],
  folder: string,
  options: FetchOptions = {},
): Promise<void> {
  for (const file of files) {
    options.signal?.throwIfAborted()
    await fetchFile(file, join(folder, file.path), options)
  }
}

async function fetchFile(file: RemoteFile, target: string, options: FetchOptions): Promise<void> {
  if ((await sizeOf(target)) !== undefined) return
  await mkdir(dirname(target), { recursive: true })
  const part = `${target}.part`
  await receive(file, part, options)
  const fault = await faultOf(file, part)
  if (fault !== undefined) {
    await rm(part, { force: true })
    throw new StenoError(
      'model-corrupt',
      `What came is not the file that was asked for: ${file.url}: ${fault}`,
      {
        file: target,
        hint: 'Try again; if it stays so, the file was changed where it lies.',
      },
    )
  }
  await rename(part, target)
}

async function receive(remote: RemoteFile, part: string, options: FetchOptions): Promise<void> {
  const begun = (await sizeOf(part)) ?? 0
  if (begun > 0 && begun === remote.bytes) return
  const response = await ask(remote.url, begun, options.signal)
  if (response.status === 416) {
    // Longer than the file is: of another one.
    await rm(part)
    await receive(remote, part, options)
  } else if (response.ok && response.body !== null) {
    await keep(response, remote, part, response.status === 206 ? begun : 0, options)
  } else {
    throw failed(remote.url, `the server answers ${response.status}`)
  }
}

/** @param from where in the file the answer begins. */
async function keep(
  response: Response,
  { url, path, bytes: promised }: RemoteFile,
  part: string,
  from: number,
  { signal, progress }: FetchOptions,
): Promise<void> {
  const length = response.headers.get('content-length')
  const total = length === null ? promised : from + Number(length)
  let bytes = from
  await using file = await open(part, from > 0 ? 'a' : 'w')
  try {
    // Each piece is on disk before the next is asked for: what is cut off loses nothing that was reported.
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      await file.write(piece)
      bytes += piece.length
      progress?.(path, bytes, total)
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw failed(url, textOf(error), error)
  }
  if (total !== undefined && bytes < total) throw failed(url, `${bytes} of ${total} bytes came`)
}

async function ask(url: string, from: number, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      ...(signal === undefined ? {} : { signal }),
      // Packed on the way, it would have another length than on disk.
      headers: { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) },
    })
  } catch (error) {
    signal?.throwIfAborted()
    throw failed(url, textOf(error instanceof Error ? (error.cause ?? error) : error), error)
  }
}

async function faultOf({ bytes, sha256 }: RemoteFile, part: string): Promise<string | undefined> {
  const size = await sizeOf(part)
  if (bytes !== undefined && size !== bytes) return `it has ${size ?? 0} bytes, not ${bytes}`
  if (sha256 === undefined) return undefined
  const hash = createHash('sha256')
  await pipeline(createReadStream(part), hash)
  const found = hash.digest('hex')
  return found === sha256 ? undefined : `its sha256 is ${found}, not ${sha256}`
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size
}

function failed(url: string, why: string, cause?: unknown): StenoError {
  return new StenoError('download-failed', `The file cannot be fetched: ${url}: ${why}`, {
    hint: 'Look whether this computer is online, and try again: what came is kept.',
    cause,
  })
}
