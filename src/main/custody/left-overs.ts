/**
 * What a former run left: rows that were never sealed, sounds that no row knows. Everything of ours is settled at the
 * start; what remains is to be decoded. Throws what SQLite and the file system throw.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DictationId } from '../../shared/dictation.ts'
import type { History } from './history.ts'
import { twinOf } from './compaction.ts'
import { secondsIn } from './sound-file.ts'

/** Our own mark on a sound: when it was begun, and its number. Nothing else in the folder is ours. */
const OURS = /^(\d{1,16})-(\d{1,16})\.(wav|flac)$/
/** A recording that was being made smaller when Steno ended; its WAV file is still there. */
const PART = /^\d{1,16}-\d{1,16}\.flac\.part$/

export function soundName(startedAt: number, id: DictationId): string {
  return `${startedAt}-${id}.wav`
}

/**
 * Settles everything.
 * @returns what is to be decoded, oldest first.
 */
export function settleLeftOvers(history: History, folder: string): DictationId[] {
  const found = [...settleRows(history, folder), ...adoptSounds(history, folder)]
  return found.sort((a, b) => a.startedAt - b.startedAt || a.id - b.id).map(({ id }) => id)
}

interface LeftOver {
  readonly id: DictationId
  readonly startedAt: number
}

function settleRows(history: History, folder: string): LeftOver[] {
  return history.unsealed().flatMap(({ id, startedAt, sound: known, text, timesMs, ...written }) => {
    // Between two names when Steno ended: one of the twins is there.
    const sound = known === undefined || existsSync(join(folder, known)) ? known : twinOf(known)
    const seconds = sound === undefined ? 0 : lengthOf(join(folder, sound))
    if (sound !== undefined && seconds > 0) {
      history.setSound(id, sound, seconds)
      return [{ id, startedAt }]
    }
    // It was being decoded again when its sound went: its text is all there is.
    if (text !== '') {
      history.seal(id, { outcome: { kind: 'interrupted' }, written: { ...written, text }, timesMs })
    } else {
      history.remove(id)
      if (sound !== undefined) rmSync(join(folder, sound), { force: true })
    }
    return []
  })
}

/** The list was lost, held by another program, or could not be written when they were recorded. */
function adoptSounds(history: History, folder: string): LeftOver[] {
  const known = history.sounds()
  const names = readdirSync(folder)
  for (const name of names) if (PART.test(name)) rmSync(join(folder, name), { force: true })
  const ours = names.flatMap((name) => {
    const started = OURS.exec(name)?.[1]
    if (started === undefined || known.has(name)) return []
    const twin = twinOf(name)
    const doubled = names.includes(twin) && (known.has(twin) || twin.endsWith('.wav'))
    if (doubled) rmSync(join(folder, name), { force: true })
    return doubled ? [] : [{ name, startedAt: Number(started) }]
  })
  ours.sort((a, b) => a.startedAt - b.startedAt)
  return ours.flatMap(({ name, startedAt }) => {
    const seconds = lengthOf(join(folder, name))
    if (seconds === 0) {
      rmSync(join(folder, name), { force: true })
      return []
    }
    const id = history.lastId + 1
    history.insert(id, startedAt, 'latched', name)
    history.setSound(id, name, seconds)
    return [{ id, startedAt }]
  })
}

/** 0 for a file that is not there, or has no sample. */
function lengthOf(path: string): number {
  try {
    return secondsIn(path)
  } catch {
    return 0
  }
}
