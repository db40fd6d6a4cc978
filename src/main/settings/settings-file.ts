/**
 * One JSON file and a backup of the last good one, each replaced as a whole: temporary file, fsync, rename, fsync of
 * the folder. A write that is cut short at any byte leaves the former file as it was.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { isMissing } from '../../shared/errors.ts'

export type Loaded =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly value: unknown; readonly from: 'file' | 'backup' }
  /** Neither could be read; the file is kept aside under this name. */
  | { readonly kind: 'broken'; readonly keptAs: string; readonly cause: unknown }

export function loadJson(file: string): Loaded {
  try {
    return { kind: 'read', value: parse(file), from: 'file' }
  } catch (cause) {
    try {
      const value = parse(`${file}.bak`)
      // Kept for whoever wants to look; a missing file has nothing to keep.
      if (!isMissing(cause)) renameSync(file, `${file}.broken`)
      return { kind: 'read', value, from: 'backup' }
    } catch (second) {
      if (isMissing(cause) && isMissing(second)) return { kind: 'none' }
      const keptAs = `${file}.broken`
      if (!isMissing(cause)) renameSync(file, keptAs)
      return { kind: 'broken', keptAs, cause }
    }
  }
}

/** Throws what the file system throws. */
export function saveJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const text = JSON.stringify(value, undefined, 2)
  replace(file, text)
  // Second, so that one of the two is whole at any moment.
  replace(`${file}.bak`, text)
}

function parse(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function replace(file: string, text: string): void {
  const temporary = `${file}.tmp`
  const handle = openSync(temporary, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, file)
  syncFolder(dirname(file))
}

/** Makes the rename itself durable; Windows has no such call and does it by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
