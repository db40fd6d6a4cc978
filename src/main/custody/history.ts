/**
 * One row for each dictation, in SQLite: opened before its first sample, sealed once. Knows nothing of sound files
 * but their names. Throws what SQLite throws.
 */
import { DatabaseSync } from 'node:sqlite'
import type { DictationId, Outcome } from '../../shared/dictation.ts'
import type { Written } from '../../shared/edits.ts'
import type { Word } from '../../shared/transcript.ts'
import type { StageTimes } from '../dictation/ports.ts'
import type { Kept } from './retention.ts'
import { checksum, stored, storedWords, type Row, type StoredDictation } from './stored.ts'

export type { StoredDictation } from './stored.ts'

/** How long another program may hold the file before a write is put off: main waits for it. */
const BUSY_MS = 250

/** Statement n takes the file from version n to n + 1. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE dictations (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     started_at INTEGER NOT NULL,
     grip TEXT NOT NULL,
     sound TEXT,
     seconds REAL NOT NULL DEFAULT 0,
     text TEXT NOT NULL DEFAULT '',
     outcome TEXT,
     times_ms TEXT NOT NULL DEFAULT '{}'
   ) STRICT`,
  // Without a raw text the text itself is: nothing was edited before there were these.
  `ALTER TABLE dictations ADD COLUMN raw TEXT;
   ALTER TABLE dictations ADD COLUMN edits TEXT NOT NULL DEFAULT '[]';
   ALTER TABLE dictations ADD COLUMN undone TEXT NOT NULL DEFAULT '[]'`,
  `ALTER TABLE dictations ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE dictations ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
   ALTER TABLE dictations ADD COLUMN model TEXT;
   ALTER TABLE dictations ADD COLUMN words TEXT NOT NULL DEFAULT '[]';
   ALTER TABLE dictations ADD COLUMN crc INTEGER;
   CREATE VIRTUAL TABLE found USING fts5(text, tags, content='dictations', content_rowid='id',
     tokenize='unicode61 remove_diacritics 2');
   INSERT INTO found(found) VALUES ('rebuild');
   CREATE TRIGGER dictations_found_insert AFTER INSERT ON dictations BEGIN
     INSERT INTO found(rowid, text, tags) VALUES (new.id, new.text, new.tags);
   END;
   CREATE TRIGGER dictations_found_delete AFTER DELETE ON dictations BEGIN
     INSERT INTO found(found, rowid, text, tags) VALUES ('delete', old.id, old.text, old.tags);
   END;
   CREATE TRIGGER dictations_found_update AFTER UPDATE OF text, tags ON dictations BEGIN
     INSERT INTO found(found, rowid, text, tags) VALUES ('delete', old.id, old.text, old.tags);
     INSERT INTO found(rowid, text, tags) VALUES (new.id, new.text, new.tags);
   END`,
]

/** All but the words. */
const COLUMNS =
  'id, started_at, grip, sound, seconds, text, outcome, times_ms, raw, edits, undone, starred, tags, model, crc'

/** What a dictation ended with. */
export interface Seal {
  readonly outcome: Outcome
  readonly written: Written
  readonly timesMs: StageTimes
  readonly model?: string | undefined
  readonly words?: readonly Word[] | undefined
}

export class History implements Disposable {
  readonly #db: DatabaseSync

  /** @param file a path, or `:memory:`. Throws, too, when what is in it is damaged. */
  constructor(file: string) {
    this.#db = new DatabaseSync(file, { timeout: BUSY_MS })
    try {
      // Every sealed row survives a power cut: a dictation a second is far below what the disk can do. What is deleted
      // is written over.
      this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
      this.#assertWhole()
      this.#migrate()
    } catch (error) {
      this.#db.close()
      throw error
    }
  }

  /** The highest id that was ever given. */
  get lastId(): DictationId {
    const found = this.#db
      .prepare(
        `SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'dictations'), 0),
                    coalesce((SELECT max(id) FROM dictations), 0)) AS last`,
      )
      .get() as { last: number }
    return found.last
  }

  insert(id: DictationId, startedAt: number, grip: string, sound: string): void {
    this.#db
      .prepare('INSERT INTO dictations (id, started_at, grip, sound) VALUES (?, ?, ?, ?)')
      .run(id, startedAt, grip, sound)
  }

  setSound(id: DictationId, sound: string | null, seconds: number): void {
    this.#db.prepare('UPDATE dictations SET sound = ?, seconds = ? WHERE id = ?').run(sound, seconds, id)
  }

  /** Model and words that are not given stay. */
  seal(id: DictationId, { outcome, written, timesMs, model, words }: Seal): void {
    const { raw, text, edits, undone } = written
    this.#db
      .prepare(
        `UPDATE dictations SET outcome = ?, raw = ?, text = ?, edits = ?, undone = ?, times_ms = ?,
         crc = ?, model = coalesce(?, model), words = coalesce(?, words) WHERE id = ?`,
      )
      .run(
        JSON.stringify(outcome),
        raw,
        text,
        JSON.stringify(edits),
        JSON.stringify(undone),
        JSON.stringify(timesMs),
        checksum(written),
        model ?? null,
        words === undefined ? null : JSON.stringify(words),
        id,
      )
  }

  /** Other edits of the same raw text are undone. */
  rewrite(id: DictationId, written: Written): void {
    this.#db
      .prepare('UPDATE dictations SET text = ?, undone = ?, crc = ? WHERE id = ?')
      .run(written.text, JSON.stringify(written.undone), checksum(written), id)
  }

