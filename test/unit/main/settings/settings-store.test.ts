import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { SettingsStore } from '../../../../src/main/settings/settings-store.ts'
import { silentLog } from '../../../../src/shared/log.ts'
import { DEFAULT_SETTINGS } from '../../../../src/shared/settings.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

let folder: string
let file: string

inOwnFolder((made) => {
  folder = made
})
beforeEach(() => {
  file = join(folder, 'settings.json')
})

function open(): { store: SettingsStore; told: string[] } {
  const told: string[] = []
  return { told, store: new SettingsStore(file, (_level, text) => void told.push(text), silentLog) }
}

describe('the settings', () => {
  it('are the defaults without a file, and nothing is told', () => {
    const { store, told } = open()
    expect([store.settings, told]).toEqual([DEFAULT_SETTINGS, []])
  })

  it('are there again after a restart, and what a newer Steno wrote stays in the file', () => {
    writeFileSync(file, JSON.stringify({ sounds: false, fromTheFuture: [1] }))
    open().store.change({ theme: 'dark' })
    expect(open().store.settings).toEqual({ ...DEFAULT_SETTINGS, sounds: false, theme: 'dark' })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ fromTheFuture: [1] })
    expect(existsSync(`${file}.tmp`)).toBe(false)
  })

  it('come back from the backup when the file is cut short at any byte', () => {
    open().store.change({ theme: 'dark' })
    const whole = readFileSync(file)
    for (let length = 0; length < whole.length; length += 13) {
      writeFileSync(file, whole.subarray(0, length))
      const { store, told } = open()
      expect(store.settings.theme).toBe('dark')
      expect(told).toEqual(['Your settings were damaged; the last saved ones are back.'])
    }
  })

  it('begin anew when file and backup are broken, and the file is kept', () => {
    writeFileSync(file, '{')
    writeFileSync(`${file}.bak`, 'null')
    expect(open().store.settings).toEqual(DEFAULT_SETTINGS)
    writeFileSync(file, '\0\0')
    writeFileSync(`${file}.bak`, '[')
    const { store, told } = open()
    expect(store.settings).toEqual(DEFAULT_SETTINGS)
    expect(told).toEqual(['Your settings could not be read: Steno uses its defaults.'])
    expect(readFileSync(`${file}.broken`, 'utf8')).toBe('\0\0')
  })

  it('name the fields that could not be used', () => {
    writeFileSync(file, JSON.stringify({ theme: 7, sounds: 'loud', overlay: 'top' }))
    const { store, told } = open()
    expect(store.settings).toEqual({ ...DEFAULT_SETTINGS, overlay: 'top' })
    expect(told).toEqual(['These settings could not be used and have their defaults again: theme, sounds.'])
  })

  it('change although they cannot be saved, and say so', () => {
    mkdirSync(`${file}.tmp`)
    const { store, told } = open()
    const seen: string[] = []
    store.onChange((now, before) => void seen.push(`${before.theme} ${now.theme}`))
    store.change({ theme: 'light' })
    expect([store.settings.theme, seen]).toEqual(['light', ['system light']])
    expect(told.at(-1)).toBe('Your settings could not be saved.')
  })

  it('survive 2,000 files of rubbish', () => {
    const good = JSON.stringify(DEFAULT_SETTINGS)
    let seed = 7
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
      return seed % below
    }
    for (let turn = 0; turn < 2_000; turn++) {
      const bytes = Buffer.from(good)
      for (let hits = random(8); hits >= 0; hits--) bytes[random(bytes.length)] = random(256)
      writeFileSync(file, bytes.subarray(0, 1 + random(bytes.length)))
      const { store } = open()
      expect(Object.keys(store.settings)).toEqual(Object.keys(DEFAULT_SETTINGS))
    }
  })
})
