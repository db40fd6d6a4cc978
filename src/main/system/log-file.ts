/**
 * The log: one file that is renamed when it is full, a few of which are kept. Repeated lines are counted, not written.
 * It never holds what was dictated; who writes a line sees to that.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import process from 'node:process'
import { textOf } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'

const FILE_BYTES = 1_000_000
const FILES = 3

/** @param now milliseconds since 1970. */
export function openLog(file: string, now: () => number, bytesAtMost = FILE_BYTES): Log {
  let size = prepare(file)
  let last = ''
  let repeated = 0

  const write = (line: string): void => {
    if (size === undefined) return
    try {
      if (size > 0 && size + line.length > bytesAtMost) {
        rotate(file)
        size = 0
      }
      appendFileSync(file, line, { mode: 0o600 })
      size += Buffer.byteLength(line)
    } catch (error) {
      // Where no log can be written, work goes on without one.
      size = undefined
      process.stderr.write(`[steno warn] no log is written: ${textOf(error)}\n`)
    }
  }

  return (level, text) => {
    if (level !== 'info' || process.env['STENO_LOG'] !== undefined)
      process.stderr.write(`[steno ${level}] ${text}\n`)
    const line = `${level} ${text}`
    if (line === last) {
      repeated += 1
      return
    }
    const time = new Date(now()).toISOString()
    if (repeated > 0) write(`${time} (the last line ${repeated} times more)\n`)
    last = line
    repeated = 0
    write(`${time} ${line}\n`)
  }
}

function prepare(file: string): number | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0
  } catch (error) {
    process.stderr.write(`[steno warn] no log is written: ${textOf(error)}\n`)
    return undefined
  }
}

/** steno.log → steno.log.1 → steno.log.2 → gone. */
function rotate(file: string): void {
  for (let age = FILES - 1; age > 0; age--) {
    try {
      renameSync(age === 1 ? file : `${file}.${age - 1}`, `${file}.${age}`)
    } catch {
      // There is none of that age yet.
    }
  }
}
