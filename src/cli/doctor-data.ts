/** What the doctor looks at of the user's own files: nothing is changed. Each throws a StenoError for what is not well. */
import { accessSync, constants, existsSync, readdirSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { StenoError, textOf } from '../shared/errors.ts'
import { defaultRecordsFolder } from '../supervisor/run-records.ts'

/** An hour of sound and the history beside it. */
const ROOM_BYTES = 200e6

export function dataFolder(folder: string): string {
  if (!existsSync(folder)) return `${folder} is not there yet: it is made when Steno is first opened`
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new StenoError('file-unreadable', `${folder} cannot be written.`, {
      hint: 'Give yourself the right to write it, or make room on the disk.',
    })
  }
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free < ROOM_BYTES) {
    throw new StenoError('disk-full', `${folder}: ${(free / 1e6).toFixed(0)} MB are free.`, {
      hint: 'Make room on the disk: an hour of sound takes 115 MB.',
    })
  }
  return `${folder}, ${(free / 1e9).toFixed(1)} GB free`
}

export function history(folder: string): string {
  const file = join(folder, 'dictations', 'history.db')
  if (!existsSync(file)) return 'no dictations yet'
  try {
    using db = new DatabaseSync(file, { readOnly: true })
    const [first] = db.prepare('PRAGMA quick_check(1)').all()
    const verdict = String(Object.values(first ?? {})[0])
    if (verdict !== 'ok') throw new Error(verdict)
    const { all, open } = db
      .prepare('SELECT count(*) AS "all", sum(outcome IS NULL) AS open FROM dictations')
      .get() as { all: number; open: number | null }
    const sounds = readdirSync(join(folder, 'dictations')).filter((name) => /\.(wav|flac)$/.test(name)).length
    const rest = (open ?? 0) === 0 ? '' : `, ${open ?? 0} under way or to be recovered`
    return `${all} dictations, ${sounds} recordings${rest}`
  } catch (error) {
    throw new StenoError('history-damaged', `the list of dictations is damaged: ${textOf(error)}.`, {
      hint: 'Start Steno: it keeps the file, takes over what it can, and writes the recordings down again.',
    })
  }
}

export function keyHook(): string {
  try {
    createRequire(import.meta.url).resolve('uiohook-napi')
  } catch {
    throw new StenoError('keys-unavailable', 'the library that sees keys is not installed.', {
      hint: 'Install Steno again; the system’s own shortcuts work without it.',
    })
  }
  if (process.platform !== 'linux') return 'installed; whether the system lets it see keys shows in the app'
  if (process.env['XDG_SESSION_TYPE'] === 'wayland')
    return 'installed; under Wayland no program sees keys of others: use the shortcuts, or steno --toggle'
  return process.env['DISPLAY'] === undefined ? 'installed; there is no display here' : 'installed'
}

/** Records of runs, ours among them: those of dead ones are cleared with the next start. */
export function formerRuns(): string {
  const folder = defaultRecordsFolder()
  const records = existsSync(folder) ? readdirSync(folder).length : 0
  return records === 0 ? 'nothing was left' : `${records} run(s) noted in ${folder}`
}
