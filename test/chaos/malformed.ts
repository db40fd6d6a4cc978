/** Settings, histories and recordings as a bad disk or another program may leave them: no crash, no silent loss. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import * as v from 'valibot'
import { FileCustody } from '../../src/main/custody/file-custody.ts'
import { readSound } from '../../src/main/custody/sound-file.ts'
import { SETTINGS_FIELDS } from '../../src/main/settings/schema.ts'
import { SettingsStore } from '../../src/main/settings/settings-store.ts'
import { systemClock } from '../../src/process/system-clock.ts'
import { unedited } from '../../src/shared/edits.ts'
import { silentLog } from '../../src/shared/log.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.ts'
import { TUNING } from '../../src/shared/tuning.ts'
import { MEMORY_DISK } from './memory-disk.ts'

export interface Malformed {
  settings: number
  histories: number
  recordings: number
  /** Of the settings: how often the user was told. */
  told: number
  faults: number
}

type Random = () => number

const DICTATIONS = 30

/** @param settings files. @param histories as many recordings are damaged, too. */
export function malformed(settings: number, histories: number, random: Random): Malformed {
  const report: Malformed = { settings: 0, histories: 0, recordings: 0, told: 0, faults: 0 }
  const folder = mkdtempSync(join(MEMORY_DISK, 'steno-malformed-'))
  try {
    damageSettings(join(folder, 'settings'), settings, random, report)
    const model = join(folder, 'model')
    fill(model)
    for (let run = 0; run < histories; run++) {
      damageHistory(model, join(folder, 'copy'), random, report)
      damageRecording(join(folder, 'one.wav'), random, report)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return report
}

function damageSettings(folder: string, count: number, random: Random, report: Malformed): void {
  const file = join(folder, 'settings.json')
  const ignored = (): undefined => undefined
  for (let run = 0; run < count; run++) {
    rmSync(folder, { recursive: true, force: true })
    using written = new SettingsStore(file, ignored, silentLog)
    written.change({ theme: 'dark', vocabulary: ['Steno'] })
    const text = readFileSync(file)
    const damaged = random() < 0.5 ? damagedBytes(text, random) : Buffer.from(damagedJson(text, random))
    writeFileSync(file, damaged)
    if (random() < 0.5) rmSync(`${file}.bak`)
    report.settings += 1
    try {
      const told: string[] = []
      using store = new SettingsStore(file, (_level, text) => void told.push(text), silentLog)
      if (told.length > 0) report.told += 1
      if (!isValid(store.settings)) fault(report, `settings that are none came of ${damaged.toString()}`)
      // What could not be read is kept, whatever is saved next.
      const unreadable = !isJson(damaged)
      store.change({ theme: 'light' })
      if (unreadable && (told.length === 0 || !existsSync(`${file}.broken`)))
        fault(report, 'a broken file was not kept')
    } catch (error) {
      fault(report, `settings: ${String(error)}`)
    }
  }
}

function isValid(settings: Settings): boolean {
  return (Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]).every((field) =>
    v.is(SETTINGS_FIELDS[field], settings[field]),
  )
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString())
    return true
  } catch {
    return false
  }
}

/** Some values become others that are JSON, too. */
function damagedJson(text: Buffer, random: Random): string {
  const others = ['null', '-1', '1e400', '"x"', '[]', '{}', 'true', '[null]', `"${'a'.repeat(3_000)}"`]
  const any = (): string => others[Math.floor(random() * others.length)] ?? 'null'
  if (random() < 0.05) return any()
  return text
    .toString()
    .replaceAll(/: ("[^"]*"|true|false|null|\d+)/g, (all) => (random() < 0.2 ? `: ${any()}` : all))
}

function custodyOf(folder: string, tell: (text: string) => void): FileCustody {
  return new FileCustody({
    folder,
    tell: (_level, text) => {
      tell(text)
    },
    withdraw: () => undefined,
    log: silentLog,
    clock: systemClock,
    tuning: TUNING,
    now: Date.now,
    limits: () => DEFAULT_SETTINGS,
    changed: () => undefined,
  })
}

function fill(folder: string): void {
  using custody = custodyOf(folder, () => undefined)
  for (let index = 0; index < DICTATIONS; index++) {
    const keeping = custody.open('held', () => undefined)
    keeping.append(new Float32Array(50 + index).fill(0.25))
    keeping.close()
    const written = unedited(`what was said in dictation ${keeping.id} `.repeat(20))
    custody.seal(keeping.id, { outcome: { kind: 'copied' }, written, timesMs: {} })
  }
}

/** Every sound has a row with its own text, or is decoded again; what is gone was told. */
function damageHistory(model: string, copy: string, random: Random, report: Malformed): void {
  rmSync(copy, { recursive: true, force: true })
  cpSync(model, copy, { recursive: true })
  const file = join(copy, 'history.db')
  writeFileSync(file, damagedBytes(readFileSync(file), random))
  report.histories += 1
  try {
    const told: string[] = []
    using custody = custodyOf(copy, (text) => void told.push(text))
    const rows = custody.rows()
    const sounds = readdirSync(copy).filter((name) => name.endsWith('.wav')).length
    const whole = rows.filter(({ id, text }) => text === `what was said in dictation ${id} `.repeat(20))
    const again = new Set(custody.leftOvers)
    const kept = rows.filter(
      (row) => again.has(row.id) || whole.includes(row) || row.outcome?.kind === 'failed',
    )
    if (sounds !== DICTATIONS) fault(report, `${DICTATIONS - sounds} sounds are gone`)
    if (kept.length < DICTATIONS && told.length === 0)
      fault(report, `${kept.length} of ${DICTATIONS} dictations, and no word`)
    if (rows.length < DICTATIONS) fault(report, `${rows.length} rows for ${DICTATIONS} sounds`)
  } catch (error) {
    fault(report, `history: ${String(error)}`)
  }
}

function damageRecording(path: string, random: Random, report: Malformed): void {
  const bytes = Buffer.alloc(44 + 2 * 200, 7)
  writeFileSync(path, damagedBytes(bytes, random))
  report.recordings += 1
  try {
    const sound = readSound(path)
    const length = Math.floor(Math.max(0, readFileSync(path).length - 44) / 2)
    if (sound.length !== length || !sound.every(Number.isFinite)) fault(report, 'a recording lost samples')
  } catch (error) {
    fault(report, `recording: ${String(error)}`)
  }
}

/** Cut short, flipped bits, a block of zeros or of noise, emptied, or with something behind it. */
function damagedBytes(bytes: Buffer, random: Random): Buffer {
  const at = Math.floor(random() * bytes.length)
  const size = Math.floor(random() * (bytes.length - at))
  const copy = Buffer.from(bytes)
  switch (Math.floor(random() * 6)) {
    case 0:
      return copy.subarray(0, at)
    case 1:
      for (let flips = 0; flips < 8; flips++) {
        const place = Math.floor(random() * copy.length)
        copy[place] = (copy[place] ?? 0) ^ (1 << Math.floor(random() * 8))
      }
      return copy
    case 2:
      return copy.fill(0, at, at + size)
    case 3:
      return copy.map((byte, index) =>
        index >= at && index < at + size ? Math.floor(random() * 256) : byte,
      ) as Buffer
    case 4:
      return Buffer.alloc(0)
    default:
      return Buffer.concat([copy, copy.subarray(at)])
  }
}

function fault(report: Malformed, what: string): void {
  report.faults += 1
  process.stderr.write(`${what}\n`)
}
