import { describe, expect, it } from 'vitest'
import type { ModelCard, ModelRow, ModelState } from '../../../../src/shared/models.ts'
import {
  bytesOnDisk,
  choicesOf,
  EVERY_MODEL,
  installed,
  languagesKnown,
  modelsShown,
  offered,
  strangerTo,
} from '../../../../src/renderer/src/ui/words/model-list.ts'
import {
  factsOf,
  languagesOf,
  mainStepOf,
  mirrorOf,
  modelNews,
  offerDetail,
  offerTitle,
  otherStepsOf,
  shareOf,
  size,
  speedOf,
  standOf,
  timeLeft,
  titleOf,
  trustOf,
} from '../../../../src/renderer/src/ui/words/models.ts'

const MB = 1_000_000
const ERROR = { code: 'download-failed', message: 'Nothing came.', hint: 'Go on later.' } as const
const ABSENT: ModelState = { kind: 'absent' }
const INSTALLED: ModelState = { kind: 'installed' }

function row(name: string, facts: Partial<ModelCard> = {}, rest: Partial<ModelRow> = {}): ModelRow {
  const card: ModelCard = {
    name,
    title: name.toUpperCase(),
    family: 'whisper',
    languages: ['en', 'de'],
    licence: 'MIT',
    bytes: 63 * MB,
    memoryBytes: 240 * MB,
    speed: 'steady',
    goodFor: 'Letters.',
    pinned: true,
    origin: 'catalogue',
    ...facts,
  }
  return { card, state: ABSENT, usedBy: [], recommended: false, ...rest }
}

