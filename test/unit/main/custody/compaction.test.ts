import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { decodeFlac, encodeFlac } from '../../../../src/audio/flac-codec.ts'
import { FileCustody } from '../../../../src/main/custody/file-custody.ts'
import { rounded } from '../../../../src/main/custody/pcm16.ts'
import { readRecording, secondsIn } from '../../../../src/main/custody/sound-file.ts'
import { unedited } from '../../../../src/shared/edits.ts'
import { silentLog } from '../../../../src/shared/log.ts'
import { DEFAULT_SETTINGS } from '../../../../src/shared/settings.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { readPcm, speechClips } from '../../../fakes/speech.ts'
import { until } from '../../../fakes/until.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const NOISE = rounded(Float32Array.from({ length: 40_001 }, (_, index) => Math.sin(index * index)))

const RIMS = [-1, 32_767 / 32_768, 0, 1 / 32_768, -1 / 32_768]

let folder: string
let clock: FakeClock
inOwnFolder((made) => {
  folder = made
})
beforeEach(() => {
  clock = new FakeClock()
})

function open(): FileCustody {
  return new FileCustody({
    folder,
    tell: () => undefined,
    withdraw: () => undefined,
    log: silentLog,
    clock,
    tuning: TUNING,
    now: () => 1_000,
    limits: () => DEFAULT_SETTINGS,
    changed: () => undefined,
  })
}

function keep(custody: FileCustody, pcm = NOISE): number {
  const keeping = custody.open('held', () => undefined)
  keeping.append(pcm)
  keeping.close()
  custody.seal(keeping.id, { outcome: { kind: 'copied' }, written: unedited('hello'), timesMs: {} })
  return keeping.id
}

function sounds(): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith('history'))
}

describe('FLAC', () => {
  it('gives back every sample of real speech, of noise and of the rims', async () => {
    const [clip] = speechClips()
    const rims = Float32Array.from({ length: 20_000 }, (_, index) => RIMS[index % RIMS.length] ?? 0)
    for (const pcm of [rounded(await readPcm(clip?.path ?? '')), NOISE, rims]) {
      expect(await decodeFlac(await encodeFlac(pcm))).toEqual({ pcm, whole: true })
    }
  })

  it('that is damaged anywhere is told from a whole one', async () => {
    const bytes = await encodeFlac(NOISE)
    for (const at of [30, 0.2 * bytes.length, 0.5 * bytes.length, bytes.length - 3]) {
      const damaged = bytes.slice()
      damaged[Math.floor(at)] = (damaged[Math.floor(at)] ?? 0) ^ 16
      expect((await decodeFlac(damaged)).whole).toBe(false)
    }
    expect((await decodeFlac(bytes.subarray(0, bytes.length / 2))).whole).toBe(false)
  })
})

describe('a finished recording', () => {
  it('becomes FLAC after a while, is the same, and is found by the next start', async () => {
    using custody = open()
    const id = keep(custody)
    expect(sounds()).toEqual([`1000-${id}.wav`])
    await clock.advance(TUNING.compactAfterMs)
    await until(() => sounds().join() === `1000-${id}.flac`, 'FLAC')
    const path = custody.pathOf(id) ?? ''
    expect(await readRecording(path)).toEqual({ pcm: NOISE, whole: true })
    expect(secondsIn(path)).toBe(NOISE.length / 16_000)
    expect(await custody.soundOf(id)).toEqual(NOISE)
    custody.reopen(id)
    using next = open()
    expect(next.leftOvers).toEqual([id])
    expect(next.find(id)?.seconds).toBe(NOISE.length / 16_000)
  })

  it('of a muted microphone stays as it is: decoders do not understand so short a file', async () => {
    using custody = open()
    const id = keep(custody, new Float32Array(16_000))
    const next = keep(custody)
    await clock.advance(TUNING.compactAfterMs)
    await until(() => sounds().includes(`1000-${next}.flac`), 'FLAC')
    expect(sounds()).toEqual([`1000-${id}.wav`, `1000-${next}.flac`])
  })

  it('stays as it is while it is under way, and when it is deleted meanwhile nothing comes back', async () => {
    using custody = open()
    const running = custody.open('held', () => undefined)
    running.append(NOISE)
    const id = keep(custody)
    custody.remove([id])
    await clock.advance(TUNING.compactAfterMs)
    expect(sounds()).toEqual([`1000-${running.id}.wav`])
  })
})

describe('a start after a crash in the middle of that', () => {
  async function files(id: number, row: 'wav' | 'flac', ...endings: string[]): Promise<void> {
    const first = open()
    keep(first)
    first.history.setSound(id, `1000-${id}.${row}`, 1)
    first[Symbol.dispose]()
    const bytes = await encodeFlac(NOISE)
    for (const ending of endings)
      if (ending !== 'wav') writeFileSync(join(folder, `1000-${id}.${ending}`), bytes)
    if (!endings.includes('wav')) rmSync(join(folder, `1000-${id}.wav`))
  }

  it.each([
    { row: 'wav', left: ['wav', 'flac.part'], kept: '1000-1.wav' },
    { row: 'wav', left: ['wav', 'flac'], kept: '1000-1.wav' },
    { row: 'flac', left: ['wav', 'flac'], kept: '1000-1.flac' },
    { row: 'flac', left: ['flac'], kept: '1000-1.flac' },
  ] as const)('with $left and a row that names the $row keeps one of them', async ({ row, left, kept }) => {
    await files(1, row, ...left)
    using custody = open()
    expect(sounds()).toEqual([kept])
    expect(custody.leftOvers).toEqual([])
    expect(await custody.soundOf(1)).toEqual(NOISE)
  })

  it('without a list takes the one there is', async () => {
    await files(1, 'flac', 'flac')
    for (const name of readdirSync(folder)) if (name.startsWith('history')) rmSync(join(folder, name))
    using custody = open()
    expect(custody.leftOvers).toEqual([1])
    expect(await custody.soundOf(1)).toEqual(NOISE)
    expect(readFileSync(join(folder, '1000-1.flac')).length).toBeGreaterThan(0)
  })
})
