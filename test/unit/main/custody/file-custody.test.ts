import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileCustody } from '../../../../src/main/custody/file-custody.ts'
import type { Limits } from '../../../../src/main/custody/retention.ts'
import { unedited } from '../../../../src/shared/edits.ts'
import { silentLog } from '../../../../src/shared/log.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'

const NOON = new Date(2026, 5, 15, 12).getTime()
const DAY_MS = 86_400_000
const PCM = Float32Array.of(0.25, -0.5, 0.125)
const full = (): void => undefined

let folder: string
let told: string[]
let now: number
let clock: FakeClock
let limits: Limits

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steno-custody-'))
  told = []
  now = NOON
  clock = new FakeClock()
  limits = { keepDays: null, keepCount: null, keepMegabytes: null }
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function open(where = folder): FileCustody {
  return new FileCustody({
    folder: where,
    tell: (_level, text) => void told.push(text),
    withdraw: (text) => void told.push(`no longer: ${text}`),
    log: silentLog,
    clock,
    tuning: TUNING,
    now: () => now,
    limits: () => limits,
    changed: () => undefined,
  })
}

function keep(custody: FileCustody): number {
  const keeping = custody.open('held', full)
  keeping.append(PCM)
  keeping.close()
  return keeping.id
}

describe('custody', () => {
  it('has sound and row from the first frame, sealed or not', async () => {
    const first = open()
    const sealed = keep(first)
    first.seal(sealed, {
      outcome: { kind: 'copied' },
      written: unedited('hello'),
      timesMs: { 'text to clipboard': 3 },
    })
    const running = first.open('latched', full)
    running.append(PCM)
    // Killed here: nothing is closed.
    using second = open()
    expect(second.leftOvers).toEqual([running.id])
    expect(second.rows()).toMatchObject([
      { id: running.id, text: '', outcome: undefined, hasSound: true, seconds: 3 / 16_000 },
      { id: sealed, text: 'hello', outcome: { kind: 'copied' }, hasSound: true },
    ])
    expect(await second.soundOf(running.id)).toEqual(PCM)
    expect(second.times()).toEqual([{}, { 'text to clipboard': 3 }])
    expect(told).toEqual([])
  })

  it('takes no dictation of its own run for a left-over', () => {
    using custody = open()
    const running = custody.open('held', full)
    running.append(PCM)
    expect(custody.leftOvers).toEqual([])
    using next = open()
    expect(next.leftOvers).toEqual([running.id])
  })

  it('lists today only, newest first', () => {
    using custody = open()
    now = NOON - DAY_MS
    keep(custody)
    now = NOON
    const ids = [keep(custody), keep(custody)]
    expect(custody.rows().map(({ id }) => id)).toEqual(ids.reverse())
  })

  it('forgets what had no sound, and what was no dictation', () => {
    using custody = open()
    custody.open('held', full).discard()
    custody.open('held', full)
    using next = open()
    expect(next.leftOvers).toEqual([])
    expect(next.rows()).toEqual([])
    const empty = custody.open('held', full)
    empty.close()
    custody.seal(empty.id, { outcome: { kind: 'nothing-heard' }, written: unedited(''), timesMs: {} })
    expect(custody.rows()).toMatchObject([{ id: empty.id, hasSound: false }])
    expect(readdirSync(folder).filter((name) => name.endsWith(`-${empty.id}.wav`))).toEqual([])
  })

  it('finds the last text and the last that was cancelled', () => {
    using custody = open()
    const [said, cancelled, nothing] = [keep(custody), keep(custody), keep(custody)]
    custody.seal(said, { outcome: { kind: 'copied' }, written: unedited('hello'), timesMs: {} })
    custody.seal(cancelled, { outcome: { kind: 'cancelled' }, written: unedited(''), timesMs: {} })
    custody.seal(nothing, { outcome: { kind: 'nothing-heard' }, written: unedited(''), timesMs: {} })
    expect([custody.last(), custody.lastCancelled()]).toEqual([said, cancelled])
  })

  it('keeps new sounds beside those of a list that was lost', async () => {
    const first = open()
    keep(first)
    first[Symbol.dispose]()
    writeFileSync(join(folder, 'history.db'), 'no database'.repeat(200))
    now += 1
    using second = open()
    const id = keep(second)
    expect(await second.soundOf(id)).toEqual(PCM)
    expect(readdirSync(folder).filter((name) => name.endsWith('.wav'))).toHaveLength(2)
    expect(told).toEqual(['The list of dictations was damaged: a new one was begun.'])
  })

  it('begins a new list when the old one is broken, and keeps that', () => {
    writeFileSync(join(folder, 'history.db'), 'this is no database, whatever its name says'.repeat(50))
    using custody = open()
    expect(told).toEqual(['The list of dictations was damaged: a new one was begun.'])
    expect(keep(custody)).toBe(1)
    expect(readdirSync(folder).some((name) => name.startsWith('history.db.broken-'))).toBe(true)
  })

  it('works in memory while another program holds the list, and leaves it alone', () => {
    const other = new DatabaseSync(join(folder, 'history.db'))
    other.exec('PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE x (y); BEGIN EXCLUSIVE')
    using custody = open()
    expect(told).toEqual(['The list of dictations lasts only until Steno ends.'])
    expect(custody.pathOf(keep(custody))).toBeDefined()
    other.close()
    expect(existsSync(join(folder, 'history.db'))).toBe(true)
  })

  it('goes on without a disk, and says so', () => {
    writeFileSync(join(folder, 'file'), '')
    using custody = open(join(folder, 'file', 'below'))
    const id = keep(custody)
    custody.seal(id, { outcome: { kind: 'copied' }, written: unedited('hello'), timesMs: {} })
    expect(custody.writtenOf(id)?.text).toBe('hello')
    expect(custody.pathOf(id)).toBeUndefined()
    expect(told).toContain('The list of dictations lasts only until Steno ends.')
    expect(told).toContain('The disk takes no dictation now: what is said is kept in memory.')
  })
})
