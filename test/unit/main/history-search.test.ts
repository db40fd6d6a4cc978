import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileCustody } from '../../../src/main/custody/file-custody.ts'
import { Archive } from '../../../src/main/history/archive.ts'
import { matchOf } from '../../../src/main/history/search.ts'
import { unedited } from '../../../src/shared/edits.ts'
import {
  EVERYTHING,
  EXPORT_FORMATS,
  type ExportFormat,
  type HistoryQuery,
} from '../../../src/shared/history.ts'
import { silentLog } from '../../../src/shared/log.ts'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'
import { TUNING } from '../../../src/shared/tuning.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { inOwnFolder } from '../../fakes/own-folder.ts'

const NOON = Date.UTC(2026, 5, 15, 12)
const DAY_MS = 86_400_000

let folder: string
let custody: FileCustody
let archive: Archive
let now: number
let saveAs: string | undefined

inOwnFolder((made) => {
  folder = made
})
beforeEach(() => {
  now = NOON
  saveAs = join(folder, 'export')
  custody = new FileCustody({
    folder,
    tell: () => undefined,
    withdraw: () => undefined,
    log: silentLog,
    clock: new FakeClock(),
    tuning: TUNING,
    now: () => now,
    limits: () => DEFAULT_SETTINGS,
    changed: () => undefined,
  })
  archive = new Archive(custody, () => Promise.resolve(saveAs))
})
afterEach(() => {
  custody[Symbol.dispose]()
})

function said(text: string, seconds = 1, outcome: 'copied' | 'cancelled' | 'interrupted' = 'copied'): number {
  const keeping = custody.open('held', () => undefined)
  keeping.append(new Float32Array(16_000 * seconds).fill(0.1))
  keeping.close()
  const words = text.split(' ').map((word, at) => ({ text: word, start: at, end: at + 0.5, confidence: 0.9 }))
  custody.seal(keeping.id, {
    outcome: { kind: outcome },
    written: unedited(text),
    timesMs: {},
    model: 'starter-en',
    words,
  })
  return keeping.id
}

function found(query: Partial<HistoryQuery>): number[] {
  return archive.search({ ...EVERYTHING, ...query }, null).rows.map(({ id }) => id)
}

describe('the history is searched', () => {
  it('by the beginnings of words, in any order, whatever their case and accents', () => {
    const cafe = said('meet me at the Café tomorrow')
    const mail = said('write the mail about tomatoes')
    expect(found({ text: 'tom' })).toEqual([mail, cafe])
    expect(found({ text: 'CAFE meet' })).toEqual([cafe])
    expect(found({ text: 'omatoes' })).toEqual([])
    expect(found({ text: '' })).toEqual([mail, cafe])
  })

  it.each(['"', "a'b OR c", 'NEAR(', '*', 'text:', '-x', '%', '日本'])('by “%s”, as plain words', (text) => {
    said('nothing of that')
    expect(() => found({ text })).not.toThrow()
  })

  it('by time, outcome, star and tag, all at once', () => {
    now = NOON - 3 * DAY_MS
    const old = said('old one')
    now = NOON
    const cancelled = said('never mind', 1, 'cancelled')
    const starred = said('the good one')
    custody.star(starred, true)
    custody.tag(starred, ['work', 'idea'])
    custody.tag(old, ['work'])
    expect(found({ since: NOON - DAY_MS })).toEqual([starred, cancelled])
    expect(found({ outcome: 'cancelled' })).toEqual([cancelled])
    expect(found({ starred: true })).toEqual([starred])
    expect(found({ tag: 'work' })).toEqual([starred, old])
    expect(found({ tag: 'work', starred: true, text: 'good' })).toEqual([starred])
    expect(found({ text: 'idea' })).toEqual([starred])
    expect(archive.search(EVERYTHING, null)).toMatchObject({ found: 3, seconds: 3, tags: ['idea', 'work'] })
  })

  it('page by page', () => {
    const ids = Array.from({ length: 120 }, (_, index) => said(`number ${index}`)).reverse()
    const first = archive.search(EVERYTHING, null)
    expect(first.rows.map(({ id }) => id)).toEqual(ids.slice(0, 50))
    const second = archive.search(EVERYTHING, first.rows.at(-1)?.id ?? null)
    expect(second.rows.map(({ id }) => id)).toEqual(ids.slice(50, 100))
    expect(second.found).toBe(120)
  })

  it('and knows of changes: texts that were rewritten, tags, deletions', () => {
    const id = said('um hello there')
    custody.rewrite(id, { ...unedited('um hello there'), text: 'hello there' })
    expect(found({ text: 'um' })).toEqual([])
    custody.remove([id])
    expect(found({ text: 'hello' })).toEqual([])
    expect(custody.pathOf(id)).toBeUndefined()
  })
})

it('words are quoted, so that none is an operator', () => {
  expect(matchOf('say "AND" it’s')).toBe('"say"* "AND"* "it"* "s"*')
})

describe('an export', () => {
  async function exported(format: ExportFormat): Promise<string> {
    return readFileSync((await archive.export({ query: EVERYTHING }, format)) ?? '', 'utf8')
  }

  it('has all that the search finds, oldest first, in each format', async () => {
    said('first words', 2)
    custody.tag(said('=SUM(A1), "quoted"\nnew line'), ['a', 'b'])
    expect(await exported('txt')).toBe('first words\n\n=SUM(A1), "quoted"\nnew line\n')
    expect(await exported('md')).toMatch(
      /^## 2026-06-15 \d\d:00 \(2 s\)\n\nfirst words\n\n## .* `a` `b`\n\n=SUM/,
    )
    expect(JSON.parse(await exported('json'))).toMatchObject([
      {
        text: 'first words',
        outcome: 'copied',
        model: 'starter-en',
        words: [{ text: 'first' }, { text: 'words' }],
      },
      { tags: ['a', 'b'], startedAt: new Date(NOON).toISOString() },
    ])
    expect(await exported('csv')).toBe(
      [
        'started,seconds,text,tags,model',
        `${new Date(NOON).toISOString()},2.000,first words,,starter-en`,
        `${new Date(NOON).toISOString()},1.000,"'=SUM(A1), ""quoted""\nnew line",a; b,starter-en`,
        '',
      ].join('\r\n'),
    )
    const srt = await exported('srt')
    expect(srt).toMatch(/^1\n00:00:00,000 --> 00:00:01,500\nfirst words\n\n2\n00:00:02,000 --> /)
  })

  it('is nowhere when nobody says where, and an error when the disk refuses', async () => {
    const id = said('hello')
    saveAs = undefined
    expect(await archive.export({ ids: [id] }, 'txt')).toBeNull()
    saveAs = join(folder, 'no', 'such', 'folder')
    await expect(archive.export({ ids: [id] }, 'txt')).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it.each(EXPORT_FORMATS)('of nothing is a file, too: %s', async (format) => {
    expect(typeof (await exported(format))).toBe('string')
  })
})
