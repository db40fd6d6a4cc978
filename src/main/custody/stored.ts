/** A row of the history as it is in the file → a dictation. A damaged value costs itself, not the row. Pure. */
import { crc32 } from 'node:zlib'
import * as v from 'valibot'
import type { DictationId, Outcome } from '../../shared/dictation.ts'
import type { Edit, Written } from '../../shared/edits.ts'
import type { Word } from '../../shared/transcript.ts'
import type { StageTimes } from '../dictation/ports.ts'

export interface StoredDictation extends Written {
  readonly id: DictationId
  readonly startedAt: number
  /** Name of the sound file. */
  readonly sound: string | undefined
  readonly seconds: number
  /** Undefined: not sealed. */
  readonly outcome: Outcome | undefined
  readonly timesMs: StageTimes
  readonly starred: boolean
  readonly tags: readonly string[]
  /** Name of the model that decoded it. */
  readonly model: string | undefined
}

export type Row = Readonly<Record<string, string | number | null>>

const DAMAGED: Outcome = {
  kind: 'failed',
  error: {
    code: 'history-damaged',
    message: 'The entry of this dictation is damaged.',
    hint: 'Its sound, where there is one, can be written down again.',
  },
}

const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const error = v.looseObject({ code: v.string(), message: v.string() })
const outcome: v.GenericSchema<unknown, unknown> = v.variant('kind', [
  v.looseObject({ kind: v.picklist(['copied', 'nothing-heard', 'cancelled', 'interrupted']) }),
  v.looseObject({ kind: v.picklist(['undelivered', 'failed']), error }),
])
const edit = v.looseObject({
  kind: v.string(),
  start: index,
  end: index,
  replacement: v.string(),
  because: v.array(index),
})
const word = v.looseObject({ text: v.string(), start: v.number(), end: v.number(), confidence: v.number() })

export function stored(row: Row): StoredDictation {
  const edits = parsed<readonly Edit[]>(v.array(edit), row['edits'], [])
  const found: StoredDictation = {
    id: Number(row['id']),
    startedAt: Number(row['started_at']),
    sound: textOf(row['sound']),
    seconds: Number(row['seconds']),
    raw: textOf(row['raw']) ?? String(row['text']),
    text: String(row['text']),
    edits,
    undone: parsed<readonly number[]>(v.array(index), row['undone'], []).filter((one) => one < edits.length),
    outcome: row['outcome'] === null ? undefined : parsed<Outcome>(outcome, row['outcome'], DAMAGED),
    timesMs: parsed<StageTimes>(v.record(v.string(), v.number()), row['times_ms'], {}),
    starred: row['starred'] === 1,
    tags: parsed<readonly string[]>(v.array(v.string()), row['tags'], []),
    model: textOf(row['model']),
  }
  const whole = found.outcome === undefined || row['crc'] === null || row['crc'] === checksum(found)
  return whole ? found : { ...found, outcome: DAMAGED }
}

/** Words as they are in the file; none where they are damaged. */
export function storedWords(json: unknown): readonly Word[] {
  return parsed<readonly Word[]>(v.array(word), json, [])
}

/** SQLite does not notice a letter that a bad disk has changed. */
export function checksum({ raw, text, edits, undone }: Written): number {
  return crc32(JSON.stringify([raw, text, edits, undone]))
}

function textOf(value: string | number | null | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** What a schema lets through is of the type that wrote it. */
function parsed<T>(schema: v.GenericSchema<unknown, unknown>, json: unknown, otherwise: T): T {
  try {
    const value: unknown = JSON.parse(String(json))
    return v.is(schema, value) ? (value as T) : otherwise
  } catch {
    return otherwise
  }
}
