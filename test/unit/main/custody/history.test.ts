import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { History, type Seal } from '../../../../src/main/custody/history.ts'
import { unedited, type Written } from '../../../../src/shared/edits.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

/** The first version of the file, as it was. */
const FORMER = `
  CREATE TABLE dictations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at INTEGER NOT NULL,
    grip TEXT NOT NULL,
    sound TEXT,
    seconds REAL NOT NULL DEFAULT 0,
    text TEXT NOT NULL DEFAULT '',
    outcome TEXT,
    times_ms TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  INSERT INTO dictations (started_at, grip, sound, seconds, text, outcome, times_ms) VALUES
    (1000, 'held', '1000-1.wav', 2.5, 'hello there', '{"kind":"copied"}', '{"text to clipboard":3}'),
    (2000, 'latched', '2000-2.wav', 0, '', NULL, '{}');
  PRAGMA user_version = 1;
`

const COPIED = { kind: 'copied' } as const

const EDITED: Written = {
  raw: 'um hello',
  text: 'hello',
  edits: [{ kind: 'filler', start: 0, end: 2, replacement: '', because: [] }],
  undone: [],
}

function sealOf(written: Written): Seal {
  return { outcome: COPIED, written, timesMs: {} }
}

let folder: string
let file: string

inOwnFolder((made) => {
  folder = made
})
beforeEach(() => {
  file = join(folder, 'history.db')
})

function former(): void {
  const db = new DatabaseSync(file)
  db.exec(FORMER)
  db.close()
}

describe('the history', () => {
  it('takes over a file of the former version, row by row, and once only', () => {
    former()
    const rows = [
      {
        id: 2,
        startedAt: 2000,
        sound: '2000-2.wav',
        seconds: 0,
        ...unedited(''),
        outcome: undefined,
        timesMs: {},
      },
      {
        id: 1,
        startedAt: 1000,
        sound: '1000-1.wav',
        seconds: 2.5,
        ...unedited('hello there'),
        outcome: COPIED,
        timesMs: { 'text to clipboard': 3 },
      },
    ]
    for (let start = 0; start < 2; start++) {
      using history = new History(file)
      expect(history.newest(10)).toMatchObject(rows)
      expect(history.unsealed().map(({ id }) => id)).toEqual([2])
    }
    using history = new History(file)
    expect(history.lastId).toBe(2)
    history.seal(2, sealOf(EDITED))
    expect(history.find(2)).toMatchObject({ ...EDITED, outcome: COPIED })
  })

  it('is what it was when the change of version fails half way', () => {
    former()
    const db = new DatabaseSync(file)
    db.exec('ALTER TABLE dictations ADD COLUMN undone TEXT')
    expect(() => new History(file)).toThrow('duplicate column')
    const names = db
      .prepare('PRAGMA table_info(dictations)')
      .all()
      .map(({ name }) => name)
    expect(names).not.toContain('raw')
    expect(db.prepare('SELECT count(*) AS rows FROM dictations').get()).toEqual({ rows: 2 })
    db.close()
  })

  it('keeps raw text and edits, and which of them are undone', () => {
    const first = new History(file)
    const id = 1
    first.insert(id, 1, 'held', '1-1.wav')
    first.seal(id, sealOf(EDITED))
    expect(first.find(id)).toMatchObject(EDITED)
    first.rewrite(id, { ...EDITED, text: 'um hello', undone: [0] })
    first[Symbol.dispose]()
    using second = new History(file)
    expect(second.find(id)).toMatchObject({ ...EDITED, text: 'um hello', undone: [0], outcome: COPIED })
    expect(second.find(99)).toBeUndefined()
  })

  it('is still read by the version before: it finds its own columns, and the text as it is to be read', () => {
    using history = new History(file)
    history.insert(1, 1, 'held', '1-1.wav')
    history.seal(1, sealOf(EDITED))
    const db = new DatabaseSync(file)
    db.exec(`INSERT INTO dictations (started_at, grip) VALUES (2, 'held')`)
    expect(db.prepare('SELECT text FROM dictations ORDER BY id').all()).toEqual([
      { text: 'hello' },
      { text: '' },
    ])
    db.close()
    expect(history.newest(1)).toMatchObject([unedited('')])
  })
})
