import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { History } from '../../../../src/main/custody/history.ts'
import { settleLeftOvers, soundName } from '../../../../src/main/custody/left-overs.ts'
import { SoundFile } from '../../../../src/main/custody/sound-file.ts'
import { unedited } from '../../../../src/shared/edits.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const PCM = Float32Array.of(0.25, -0.5, 0.125)

let folder: string
let file: string
inOwnFolder((made) => {
  folder = made
})
beforeEach(() => {
  file = join(folder, 'history.db')
})

function sound(name: string): void {
  const one = new SoundFile(join(folder, name), fail)
  one.append(PCM)
  one.close()
}

function fail(error: unknown): void {
  throw error
}

function seal(history: History, id: number, text: string): void {
  history.seal(id, { outcome: { kind: 'copied' }, written: unedited(text), timesMs: {} })
}

describe('left-overs', () => {
  it('are sounds that no row knows, too: oldest first, each with a row of its own from now on', () => {
    using history = new History(file)
    history.insert(7, 5_000, 'held', soundName(5_000, 7))
    sound(soundName(5_000, 7))
    sound(soundName(9_000, 8))
    sound(soundName(1_000, 2))
    expect(settleLeftOvers(history, folder)).toEqual([8, 7, 9])
    expect(history.find(8)).toMatchObject({ startedAt: 1_000, sound: '1000-2.wav', seconds: 3 / 16_000 })
    expect(settleLeftOvers(history, folder)).toEqual([8, 7, 9])
  })

  it('without a sample go, and files that are not ours stay', () => {
    using history = new History(file)
    writeFileSync(join(folder, '1000-1.wav'), readFileSync(new URL(import.meta.url)).subarray(0, 44))
    for (const name of ['song.wav', '1000-1.mp3', 'x1000-2.wav', '1000-2.wav.bak'])
      writeFileSync(join(folder, name), 'not ours')
    expect(settleLeftOvers(history, folder)).toEqual([])
    expect(readdirSync(folder).filter((name) => !name.startsWith('history'))).toEqual([
      '1000-1.mp3',
      '1000-2.wav.bak',
      'song.wav',
      'x1000-2.wav',
    ])
  })

  it('keep their text when the sound is gone', () => {
    using history = new History(file)
    history.insert(1, 1_000, 'held', '1000-1.wav')
    seal(history, 1, 'said before')
    history.unseal(1)
    history.insert(2, 2_000, 'held', '2000-2.wav')
    expect(settleLeftOvers(history, folder)).toEqual([])
    expect(history.find(1)).toMatchObject({ text: 'said before', outcome: { kind: 'interrupted' } })
    expect(history.find(2)).toBeUndefined()
  })
})

describe('a damaged entry', () => {
  it('costs only what is damaged', () => {
    using history = new History(file)
    for (const id of [1, 2]) {
      history.insert(id, id, 'held', soundName(id, id))
      seal(history, id, `text ${id}`)
    }
    const db = new DatabaseSync(file)
    for (const column of ['outcome', 'edits', 'undone', 'times_ms', 'tags', 'words']) {
      db.exec(`UPDATE dictations SET ${column} = '{"kind":"co' WHERE id = 1`)
    }
    db.close()
    expect(history.newest(5)).toMatchObject([
      { id: 2, text: 'text 2', outcome: { kind: 'copied' } },
      { id: 1, text: 'text 1', edits: [], undone: [], timesMs: {}, tags: [] },
    ])
    expect(history.wordsOf(1)).toEqual([])
    expect(history.find(1)?.outcome).toMatchObject({ kind: 'failed', error: { code: 'history-damaged' } })
  })
})

describe('a damaged list', () => {
  const ROWS = 400

  function fill(): void {
    using history = new History(file)
    for (let id = 1; id <= ROWS; id++) {
      history.insert(id, id, 'held', soundName(id, id))
      seal(history, id, `what was said in dictation ${id} `.repeat(5))
    }
  }

  it('is refused, and what can be read of it from either end is taken over', () => {
    fill()
    const bytes = readFileSync(file)
    bytes.fill(0x5a, Math.floor(bytes.length * 0.5), Math.floor(bytes.length * 0.55))
    writeFileSync(file, bytes)
    expect(() => new History(file)).toThrow()
    using fresh = new History(join(folder, 'new.db'))
    const saved = fresh.salvage(file)
    expect(saved).toBeGreaterThan(0.3 * ROWS)
    expect(fresh.newest(ROWS)).toHaveLength(saved)
    for (const id of [1, ROWS]) expect(fresh.find(id)?.text).toContain(`dictation ${id} `)
  })

  it('of which nothing can be read gives nothing', () => {
    writeFileSync(file, 'no database'.repeat(900))
    using fresh = new History(join(folder, 'new.db'))
    expect(fresh.salvage(file)).toBe(0)
    expect(existsSync(file)).toBe(true)
  })

  it('whose log was cut anywhere opens, with all that was sealed before the cut', () => {
    const open = new History(file)
    for (let id = 1; id <= 40; id++) {
      open.insert(id, id, 'held', soundName(id, id))
      seal(open, id, `text ${id}`)
    }
    const copy = join(folder, 'copy.db')
    const wal = readFileSync(`${file}-wal`)
    let before = ROWS
    // Every byte of it is the business of `npm run chaos -- --truncations`.
    for (let length = wal.length; length > 0; length -= 997) {
      copyFileSync(file, copy)
      writeFileSync(`${copy}-wal`, wal)
      truncateSync(`${copy}-wal`, length)
      rmSync(`${copy}-shm`, { force: true })
      const cut = new History(copy)
      const sealed = cut.newest(ROWS).filter(({ outcome }) => outcome !== undefined).length
      cut[Symbol.dispose]()
      expect(sealed).toBeLessThanOrEqual(before)
      before = sealed
    }
    open[Symbol.dispose]()
  })
})
