import { describe, expect, it } from 'vitest'
import { otherWay, textOptions, withUndone, write } from '../../../../src/main/dictation/writing.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../../src/shared/settings.ts'
import { joinLines } from '../../../../src/shared/transcript.ts'
import { DEFAULT_TEXT_OPTIONS } from '../../../../src/text/options.ts'
import { said } from '../../text/said.ts'

const ENGLISH = { language: 'en' }

function written(script: string, patch: Partial<Settings> = {}, model = ENGLISH, lineLanguage?: string) {
  return write(joinLines(said(script, lineLanguage), 1), { ...DEFAULT_SETTINGS, ...patch }, model)
}

describe('what is written of what was heard', () => {
  it('is edited by default as the text’s own defaults have it', () => {
    expect(textOptions(DEFAULT_SETTINGS, null)).toEqual(DEFAULT_TEXT_OPTIONS)
    expect(written('um we need twenty four chairs')).toMatchObject({
      raw: 'um we need twenty four chairs',
      text: 'We need 24 chairs.',
      undone: [],
    })
  })

  it.each<[Partial<Settings>, string]>([
    [{ editText: false, replacements: [{ from: 'um', to: 'hm' }] }, 'um the the twenty four chairs comma'],
    [{ sentenceCasing: false }, 'the 24 chairs,'],
    [{ removeFillers: false }, 'Um the 24 chairs,'],
    [{ removeStutter: false }, 'The the 24 chairs,'],
    [{ numbersAsDigits: false }, 'The twenty four chairs,'],
    [{ spokenMarks: 'off', fullStops: false }, 'The 24 chairs comma'],
    [{ spokenMarks: 'off' }, 'The 24 chairs comma.'],
    [{ replacements: [{ from: 'chairs', to: 'seats' }] }, 'The 24 seats,'],
  ])('follows the settings: %j', (patch, text) => {
    expect(written('um the the twenty four chairs comma', patch).text).toBe(text)
  })

  it('goes by the language the user gave, the model’s, or that of the lines', () => {
    const spoken = 'wir brauchen vierundzwanzig stühle'
    const edited = 'Wir brauchen 24 stühle.'
    expect(written(spoken, { language: 'de' }, { language: 'multi' }).text).toBe(edited)
    expect(written(spoken, {}, { language: 'de' }).text).toBe(edited)
    expect(written(spoken, {}, { language: 'multi' }, 'de').text).toBe(edited)
    expect(written(spoken, {}, { language: 'multi' }).text).toBe(spoken)
    // Translated, the text is English whatever was spoken.
    expect(
      written('um twenty four chairs', { language: 'de', translate: true }, { language: 'multi' }).text,
    ).toBe('24 chairs.')
  })
})

describe('back to raw', () => {
  const text = written('um so it works period <1> we go')

  it('is every edit undone, and forth again none', () => {
    const raw = otherWay(text)
    expect(raw).toMatchObject({ text: text.raw, undone: [...text.edits.keys()] })
    expect(otherWay(raw)).toEqual(text)
    expect(otherWay(withUndone(text, [0]))).toEqual(raw)
  })

  it('undoes edits alone, each once, and refuses what is none', () => {
    const mark = text.edits.findIndex(({ kind }) => kind === 'spoken-mark')
    expect(withUndone(text, [mark, mark])).toMatchObject({
      text: 'So it works period we go',
      undone: [mark],
    })
    expect(() => withUndone(text, [text.edits.length])).toThrow('no such edit')
  })
})
