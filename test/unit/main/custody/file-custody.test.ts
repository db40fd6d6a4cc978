import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { FileCustody } from '../../../../src/main/custody/file-custody.ts'
import type { Limits } from '../../../../src/main/custody/retention.ts'
import { readSound } from '../../../../src/main/custody/sound-file.ts'
import { unedited } from '../../../../src/shared/edits.ts'
import { silentLog } from '../../../../src/shared/log.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const NOON = new Date(2026, 5, 15, 12).getTime()
const DAY_MS = 86_400_000
const PCM = Float32Array.of(0.25, -0.5, 0.125)
const full = (): void => undefined

let folder: string
let told: string[]
let now: number
let clock: FakeClock
let limits: Limits

inOwnFolder((made) => {
  folder = made
})
beforeEach(() => {
  told = []
  now = NOON
  clock = new FakeClock()
  limits = { keepDays: null, keepCount: null, keepMegabytes: null }
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

  it('keeps the order and the names of dictations apart when the clock jumps', async () => {
    using custody = open()
    const ids = [keep(custody)]
    for (const jump of [-DAY_MS, 0, 2 * DAY_MS]) {
      now = NOON + jump
      ids.push(keep(custody))
    }
    now = NOON - DAY_MS
    expect(custody.rows().map(({ id }) => id)).toEqual(ids.toReversed())
    for (const id of ids) expect(await custody.soundOf(id)).toEqual(PCM)
    expect(new Set(ids.map((id) => custody.pathOf(id))).size).toBe(ids.length)
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

  it('adopts sounds whose rows were lost with a list that was held by another program', async () => {
    const other = new DatabaseSync(join(folder, 'history.db'))
    other.exec('PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE x (y); BEGIN EXCLUSIVE')
    const first = open()
    keep(first)
    first[Symbol.dispose]()
    other.close()
    using second = open()
    expect(second.leftOvers).toHaveLength(1)
    expect(await second.soundOf(second.leftOvers[0] ?? 0)).toEqual(PCM)
  })

  it('takes over what can be read of a damaged list, and has the rest written down again', () => {
    const first = open()
    const ids = Array.from({ length: 300 }, () => keep(first))
    for (const id of ids)
      first.seal(id, {
        outcome: { kind: 'copied' },
        written: unedited(`number ${id} `.repeat(20)),
        timesMs: {},
      })
    first[Symbol.dispose]()
    const file = join(folder, 'history.db')
    const bytes = readFileSync(file)
    bytes.fill(0x5a, bytes.length / 2, bytes.length / 2 + 20_000)
    writeFileSync(file, bytes)
    using second = open()
    expect(told).toEqual(['The list of dictations was damaged: a new one was begun.'])
    const rows = second.rows()
    expect(rows).toHaveLength(ids.length)
    const lost = rows.filter(({ outcome }) => outcome === undefined).map(({ id }) => id)
    expect(second.leftOvers.toSorted((a, b) => b - a)).toEqual(lost)
    expect(lost.length).toBeGreaterThan(0)
    expect(rows.filter(({ text }) => text.startsWith('number')).length).toBe(ids.length - lost.length)
  })

  it('keeps in memory what the disk refuses, row and sound, and saves it when it can', async () => {
    using custody = open()
    const keeping = custody.open('held', full)
    rmSync(folder, { recursive: true })
    const next = custody.open('held', full)
    next.append(PCM)
    next.append(PCM)
    next.close()
    keeping.close()
    expect(told).toEqual(['The disk takes no dictation now: what is said is kept in memory.'])
    expect(await custody.soundOf(next.id)).toEqual(Float32Array.of(...PCM, ...PCM))
    mkdirSync(folder)
    await clock.advance(TUNING.saveRetryMs)
    expect(readSound(custody.pathOf(next.id) ?? '')).toEqual(Float32Array.of(...PCM, ...PCM))
    expect(told.slice(1)).toEqual([
      'no longer: The disk takes no dictation now: what is said is kept in memory.',
      'The disk takes dictations again: all of it is saved.',
    ])
    expect(clock.pendingTimers).toBe(0)
  })

  it('writes rows later while another program holds the list, in their order', async () => {
    using custody = open()
    const other = new DatabaseSync(join(folder, 'history.db'))
    other.exec('BEGIN EXCLUSIVE')
    const id = keep(custody)
    custody.seal(id, { outcome: { kind: 'copied' }, written: unedited('hello'), timesMs: {} })
    other.exec('COMMIT')
    other.close()
    await clock.advance(TUNING.saveRetryMs)
    expect(custody.find(id)).toMatchObject({
      text: 'hello',
      outcome: { kind: 'copied' },
      seconds: 3 / 16_000,
    })
  })

  it('ends a dictation that neither disk nor memory has room for', () => {
    using custody = open()
    rmSync(folder, { recursive: true })
    let ended = 0
    const keeping = custody.open('held', () => void (ended += 1))
    const second = new Float32Array(16_000)
    for (let said = 0; said < TUNING.unsavedSecondsAtMost - 1; said++) keeping.append(second)
    expect(ended).toBe(0)
    keeping.append(second)
    keeping.append(second)
    expect(ended).toBeGreaterThan(0)
    expect(told.at(-1)).toMatch(/^The dictation was ended/)
  })

  it('lets go of what is more than the user wants to keep, row and sound, but for what is starred', () => {
    using custody = open()
    const ids = Array.from({ length: 4 }, () => keep(custody))
    custody.star(ids[0] ?? 0, true)
    limits = { ...limits, keepCount: 2 }
    for (const id of ids)
      custody.seal(id, { outcome: { kind: 'copied' }, written: unedited('x'), timesMs: {} })
    expect(custody.rows().map(({ id }) => id)).toEqual([ids[3], ids[2], ids[0]])
    expect(readdirSync(folder).filter((name) => name.endsWith('.wav'))).toHaveLength(3)
  })
})
