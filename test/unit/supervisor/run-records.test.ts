import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../src/shared/log.ts'
import { linuxStartTime, startTimeOf } from '../../../src/supervisor/process-identity.ts'
import { openRunRecords, reapLeftovers } from '../../../src/supervisor/run-records.ts'

let parent: string
let folder: string
const bystanders: ChildProcess[] = []

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'steno-test-'))
  folder = join(parent, 'records')
})

afterEach(() => {
  for (const child of bystanders.splice(0)) child.kill('SIGKILL')
  rmSync(parent, { recursive: true, force: true })
})

/** Some process that is not ours to touch unless a record says so. */
async function bystander(): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)'], { stdio: 'ignore' })
  await once(child, 'spawn')
  bystanders.push(child)
  return child as ChildProcess & { pid: number }
}

function writeRecord(owner: object, worker: object): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'former.json'), JSON.stringify({ owner, worker }))
}

const DEAD = { pid: 2 ** 22 + 1, started: '1' }

describe('run records', () => {
  it('exist for the running worker, for this user only, and are gone afterwards', () => {
    const records = openRunRecords(folder, silentLog)
    records.note(process.pid)
    expect(readdirSync(folder)).toHaveLength(1)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    records.forget()
    expect(readdirSync(folder)).toHaveLength(0)
    records.note(process.pid)
    records[Symbol.dispose]()
    expect(existsSync(folder)).toBe(false)
  })

  it('of a dead parent end the worker it left behind', async () => {
    const worker = await bystander()
    writeRecord(DEAD, { pid: worker.pid, started: startTimeOf(worker.pid) })
    expect(reapLeftovers(folder, silentLog)).toEqual([worker.pid])
    await once(worker, 'exit')
    expect(readdirSync(folder)).toEqual([])
  })

  it('never touch a process that only has the same pid', async () => {
    const stranger = await bystander()
    writeRecord(DEAD, { pid: stranger.pid, started: 'another time' })
    expect(reapLeftovers(folder, silentLog)).toEqual([])
    expect(startTimeOf(stranger.pid)).toBeDefined()
  })

  it('of a living parent stay as they are', async () => {
    const worker = await bystander()
    const own = { pid: process.pid, started: startTimeOf(process.pid) }
    writeRecord(own, { pid: worker.pid, started: startTimeOf(worker.pid) })
    expect(reapLeftovers(folder, silentLog)).toEqual([])
    expect(readdirSync(folder)).toEqual(['former.json'])
  })

  it.each(['', '{', '[]', '{"owner":5}', '{"owner":{"pid":"1; rm -rf /","started":"x"},"worker":{}}'])(
    'that are damaged are cleared away: %j',
    (text) => {
      mkdirSync(folder)
      writeFileSync(join(folder, 'former.json'), text)
      expect(reapLeftovers(folder, silentLog)).toEqual([])
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it('are not kept where the folder cannot be made, and nothing fails for that', () => {
    writeFileSync(folder, 'a file in the way')
    const warnings: string[] = []
    const records = openRunRecords(folder, (_level, text) => void warnings.push(text))
    records.note(process.pid)
    records[Symbol.dispose]()
    expect(warnings).toHaveLength(1)
  })
})

describe('a process’s start time', () => {
  it('is found behind any name', () => {
    const fields = Array.from({ length: 50 }, (_, index) => `${index + 3}`)
    fields[0] = 'S'
    expect(linuxStartTime(`42 (a) b (c) ${fields.join(' ')}`)).toBe('22')
  })

  it('is undefined for nobody and for the dead', () => {
    expect(startTimeOf(DEAD.pid)).toBeUndefined()
    expect(linuxStartTime('42 (defunct) Z 1 2')).toBeUndefined()
  })
})
