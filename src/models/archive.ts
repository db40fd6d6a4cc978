/** An archive (.tar, .tar.gz, .zip) → its files in a folder; nothing outside of it, and no more than there is room for. */
import { createReadStream } from 'node:fs'
import { mkdir, open, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { openPromise, type Entry } from 'yauzl'
import { StenoError, textOf } from '../shared/errors.ts'
import { tarFiles, type ArchivedFile } from './tar.ts'

/** A model has a dozen; an archive of very many small files is none. */
const FILES_AT_MOST = 500
/** Left for everything else on the disk. */
const SPARE_BYTES = 100e6

/** Rejects with a StenoError, or with the reason of the signal. */
export async function unpack(archive: string, folder: string, signal?: AbortSignal): Promise<void> {
  try {
    await unpackAll(archive, folder, signal)
  } catch (error) {
    signal?.throwIfAborted()
    throw explained(error, archive)
  }
}

async function unpackAll(archive: string, folder: string, signal: AbortSignal | undefined): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  let room = bavail * bsize - SPARE_BYTES
  let count = 0
  for await (const { name, bytes, content } of filesOf(archive)) {
    const path = safePath(name)
    if (++count > FILES_AT_MOST) throw refused(`it holds more than ${FILES_AT_MOST} files`)
    if (bytes > room) throw tooLarge(archive)
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    await using file = await open(target, 'wx')
    for await (const piece of content) {
      signal?.throwIfAborted()
      room -= piece.length
      // What a header says need not be so.
      if (room < 0) throw tooLarge(archive)
      await file.writeFile(piece)
    }
    await file.sync()
  }
  if (count === 0) throw refused('there is no file in it')
}

async function* filesOf(archive: string): AsyncGenerator<ArchivedFile> {
  const lower = archive.toLowerCase()
  if (lower.endsWith('.zip')) yield* zipFiles(archive)
  else if (lower.endsWith('.tar')) yield* tarFiles(createReadStream(archive))
  else if (/\.(tar\.gz|tgz)$/.test(lower)) yield* tarFiles(unzipped(archive))
  else throw refused('Steno reads .tar, .tar.gz and .zip')
}

function unzipped(archive: string): AsyncIterable<Uint8Array> {
  const packed = createReadStream(archive)
  const unpacked = createGunzip()
  packed.once('error', (error) => unpacked.destroy(error))
  return packed.pipe(unpacked)
}

async function* zipFiles(archive: string): AsyncGenerator<ArchivedFile> {
  // It checks names and sizes by itself: no absolute ones, no way up, and not more than was announced.
  const zip = await openPromise(archive, { strictFileNames: true })
  try {
    for await (const entry of zip.eachEntry()) {
      if (isFolder(entry) || !isRegular(entry)) continue
      const content = await zip.openReadStreamPromise(entry)
      // It may fail before anybody reads; who reads then is told.
      content.on('error', () => undefined)
      yield { name: entry.fileName, bytes: entry.uncompressedSize, content }
    }
  } finally {
    zip.close()
  }
}

function isFolder({ fileName }: Entry): boolean {
  return fileName.endsWith('/')
}

/** Of the upper half of its attributes, where it was packed on Unix: a link is none. */
function isRegular({ externalFileAttributes }: Entry): boolean {
  const kind = (externalFileAttributes >>> 16) & 0o170000
  return kind === 0 || kind === 0o100000
}

/** Throws for whatever would lie outside. */
function safePath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '.' && part !== '')
  const outside = parts.includes('..') || name.startsWith('/') || /[\\\0]|^[a-z]:/i.test(name)
  if (outside || parts.length === 0) throw refused(`a file in it wants to lie elsewhere: ${name}`)
  return parts.join('/')
}

function explained(error: unknown, archive: string): StenoError {
  if (error instanceof StenoError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' ? tooLarge(archive) : refused(textOf(error), error)
}

function refused(why: string, cause?: unknown): StenoError {
  return new StenoError('model-unsupported', `The archive cannot be taken: ${why}.`, {
    hint: 'Unpack it yourself and import the folder, or fetch the archive again.',
    cause,
  })
}

function tooLarge(file: string): StenoError {
  return new StenoError('disk-full', `There is no room for what is in the archive: ${file}`, {
    file,
    hint: 'Make room on the disk and try again.',
  })
}