describe('a model in words', () => {
  it.each([
    [0, '0 MB'],
    [12, 'under 1 MB'],
    [62_600_000, '63 MB'],
    [999 * MB, '999 MB'],
    [999.6 * MB, '1.0 GB'],
    [1_540 * MB, '1.5 GB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(size(bytes)).toBe(words)
  })

  it.each([
    [0.2, '1 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [65, '1 min 5 s'],
    [605, '10 min'],
    [4_000, '1 h 6 min'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(timeLeft(seconds)).toBe(words)
  })

  it('names few languages, counts many, and says when nobody knows', () => {
    expect(languagesOf({ languages: ['en', 'de'] })).toBe('English, German')
    expect(languagesOf({ languages: ['en', 'de', 'fr', 'es'] })).toBe('4 languages')
    expect(languagesOf({ languages: [] })).toBe('languages unknown')
    expect(factsOf(row('a').card)).toEqual([
      'Whisper',
      'English, German',
      '63 MB on disk',
      '240 MB of memory',
      'fast enough',
      'licence: MIT',
      'fingerprints known',
    ])
    expect(factsOf(row('a', { family: 'sense-voice' }).card)).toContain('SenseVoice')
    expect(factsOf(row('a', { family: '' }).card)[0]).toBe('English, German')
    expect(factsOf(row('a', { pinned: false }).card)).toContain('checked at first download')
    expect(factsOf(row('a', { pinned: false, origin: 'imported' }).card)).not.toContain(
      'checked at first download',
    )
  })

  it('tells how a download stands', () => {
    const came = { bytes: 251 * MB, total: 670 * MB }
    const running = { kind: 'downloading', ...came, bytesPerSecond: 6.4 * MB, secondsLeft: 65 } as const
    expect(standOf(running)).toBe('251 of 670 MB · 6.4 MB/s · 1 min 5 s left')
    expect(standOf({ ...running, bytesPerSecond: 0, secondsLeft: undefined })).toBe(
      '251 of 670 MB · waiting …',
    )
    expect(standOf({ ...running, total: 1_030 * MB, secondsLeft: undefined })).toBe(
      '251 MB of 1.0 GB · 6.4 MB/s',
    )
    expect(standOf({ ...running, bytes: 0, bytesPerSecond: 0 })).toBe('0 of 670 MB · connecting …')
    expect(standOf({ kind: 'paused', ...came })).toBe('Paused at 251 of 670 MB. What has come is kept.')
    expect(standOf({ kind: 'failed', ...came, error: ERROR })).toBe('Nothing came. Go on later.')
    expect(standOf(INSTALLED)).toBeUndefined()
    expect(shareOf(running)).toBeCloseTo(0.3746, 4)
    expect(shareOf({ kind: 'paused', bytes: 5, total: 0 })).toBe(0)
    expect(shareOf(INSTALLED)).toBeUndefined()
  })

  it('offers what can be done, and never to delete the built-in one', () => {
    const steps = (state: ModelState, facts: Partial<ModelCard> = {}): readonly string[] => {
      const one = row('a', facts, { state })
      return [mainStepOf(one, false), ...otherStepsOf(one)].map(({ label }) => label)
    }
    const came = { bytes: 1, total: 2 }
    expect(steps(ABSENT)).toEqual(['Download'])
    expect(steps({ kind: 'downloading', ...came, bytesPerSecond: 0, secondsLeft: undefined })).toEqual([
      'Pause',
      'Cancel',
    ])
    expect(steps({ kind: 'paused', ...came })).toEqual(['Resume', 'Cancel'])
    expect(steps({ kind: 'failed', ...came, error: ERROR })).toEqual(['Try again', 'Cancel'])
    expect(steps({ kind: 'verifying' })).toEqual(['Checking …'])
    expect(steps(INSTALLED)).toEqual(['Use', 'Check files', 'Delete'])
    expect(steps(INSTALLED, { origin: 'built-in' })).toEqual(['Use'])
    expect(steps({ kind: 'broken', error: ERROR })).toEqual(['Download again', 'Delete'])
    expect(steps({ kind: 'broken', error: ERROR }, { origin: 'imported' })).toEqual(['Check again', 'Delete'])
    expect(mainStepOf(row('a', {}, { state: INSTALLED }), true)).toMatchObject({
      label: 'In use',
      idle: true,
    })
  })

  it('says how its files are known', () => {
    expect(trustOf({ origin: 'catalogue', pinned: true })).toMatch(/known fingerprint/)
    expect(trustOf({ origin: 'catalogue', pinned: false })).toMatch(/first download/)
    expect(titleOf([row('a')], 'a')).toBe('A')
    expect(titleOf([], 'gone')).toBe('gone')
  })

  it('tells a screen reader what has changed, and nothing of the bytes', () => {
    const at = (bytes: number): ModelState => ({
      kind: 'downloading',
      bytes,
      total: 9,
      bytesPerSecond: 1,
      secondsLeft: 1,
    })
    const news = (before: ModelState, after: ModelState): readonly string[] =>
      modelNews([row('a', {}, { state: before })], [row('a', {}, { state: after })])
    expect(modelNews([], [row('a')])).toEqual([])
    expect(news(at(1), at(2))).toEqual([])
    expect(news(ABSENT, at(0))).toEqual(['A is being downloaded.'])
    expect(news(at(9), INSTALLED)).toEqual(['A is on this computer.'])
    expect(news({ kind: 'verifying' }, INSTALLED)).toEqual(['A is here, and as it should be.'])
    expect(news(at(3), { kind: 'failed', bytes: 3, total: 9, error: ERROR })).toEqual([
      'A: Nothing came. Go on later.',
    ])
  })

  it('offers a model as long as it is not here, and says when it is', () => {
    const words = (state: ModelState): string => offerTitle(row('a', {}, { state }))
    expect(words(ABSENT)).toBe('A would write you better text')
    expect(words({ kind: 'paused', bytes: 1, total: 2 })).toBe('A is on its way')
    expect(words({ kind: 'failed', bytes: 1, total: 2, error: ERROR })).toBe('A did not arrive')
    expect(words(INSTALLED)).toBe('A is here')
    expect(offerDetail(row('a'))).toBe('Letters.')
    expect(offerDetail(row('a', {}, { state: INSTALLED }))).toMatch(/next dictation/)
  })

  it.each([
    ['', null],
    [' https://models.example.org/hub// ', 'https://models.example.org/hub'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['models.example.org', undefined],
    ['file:///etc', undefined],
    ['https://', undefined],
    ['https://a b', undefined],
  ])('%j as the address of a mirror', (text, kept) => {
    expect(mirrorOf(text)).toBe(kept)
  })

  it.each([
    [0.0625, '16 times as fast as speech'],
    [0.5, '2.0 times as fast as speech'],
    [2, '50 % of the speed of speech'],
    [0, 'faster than can be told'],
  ])('a real-time factor of %d is %s', (factor, words) => {
    expect(speedOf(factor)).toBe(words)
  })
})

describe('the list of models', () => {
  const ROWS = [
    row('large', { bytes: 1_500 * MB, languages: ['en', 'ja'], family: 'whisper' }),
    row('small', { bytes: 40 * MB, goodFor: 'Old machines.' }, { state: INSTALLED }),
    row('mine', { origin: 'imported', languages: [] }, { state: INSTALLED }),
    row('starter-en', { origin: 'built-in', languages: ['en'] }, { state: INSTALLED }),
    row('best', { bytes: 600 * MB }, { recommended: true, state: { kind: 'paused', bytes: 5, total: 9 } }),
  ]
  const names = (rows: readonly ModelRow[]): readonly string[] => rows.map(({ card }) => card.name)
  const shown = (filter: Partial<typeof EVERY_MODEL>): readonly string[] =>
    names(modelsShown(ROWS, { ...EVERY_MODEL, ...filter }))

  it('has the recommended one first, then those at hand, then the small before the large', () => {
    expect(shown({})).toEqual(['best', 'starter-en', 'mine', 'small', 'large'])
  })

  it('keeps its order whatever becomes of a row', () => {
    const after = ROWS.map((one) => ({ ...one, state: INSTALLED }))
    expect(names(modelsShown(after, EVERY_MODEL))).toEqual(shown({}))
  })

  it('is searched by every word, in names of languages too', () => {
    expect(shown({ search: 'japanese WHISPER' })).toEqual(['large'])
    expect(shown({ search: ' old ' })).toEqual(['small'])
    expect(shown({ search: 'klingon' })).toEqual([])
  })

  it('is filtered by language, size and whether it is on the disk', () => {
    expect(shown({ language: 'ja' })).toEqual(['large'])
    expect(shown({ atMostBytes: 100 * MB })).toEqual(['starter-en', 'mine', 'small'])
    expect(shown({ onDisk: true })).toEqual(['best', 'starter-en', 'mine', 'small'])
  })

  it('knows its languages, its bytes on disk and who can read', () => {
    expect(languagesKnown(ROWS).map(([, name]) => name)).toEqual(['English', 'German', 'Japanese'])
    expect(ROWS.map(bytesOnDisk)).toEqual([0, 40 * MB, 63 * MB, 63 * MB, 5])
    expect(names(installed(ROWS))).toEqual(['small', 'mine', 'starter-en'])
  })

  it('lets those be chosen that can read, and the one that was chosen before it went', () => {
    expect(choicesOf(ROWS, 'small')).toEqual([
      ['small', 'SMALL'],
      ['mine', 'MINE'],
      ['starter-en', 'STARTER-EN (built in)'],
    ])
    expect(choicesOf(ROWS, 'large').at(-1)).toEqual(['large', 'LARGE (not on this computer)'])
    expect(choicesOf(ROWS, 'gone').at(-1)).toEqual(['gone', 'gone (not known)'])
    expect(choicesOf(ROWS, null)).toHaveLength(3)
  })

  it('tells which model would read a language that it does not know', () => {
    const stranger = (language: string | null, model: string): string | undefined =>
      strangerTo(ROWS, { language, model, modelByLanguage: { fr: 'mine' } })?.card.name
    expect(stranger('de', 'starter-en')).toBe('starter-en')
    expect(stranger('ja', 'small')).toBe('small')
    expect(stranger('de', 'small')).toBeUndefined()
    expect(stranger(null, 'starter-en')).toBeUndefined()
    // What a model knows that says nothing of languages is not known either.
    expect(stranger('fr', 'starter-en')).toBeUndefined()
    // It knows Japanese, but it is not here, so the built-in one would read.
    expect(stranger('ja', 'large')).toBe('starter-en')
  })

  it('offers the recommended one as long as the built-in one reads', () => {
    expect(offered(ROWS, 'starter-en')?.card.name).toBe('best')
    expect(offered(ROWS, 'small')).toBeUndefined()
    expect(offered([], 'starter-en')).toBeUndefined()
  })
})
