/** What makes an edit an edit: any of them can be taken back, alone or together, and the raw text is always there. */
import { describe, expect, it } from 'vitest'
import { joinLines } from '../../../src/shared/transcript.ts'
import { applyEdits, piecesOf, undo } from '../../../src/text/edit.ts'
import { editText } from '../../../src/text/edit-text.ts'
import { textLanguage } from '../../../src/text/languages/tables.ts'
import type { TextOptions } from '../../../src/text/options.ts'
import { randomNumbers } from '../../chaos/random.ts'
import { said } from './said.ts'

const WORDS =
  `um uh I i the The a and it works comma period full stop new line paragraph open close quote twenty five
  hundred thousand point percent dollars nineteen eighty four first oh at pm steno Hello hello. house, äh komma punkt zwei
  euh virgule eh coma mil NASA iPhone th- “so” I, um, the, uh, , . 你好 世界 مرحبا שלום 😀 e\u0301 3.5 - ( ok?`
    .split(/\s+/)
    .filter((word) => word !== '')
const LANGUAGES = ['en', 'en', 'en', 'de', 'fr', 'es', 'it', 'zh']

function randomCase(seed: number) {
  const random = randomNumbers(seed)
  // The first numbers of neighbouring seeds are neighbours.
  for (let turn = 0; turn < 3; turn++) random()
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const pieces = Array.from({ length: Math.floor(random() * 40) }, () => {
    if (random() < 0.1) return '|'
    return random() < 0.15 ? `<${(0.1 + random()).toFixed(2)}>` : (pick(WORDS) ?? '')
  })
  const script = pieces.join(' ')
  const options: Partial<TextOptions> = {
    language: pick(LANGUAGES) ?? 'en',
    spokenMarks: pick(['careful', 'always', 'off'] as const) ?? 'off',
    replacements: [
      { from: 'steno', to: 'Steno' },
      { from: 'the house', to: 'my home' },
    ],
    ...(random() < 0.2 ? { casing: false } : {}),
    ...(random() < 0.2 ? { numbers: false } : {}),
  }
  const shouted = random() < 0.2
  const lines = said(random() < 0.3 ? script.toLowerCase() : shouted ? script.toUpperCase() : script)
  return { lines, options, random, script }
}

/** White space at an end, doubled, or about a line break: no edit may leave any. */
function faults(text: string): string | undefined {
  return /^[^\S\n]|[^\S\n]$| {2}| \n|\n /u.exec(text)?.[0]
}

