/**
 * Notes on disk which worker belongs to which parent, so that the next start can clear what a killed parent left.
 * A process is known by pid and start time together: a pid that was given to another program since is never touched.
 */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { textOf } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import { startTimeOf } from './process-identity.ts'

export interface RunRecords extends Disposable {
  /** This worker runs now. */
  note(pid: number): void
  /** It ended, and we saw it. */
  forget(): void
}

export const NO_RECORDS: RunRecords = {
  note: () => undefined,
  forget: () => undefined,
  [Symbol.dispose]: () => undefined,
}

interface Identity {
  readonly pid: number
  readonly started: string
}

interface RunRecord {
  readonly owner: Identity
  readonly worker: Identity
}

export function defaultRecordsFolder(): string {
  return join(tmpdir(), `steno-${userInfo().username}`)
}

let recordsOpened = 0

/** Clears what former parents left in `folder`, then keeps this one's record there until disposed. */
export function openRunRecords(folder: string, log: Log): RunRecords {
  const owner = identify(process.pid)
  if (owner === undefined || !ownFolder(folder, log)) return NO_RECORDS
  reapLeftovers(folder, log)
  const file = join(folder, `${process.pid}-${++recordsOpened}.json`)
  return {
    note(pid) {
      const worker = identify(pid)
      if (worker === undefined) return
      ownFolder(folder, log)
      writeFileSync(file, JSON.stringify({ owner, worker } satisfies RunRecord), { mode: 0o600 })
    },
    forget() {
      rmSync(file, { force: true })
    },
    [Symbol.dispose]() {
      rmSync(file, { force: true })
      try {
        rmdirSync(folder)
      } catch {
        // Another instance keeps its record there.
      }
    },
  }
}

/** Ends the workers whose parent is gone; returns their pids. */
export function reapLeftovers(folder: string, log: Log): number[] {
  const reaped: number[] = []
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const record = readRecord(file)
    if (record !== undefined && isRunning(record.owner)) continue
    if (record !== undefined && isRunning(record.worker)) {
      process.kill(record.worker.pid, 'SIGKILL')
      reaped.push(record.worker.pid)
      log('warn', `ended worker ${record.worker.pid}, which a former instance had left behind`)
    }
    rmSync(file, { force: true })
  }
  return reaped
}

function identify(pid: number): Identity | undefined {
  const started = startTimeOf(pid)
  return started === undefined ? undefined : { pid, started }
}

function isRunning({ pid, started }: Identity): boolean {
  return startTimeOf(pid) === started
}

function readRecord(file: string): RunRecord | undefined {
  try {
    const { owner, worker } = JSON.parse(readFileSync(file, 'utf8')) as Partial<RunRecord>
    return isIdentity(owner) && isIdentity(worker) ? { owner, worker } : undefined
  } catch {
    return undefined
  }
}

function isIdentity(value: Identity | undefined): value is Identity {
  return Number.isSafeInteger(value?.pid) && typeof value?.started === 'string'
}

/** The temporary folder is everybody's: a folder that another user made under our name is not used. */
function ownFolder(folder: string, log: Log): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const found = lstatSync(folder)
    const ours = found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid())
    if (ours) chmodSync(folder, 0o700)
    else log('warn', `${folder} belongs to somebody else: no run records are kept`)
    return ours
  } catch (error) {
    log('warn', `no run records are kept: ${textOf(error)}`)
    return false
  }
}
