/**
 * One row for each dictation, in SQLite: opened before its first sample, sealed once. Knows nothing of sound files
 * but their names. Throws what SQLite throws.
 */
import { DatabaseSync } from 'node:sqlite'
import type { DictationId, Outcome } from '../../shared/dictation.ts'
import type { Edit, Written } from '../../shared/edits.ts'
import type { StageTimes } from '../dictation/ports.ts'

/** How long another program may hold the file before we say that it is locked. */
const BUSY_MS = 2_000

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
]

export interface StoredDictation extends Written {
  readonly id: DictationId
  readonly startedAt: number
  /** Name of the sound file. */
  readonly sound: string | undefined
  readonly seconds: number
  /** Undefined: not sealed. */
  readonly outcome: Outcome | undefined
  readonly timesMs: StageTimes
}

type Row = Readonly<Record<string, string | number | null>>

export class History implements Disposable {
  readonly #db: DatabaseSync

  /** @param file a path, or `:memory:`. */
  constructor(file: string) {
    this.#db = new DatabaseSync(file, { timeout: BUSY_MS })
    try {
      // Every sealed row survives a power cut: a dictation a second is far below what the disk can do.
      this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      this.#migrate()
    } catch (error) {
      this.#db.close()
      throw error
    }
  }

  /** In one commit: the key is down, and a disk takes milliseconds for each. */
  insert(startedAt: number, grip: string, soundOf: (id: DictationId) => string): DictationId {
    this.#db.exec('BEGIN')
    try {
      const { lastInsertRowid } = this.#db
        .prepare('INSERT INTO dictations (started_at, grip) VALUES (?, ?)')
        .run(startedAt, grip)
      const id = Number(lastInsertRowid)
      this.setSound(id, soundOf(id), 0)
      this.#db.exec('COMMIT')
      return id
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  setSound(id: DictationId, sound: string | null, seconds: number): void {
    this.#db.prepare('UPDATE dictations SET sound = ?, seconds = ? WHERE id = ?').run(sound, seconds, id)
  }

  seal(id: DictationId, outcome: Outcome, written: Written, timesMs: StageTimes): void {
    const { raw, text, edits, undone } = written
    this.#db
      .prepare(
        `UPDATE dictations SET outcome = ?, raw = ?, text = ?, edits = ?, undone = ?, times_ms = ?
         WHERE id = ?`,
      )
      .run(
        JSON.stringify(outcome),
        raw,
        text,
        JSON.stringify(edits),
        JSON.stringify(undone),
        JSON.stringify(timesMs),
        id,
      )
  }

  /** Other edits of the same raw text are undone. */
  rewrite(id: DictationId, { text, undone }: Written): void {
    this.#db
      .prepare('UPDATE dictations SET text = ?, undone = ? WHERE id = ?')
      .run(text, JSON.stringify(undone), id)
  }

  unseal(id: DictationId): void {
    this.#db.prepare('UPDATE dictations SET outcome = NULL WHERE id = ?').run(id)
  }

  remove(id: DictationId): void {
    this.#db.prepare('DELETE FROM dictations WHERE id = ?').run(id)
  }

  find(id: DictationId): StoredDictation | undefined {
    const row = this.#db.prepare('SELECT * FROM dictations WHERE id = ?').get(id)
    return row === undefined ? undefined : stored(row as Row)
  }

  /** Newest first. */
  since(startedAt: number): StoredDictation[] {
    return this.#all('WHERE started_at >= ? ORDER BY id DESC', startedAt)
  }

  /** Newest first. */
  newest(count: number): StoredDictation[] {
    return this.#all('ORDER BY id DESC LIMIT ?', count)
  }

  /** Oldest first. */
  unsealed(): StoredDictation[] {
    return this.#all('WHERE outcome IS NULL ORDER BY id')
  }

  [Symbol.dispose](): void {
    this.#db.close()
  }

  #all(rest: string, ...values: number[]): StoredDictation[] {
    return this.#db
      .prepare(`SELECT * FROM dictations ${rest}`)
      .all(...values)
      .map((row) => stored(row as Row))
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

function stored(row: Row): StoredDictation {
  const outcome = row['outcome']
  const sound = row['sound']
  const raw = row['raw']
  return {
    id: Number(row['id']),
    startedAt: Number(row['started_at']),
    sound: typeof sound === 'string' ? sound : undefined,
    seconds: Number(row['seconds']),
    raw: String(raw ?? row['text']),
    text: String(row['text']),
    edits: JSON.parse(String(row['edits'])) as Edit[],
    undone: JSON.parse(String(row['undone'])) as number[],
    outcome: typeof outcome === 'string' ? (JSON.parse(outcome) as Outcome) : undefined,
    timesMs: JSON.parse(String(row['times_ms'])) as StageTimes,
  }
}

/** Whether another program holds the file (SQLITE_BUSY, SQLITE_LOCKED). */
export function isLocked(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode === 5 || error.errcode === 6)
}