describe('edits', () => {
  it('10,000 random dictations: applied, they give the text; undone, in any number, well-formed text and at last the raw', () => {
    let edits = 0
    for (let seed = 1; seed <= 10_000; seed++) {
      const { lines, options, random, script } = randomCase(seed)
      const edited = editText(lines, options)
      edits += edited.edits.length
      const because = JSON.stringify({ seed, script, edited })
      expect(edited.raw, because).toBe(joinLines(lines, 0).text)
      expect(applyEdits(edited.raw, edited.edits), because).toBe(edited.text)
      expect(faults(edited.text), because).toBeUndefined()

      const order = edited.edits.map((_, index) => index).sort(() => random() - 0.5)
      const undone = new Set<number>()
      for (const index of order) {
        undone.add(index)
        expect(faults(undo(edited, undone)), `${[...undone].join()} ${because}`).toBeUndefined()
      }
      expect(undo(edited, undone), because).toBe(edited.raw)
      expect(undo(edited, new Set()), because).toBe(edited.text)
    }
    expect(edits).toBeGreaterThan(15_000)
  })

  it('lie side by side, or one upon the other, and rest on earlier ones only', () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const { lines, options } = randomCase(seed)
      const { raw, edits } = editText(lines, options)
      for (const [index, edit] of edits.entries()) {
        const before = edits[index - 1]
        const same = before?.start === edit.start && before.end === edit.end && edit.end > edit.start
        if (before !== undefined && !same) expect(edit.start).toBeGreaterThanOrEqual(before.end)
        if (same) expect(edit.because).toContain(index - 1)
        expect(edit.end).toBeLessThanOrEqual(raw.length)
        expect(edit.because.every((other) => other < index)).toBe(true)
      }
    }
  })

  it('undone alone, take only what rests on them along', () => {
    const edited = editText(said('um so it works period we go'), { language: 'en', spokenMarks: 'always' })
    expect(edited.text).toBe('So it works. We go')
    const of = (kind: string): number => edited.edits.findIndex((edit) => edit.kind === kind)
    expect(undo(edited, new Set([of('filler')]))).toBe('um so it works. We go')
    expect(undo(edited, new Set([of('spoken-mark')]))).toBe('So it works period we go')
    expect(undo(edited, new Set([of('casing')]))).toBe('so it works. We go')
  })

  it('a capital on the user’s own word goes before the word does', () => {
    const options = { language: 'en', replacements: [{ from: 'btw', to: 'by the way' }] }
    const edited = editText(said('um btw it works'), options)
    expect(edited.text).toBe('By the way it works.')
    expect(undo(edited, new Set([0]))).toBe('um by the way it works.')
    expect(undo(edited, new Set([1]))).toBe('btw it works.')
  })

  it('the text of an edited text is not edited again where it is settled', () => {
    for (const script of ['Um, it works.', 'We met. And we left.', 'It costs $5.']) {
      const { text } = editText(said(script, 'en'))
      expect(editText(said(text, 'en')).edits).toEqual([])
    }
  })

  it('come in pieces: each edit has one, in force, taken away or undone; what went with another has none', () => {
    const edited = editText(said('um so it works period we go'), { language: 'en', spokenMarks: 'always' })
    const seen = (undone: readonly number[]) =>
      piecesOf(edited, new Set(undone)).map(({ text, edit, undone: back }) =>
        edit === undefined ? text : { [edited.edits[edit]?.kind ?? '']: text, ...(back ? { back } : {}) },
      )
    const of = (kind: string): number => edited.edits.findIndex((edit) => edit.kind === kind)
    expect(seen([])).toEqual([
      { filler: '' },
      { casing: 'So' },
      ' it works',
      { 'spoken-mark': '.' },
      ' ',
      { casing: 'We' },
      ' go',
    ])
    expect(seen([of('filler'), of('spoken-mark')])).toEqual([
      { filler: 'um', back: true },
      ' so it works ',
      { 'spoken-mark': 'period', back: true },
      ' we go',
    ])
  })

  it('of edits that stand one on the other one is seen', () => {
    const options = { language: 'en', replacements: [{ from: 'btw', to: 'by the way' }] }
    const edited = editText(said('btw it works'), options)
    const seen = (...undone: number[]) => piecesOf(edited, new Set(undone))[0]
    expect(seen()).toMatchObject({ text: 'By the way', undone: false, start: 0, end: 3 })
    expect(seen(1)).toMatchObject({ text: 'by the way', undone: false, edit: 0 })
    expect(seen(0, 1)).toMatchObject({ text: 'btw', undone: true })
  })

  it('nothing in, nothing out', () => {
    expect(editText([])).toEqual({ raw: '', text: '', edits: [] })
    expect(editText([{ text: ' \n ', start: 0, end: 1, words: [] }]).edits).toEqual([])
  })

  it('the language of a line decides where the options name none', () => {
    const lines = [...said('um fünf', 'de'), ...said('um five', 'en')]
    const only = { casing: false, fullStops: false }
    expect(editText(lines, only).text).toBe('um fünf five')
    expect(editText(lines, { ...only, language: 'en' }).text).toBe('fünf five')
    expect(editText(said('um five'), only).text).toBe('um five')
  })

  it('translated text is English; a model of many languages leaves it to its lines', () => {
    expect(textLanguage({ translate: true, language: 'de' }, { language: 'multi' })).toBe('en')
    expect(textLanguage({ language: 'de' }, { language: 'multi' })).toBe('de')
    expect(textLanguage({}, { language: 'en' })).toBe('en')
    expect(textLanguage({}, { language: 'multi' })).toBe(null)
  })
})
