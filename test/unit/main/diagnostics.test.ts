import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundleOf } from '../../../src/main/diagnostics/bundle.ts'
import { Diagnostics, placesIn } from '../../../src/main/diagnostics/diagnostics.ts'
import { RequestLog } from '../../../src/main/diagnostics/requests.ts'
import { EMPTY_SNAPSHOT } from '../../../src/shared/dictation.ts'
import { silentLog } from '../../../src/shared/log.ts'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'
import { inOwnFolder } from '../../fakes/own-folder.ts'

let folder: string
inOwnFolder((made) => {
  folder = made
})

describe('requests', () => {
  it('are noted before they are made, and shown newest first', () => {
    let now = 1
    const file = join(folder, 'network.jsonl')
    const requests = new RequestLog(file, () => now++, silentLog)
    requests.note('http://localhost/a', 'a model')
    requests.note('http://localhost/b', 'a model')
    appendFileSync(file, '{"at":9,"ur\nnot json\n{"at":"x"}\n')
    expect(requests.last()).toEqual([
      { at: 2, url: 'http://localhost/b', why: 'a model' },
      { at: 1, url: 'http://localhost/a', why: 'a model' },
    ])
  })

  it('begin a new file when one is large, and lose none of the last', () => {
    const requests = new RequestLog(join(folder, 'network.jsonl'), () => 1, silentLog)
    for (let index = 0; index < 1_000; index++)
      requests.note(`http://localhost/${'x'.repeat(400)}/${index}`, 'a model')
    expect(requests.last()).toHaveLength(200)
    expect(requests.last()[0]?.url).toMatch(/\/999$/)
  })

  it('that cannot be noted stop nothing', () => {
    const requests = new RequestLog(join(folder, 'no', 'file'), () => 1, silentLog)
    requests.note('http://localhost', 'a model')
    expect(requests.last()).toEqual([])
  })
})

describe('what is kept, and what is reported', () => {
  function open(saveAs?: string): Diagnostics {
    const log = join(folder, 'logs', 'steno.log')
    mkdirSync(join(folder, 'logs'), { recursive: true })
    mkdirSync(join(folder, 'dictations'), { recursive: true })
    writeFileSync(`${log}.1`, 'an old line\n')
    writeFileSync(log, `info started in ${homedir()}/steno\n`)
    writeFileSync(join(folder, 'dictations', '1-1.wav'), 'x'.repeat(100))
    writeFileSync(join(folder, 'dictations', 'history.db'), 'what was said')
    writeFileSync(join(folder, 'settings.json'), '{}')
    return new Diagnostics({
      places: placesIn(folder, join(folder, 'crashes'), join(folder, 'settings.json'), log),
      log,
      requests: new RequestLog(join(folder, 'network.jsonl'), () => 1, silentLog),
      version: '1.2.3',
      snapshot: () => ({
        ...EMPTY_SNAPSHOT,
        lines: [{ text: 'what was said', doubts: [] }],
        settings: {
          ...DEFAULT_SETTINGS,
          vocabulary: ['Secretword'],
          replacements: [{ from: 'brb', to: 'Hush' }],
        },
      }),
      askWhere: () => Promise.resolve(saveAs),
      show: () => undefined,
    })
  }

  it('is counted kind by kind', () => {
    const { kept, requests } = open().privacy()
    expect(requests).toEqual([])
    const counts = Object.fromEntries(kept.map(({ kind, files, bytes }) => [kind, [files, bytes]]))
    expect(counts).toMatchObject({
      sounds: [1, 100],
      history: [1, 13],
      settings: [1, 2],
      models: [0, 0],
      crashes: [0, 0],
    })
  })

  it('has the log and the settings in one file, and nothing that was said or that tells who it is', async () => {
    const file = join(folder, 'report.txt')
    expect(await open(file).saveBundle()).toBe(file)
    const report = readFileSync(file, 'utf8')
    expect(report).toContain('an old line')
    expect(report).toContain('info started in ~/steno')
    expect(report).toContain('"version": "1.2.3"')
    for (const secret of ['what was said', 'Secretword', 'Hush', `${homedir()}/`])
      expect(report).not.toContain(secret)
  })

  it('is nowhere when nobody says where, and an error when the disk refuses', async () => {
    expect(await open().saveBundle()).toBeNull()
    await expect(open(join(folder, 'no', 'file')).saveBundle()).rejects.toMatchObject({
      code: 'file-unreadable',
    })
  })

  it('can be cleared', () => {
    const diagnostics = open()
    diagnostics.clear('logs')
    expect(diagnostics.readLog()).toBe('')
  })
})

it('the longest secret goes first, and one letter is none', () => {
  const facts = { log: '/home/ann/x ann a' } as Parameters<typeof bundleOf>[0]
  expect(
    bundleOf(facts, [
      ['ann', 'user'],
      ['/home/ann', '~'],
      ['a', '?'],
    ]),
  ).toMatch(/~\/x user a$/)
})
