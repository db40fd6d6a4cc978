/** Parts of main that fit on a page each. */
import { sure } from '../../fakes/shown.ts'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppState } from '../../../src/main/app-state.ts'
import { desktopEntry } from '../../../src/main/system/autostart.ts'
import { remoteCommand } from '../../../src/main/system/command-line.ts'
import { fromBytes, rounded, toBytes } from '../../../src/main/custody/pcm16.ts'
import { levelOf } from '../../../src/main/dictation/level.ts'
import { silenceLimitMs } from '../../../src/main/dictation/silence-stop.ts'
import { openLog } from '../../../src/main/system/log-file.ts'
import { Notices } from '../../../src/main/notices.ts'
import { viewOf } from '../../../src/main/system/processes.ts'
import { percentile, summarise } from '../../../src/main/dictation/timings.ts'
import type { Notice } from '../../../src/shared/dictation.ts'
import { withoutWords } from '../../../src/main/settings/without-words.ts'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'

describe('the command line', () => {
  it.each([
    [['steno'], 'show'],
    [['electron', '.', '--toggle'], 'toggle'],
    [['steno', '--start'], 'start'],
    [['steno', '--stop'], 'stop'],
    [['steno', '--cancel', '--toggle'], 'cancel'],
    [['steno', '--Toggle', 'toggle', '--toString', '__proto__', ''], 'show'],
  ] as const)('%j means %s', (argv, command) => {
    expect(remoteCommand(argv)).toBe(command)
  })
})

describe('settings in the log', () => {
  it('tell how much the user wrote in, and nothing of it', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      vocabulary: ['Secret'],
      replacements: [{ from: 'secret', to: 'Secret' }],
      microphones: [{ id: 'secret', label: 'Secret' }],
      modelMirror: 'https://me:secret@models.example.org',
    }
    expect(withoutWords(settings)).toMatchObject({
      vocabulary: 1,
      replacements: 1,
      microphones: 1,
      modelMirror: 'set',
      sounds: true,
    })
    expect(JSON.stringify(withoutWords(settings))).not.toMatch(/secret/i)
  })
})

describe('the state', () => {
  it('tells the slices that changed, and nothing when none did', () => {
    const state = new AppState()
    const seen: unknown[] = []
    using _watch = state.onChange((slices) => void seen.push(slices))
    const lines = [sure('a')]
    state.set({ lines, outcome: undefined })
    state.set({ lines })
    state.set({ lines: ['a', 'b'].map(sure), today: state.snapshot.today })
    expect(seen).toEqual([{ lines: [sure('a')] }, { lines: ['a', 'b'].map(sure) }])
  })
})

describe('notices', () => {
  it('are told once, five at most, until they are read or no longer true', () => {
    let shown: readonly Notice[] = []
    const notices = new Notices((now) => void (shown = now))
    for (const text of ['a', 'b', 'a', 'c', 'd', 'e', 'f']) notices.tell('info', text, undefined)
    expect(shown.map(({ text }) => text)).toEqual(['a', 'c', 'd', 'e', 'f'])
    notices.dismiss(shown[0]?.id ?? 0)
    notices.withdraw('d')
    expect(shown.map(({ text }) => text)).toEqual(['c', 'e', 'f'])
  })
})

describe('sixteen bits', () => {
  it('give back exactly what was rounded to them', () => {
    const pcm = rounded(Float32Array.of(0, 0.1, -0.1, 1, -1, 2, -3, 1e-9))
    expect(fromBytes(toBytes(pcm))).toEqual(pcm)
    expect(fromBytes(toBytes(pcm).subarray(0, 5))).toEqual(pcm.subarray(0, 2))
  })
})

describe('the level', () => {
  it.each([
    [[], 0],
    [[0, 0, 0], 0],
    [[1, -1], 1],
    [[0.001, -0.001], 0],
    [[0.0316228, -0.0316228], 0.5],
  ])('of %j is %d', (samples, level) => {
    expect(levelOf(Float32Array.from(samples))).toBeCloseTo(level, 4)
  })
})

describe('silence', () => {
  it('ends what nobody holds', () => {
    const settings = { ...DEFAULT_SETTINGS, autoStopSilenceMs: 9_000 }
    expect(silenceLimitMs('held', settings)).toBeUndefined()
    expect(silenceLimitMs('latched', settings)).toBe(9_000)
    expect(silenceLimitMs('latched', DEFAULT_SETTINGS)).toBeUndefined()
    expect(silenceLimitMs('hands-free', settings)).toBe(settings.handsFreeSilenceMs)
  })
})

describe('timings', () => {
  it('are percentiles by nearest rank, of the stages that were seen', () => {
    const times = Array.from({ length: 100 }, (_, index) => ({ 'text to clipboard': 100 - index }))
    expect(summarise([...times, {}])).toEqual([
      { stage: 'text to clipboard', count: 100, p50Ms: 50, p95Ms: 95 },
    ])
    expect(percentile([7], 0.95)).toBe(7)
  })
})

describe('processes', () => {
  it('are named for people', () => {
    const cpu = { percentCPUUsage: 50, idleWakeupsPerSecond: 0 }
    const memory = { workingSetSize: 1_000, peakWorkingSetSize: 0 }
    const metric = (pid: number, type: 'Browser' | 'Tab' | 'Utility', name?: string) =>
      ({ pid, type, cpu, memory, creationTime: 0, ...(name === undefined ? {} : { name }) }) as const
    const pages = (pid: number): string | undefined => (pid === 2 ? 'Microphone' : undefined)
    const views = [
      metric(1, 'Browser'),
      metric(2, 'Tab'),
      metric(3, 'Tab'),
      metric(4, 'Utility', 'Steno keys'),
    ]
    expect(views.map((one) => viewOf(one, pages).name)).toEqual(['Steno', 'Microphone', 'Page', 'Steno keys'])
    expect(viewOf(metric(1, 'Browser'), pages)).toMatchObject({ cpu: 0.5, memoryBytes: 1_024_000 })
  })
})

describe('the log', () => {
  it('counts repeated lines, and keeps three files at most', () => {
    const folder = mkdtempSync(join(tmpdir(), 'steno-log-'))
    const file = join(folder, 'logs', 'steno.log')
    try {
      const log = openLog(file, () => 0, 400)
      for (let turn = 0; turn < 50; turn++) log('info', 'the same')
      log('info', 'another')
      expect(readFileSync(file, 'utf8').split('\n')).toEqual([
        '1970-01-01T00:00:00.000Z info the same',
        '1970-01-01T00:00:00.000Z (the last line 49 times more)',
        '1970-01-01T00:00:00.000Z info another',
        '',
      ])
      for (let turn = 0; turn < 100; turn++) log('info', `line ${turn}`)
      expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['steno.log', 'steno.log.1', 'steno.log.2'])
      expect(readFileSync(file, 'utf8')).toContain('line 99')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('is done without where none can be written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'steno-log-'))
    try {
      writeFileSync(join(folder, 'file'), '')
      expect(() => {
        openLog(join(folder, 'file', 'steno.log'), () => 0)('info', 'x')
      }).not.toThrow()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('autostart', () => {
  it('quotes what a desktop entry would split or expand', () => {
    expect(desktopEntry(['/opt/my app/steno', '--hidden', 'a"b$c`d\\e'])).toContain(
      'Exec="/opt/my app/steno" "--hidden" "a\\"b\\$c\\`d\\\\e"\n',
    )
  })
})