  unseal(id: DictationId): void {
    this.#db.prepare('UPDATE dictations SET outcome = NULL WHERE id = ?').run(id)
  }

  star(id: DictationId, starred: boolean): void {
    this.#db.prepare('UPDATE dictations SET starred = ? WHERE id = ?').run(starred ? 1 : 0, id)
  }

  tag(id: DictationId, tags: readonly string[]): void {
    this.#db.prepare('UPDATE dictations SET tags = ? WHERE id = ?').run(JSON.stringify(tags), id)
  }

  remove(id: DictationId): void {
    this.#db.prepare('DELETE FROM dictations WHERE id = ?').run(id)
  }

  find(id: DictationId): StoredDictation | undefined {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM dictations WHERE id = ?`).get(id)
    return row === undefined ? undefined : stored(row as Row)
  }

  /** Of the raw text, with their times in the recording: there are many, and few ask for them. */
  wordsOf(id: DictationId): readonly Word[] {
    return storedWords(this.#db.prepare('SELECT words FROM dictations WHERE id = ?').get(id)?.['words'])
  }

  /** What it takes to say which of all of them stay. Newest first. */
  kept(): Kept[] {
    return this.#db
      .prepare(
        'SELECT id, started_at, seconds, starred, outcome IS NULL AS open FROM dictations ORDER BY id DESC',
      )
      .all()
      .map(({ id, started_at: startedAt, seconds, starred, open }) => ({
        id: Number(id),
        startedAt: Number(startedAt),
        seconds: Number(seconds),
        starred: starred === 1,
        open: open === 1,
      }))
  }

  /** Newest first. */
  since(startedAt: number): StoredDictation[] {
    return this.select('WHERE started_at >= ? ORDER BY id DESC', startedAt)
  }

  /** Newest first. */
  newest(count: number): StoredDictation[] {
    return this.select('ORDER BY id DESC LIMIT ?', count)
  }

  /** Oldest first. */
  unsealed(): StoredDictation[] {
    return this.select('WHERE outcome IS NULL ORDER BY id')
  }

  /** Names of the sound files that rows know of. */
  sounds(): Set<string> {
    const rows = this.#db.prepare('SELECT sound FROM dictations WHERE sound IS NOT NULL').all()
    return new Set(rows.map(({ sound }) => String(sound)))
  }

  /** @param rest of a SELECT over the dictations. */
  select(rest: string, ...values: (string | number)[]): StoredDictation[] {
    return this.#db
      .prepare(`SELECT ${COLUMNS} FROM dictations ${rest}`)
      .all(...values)
      .map((row) => stored(row as Row))
  }

  /** One number of a SELECT over the dictations: `count(*)`, `sum(seconds)`. */
  number(what: string, rest: string, ...values: (string | number)[]): number {
    const found = this.#db.prepare(`SELECT ${what} AS number FROM dictations ${rest}`).get(...values)
    return Number(found?.['number'] ?? 0)
  }

  /** All tags in use, in their order. */
  tags(): string[] {
    const all = 'SELECT DISTINCT value FROM dictations, json_each(tags) WHERE json_valid(tags) ORDER BY value'
    return this.#db
      .prepare(all)
      .all()
      .map(({ value }) => String(value))
  }

  /** Takes over what can be read of a damaged file. Returns the number of rows. */
  salvage(file: string): number {
    let taken = 0
    for (const order of ['ASC', 'DESC']) {
      try {
        using other = new DatabaseSync(file, { timeout: BUSY_MS })
        for (const row of other.prepare(`SELECT * FROM dictations ORDER BY id ${order}`).iterate()) {
          taken += this.#takeOver(row as Row)
        }
        break
      } catch {
        // What is behind the damage is reached from the other end.
      }
    }
    return taken
  }

  [Symbol.dispose](): void {
    this.#db.close()
  }

  #takeOver(row: Row): number {
    const columns = this.#db.prepare('PRAGMA table_info(dictations)').all()
    const known = columns.map(({ name }) => String(name)).filter((name) => row[name] !== undefined)
    const marks = known.map(() => '?').join(', ')
    try {
      const { changes } = this.#db
        .prepare(`INSERT OR IGNORE INTO dictations (${known.join(', ')}) VALUES (${marks})`)
        .run(...known.map((name) => row[name] ?? null))
      return Number(changes)
    } catch {
      // A value of another type than its column.
      return 0
    }
  }

  /** SQLite finds out by itself only when it comes upon the damage, in the middle of something. */
  #assertWhole(): void {
    const [first] = this.#db.prepare('PRAGMA quick_check(1)').all()
    const verdict = String(Object.values(first ?? {})[0])
    if (verdict !== 'ok') throw new Error(`the file is damaged: ${verdict}`)
  }

  #migrate(): void {
    const { user_version: version } = this.#db.prepare('PRAGMA user_version').get() as {
      user_version: number
    }
    for (const [from, statement] of MIGRATIONS.entries()) {
      if (from < version) continue
      this.#db.exec(`BEGIN; ${statement}; PRAGMA user_version = ${from + 1}; COMMIT`)
    }
  }
}

function resultCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
}

/** Whether another program holds the file (SQLITE_BUSY, SQLITE_LOCKED). */
export function isLocked(error: unknown): boolean {
  return [5, 6].includes(resultCode(error))
}

/** Whether it may work later: busy, locked, read-only, an I/O error, a full disk, a file that cannot be opened. */
export function mayPass(error: unknown): boolean {
  return [5, 6, 8, 10, 13, 14].includes(resultCode(error))
}
