/**
 * A power cut leaves files that end anywhere: the last 64 KiB of a recording and of the history's log are cut off byte
 * by byte. Both open every time, and what lies before the cut is there.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { WAV_HEADER_BYTES } from '../../src/audio/write-wav.ts'
import { History } from '../../src/main/custody/history.ts'
import { soundName } from '../../src/main/custody/left-overs.ts'
import { rounded } from '../../src/main/custody/pcm16.ts'
import { readSound, secondsIn, SoundFile } from '../../src/main/custody/sound-file.ts'
import { samplesOf } from '../../src/shared/audio.ts'
import { unedited } from '../../src/shared/edits.ts'
import { MEMORY_DISK } from './memory-disk.ts'

const BYTES = 64 * 1024
/** Samples of the end that are compared each time. */
const LOOKED_AT = 64

export interface Truncations {
  recordings: number
  logs: number
  faults: number
}

/** @param bytes from the end of each, at most 64 KiB. */
export function truncations(bytes: number): Truncations {
  const folder = mkdtempSync(join(MEMORY_DISK, 'steno-cut-'))
  const report: Truncations = { recordings: 0, logs: 0, faults: 0 }
  const count = Math.min(BYTES, bytes)
  try {
    cutRecording(folder, count, report)
    cutLog(folder, count, report)
  } finally {
    rmSync(folder, { recursive: true })
  }
  return report
}

function cutRecording(folder: string, count: number, report: Truncations): void {
  const path = join(folder, soundName(1, 1))
  const pcm = rounded(Float32Array.from({ length: samplesOf(3) }, (_, index) => Math.sin(index * index)))
  const file = new SoundFile(path, (error) => {
    throw error
  })
  file.append(pcm)
  const whole = readFileSync(path).length
  for (let cut = 0; cut < Math.min(count, whole); cut++) {
    const length = whole - cut
    truncateSync(path, length)
    const samples = Math.floor(Math.max(0, length - WAV_HEADER_BYTES) / 2)
    const read = readSound(path)
    const end = read.subarray(-LOOKED_AT)
    const right =
      read.length === samples &&
      secondsIn(path) === samples / 16_000 &&
      end.every((sample, index) => sample === pcm[samples - end.length + index])
    if (!right) fault(report, `recording of ${length} bytes`)
    report.recordings += 1
  }
  file.discard()
}

function cutLog(folder: string, count: number, report: Truncations): void {
  const file = join(folder, 'history.db')
  const copy = join(folder, 'copy.db')
  using open = new History(file)
  for (let id = 1; id <= 40; id++) {
    open.insert(id, id, 'held', soundName(id, id))
    const written = unedited(`dictation ${id}`)
    open.seal(id, { outcome: { kind: 'copied' }, written, timesMs: {} })
  }
  const log = readFileSync(`${file}-wal`)
  let before = Infinity
  for (let cut = 0; cut < Math.min(count, log.length); cut++) {
    copyFileSync(file, copy)
    rmSync(`${copy}-shm`, { force: true })
    writeFileSync(`${copy}-wal`, log.subarray(0, log.length - cut))
    try {
      using opened = new History(copy)
      const rows = opened.select('ORDER BY id')
      // A row before the cut is whole, and none is missing between two others.
      const right = rows.every(({ id, text, outcome }, index) => {
        const sealed = outcome?.kind === 'copied' && text === `dictation ${id}`
        return id === index + 1 && (sealed || (outcome === undefined && index === rows.length - 1))
      })
      if (!right || rows.length > before) fault(report, `a log of ${log.length - cut} bytes`)
      before = rows.length
    } catch (error) {
      fault(report, `a log of ${log.length - cut} bytes: ${String(error)}`)
    }
    report.logs += 1
  }
}

function fault(report: Truncations, what: string): void {
  report.faults += 1
  process.stderr.write(`${what}: not what lies before the cut\n`)
}
