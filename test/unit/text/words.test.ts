/** Fillers, stutter and the user's own words. */
import { describe, expect, it } from 'vitest'
import { edited } from './kit.ts'

const filtered = (script: string, language = 'en'): string => edited(script, { fillers: true, language })
const fluent = (script: string, language = 'en'): string =>
  edited(script, { fillers: true, stutter: true, language })

describe('fillers', () => {
  it.each([
    ['en', 'um so uh i think um', 'so i think'],
    ['en', 'Um, so I think, um.', 'so I think.'],
    ['en', 'It works. Um. Well.', 'It works. Well.'],
    ['en', 'I, um, uh, think so', 'I think so'],
    ['en', 'Well, um, I think so', 'Well, I think so'],
    ['en', 'um uh', ''],
    ['en', 'SO UM I', 'SO I'],
    ['de', 'äh also ähm um fünf', 'also um fünf'],
    ['fr', 'euh je pense', 'je pense'],
    ['es', 'eh creo que sí', 'creo que sí'],
  ])('%s: %s → %s', (language, script, text) => {
    expect(filtered(script, language)).toBe(text)
    expect(filtered(text, language)).toBe(text)
  })

  it.each([
    ['en', 'uh huh'],
    ['en', 'uh oh that broke'],
    ['en', 'the ER and the UM of it'],
    ['en', 'umbrella'],
    ['de', 'um fünf hat er Zeit'],
    ['it', 'um uh'],
    ['en', '“um'],
  ])('%s leaves: %s', (language, script) => {
    expect(filtered(script, language)).toBe(script)
  })
})

describe('stutter', () => {
  it.each([
    ['i i think', 'i think'],
    ['i i i think', 'i think'],
    ['the um the house', 'the house'],
    ['I, I think', 'I think'],
    ['I, um, I think', 'I think'],
    ['in the in the house', 'in the house'],
    ['th- the house', 'the house'],
    ['well i think i think that works', 'well i think that works'],
  ])('%s → %s', (script, text) => {
    expect(fluent(script)).toBe(text)
    expect(fluent(text)).toBe(text)
  })

  it.each([
    'i know that that is so',
    'he had had enough',
    'very very good',
    'no no',
    'i know i know it hurts',
    'it goes step by step by step here',
    'more and more and more of it',
    'the band The The played',
    'i see. I see it',
    'i like this <0.9> this is it',
    'say it say it',
    'well-known wells',
  ])('leaves: %s', (script) => {
    expect(fluent(script)).toBe(script.replace('<0.9> ', ''))
  })
})

describe('the words of the user', () => {
  const replacements = [
    { from: 'steno', to: 'Steno' },
    { from: 'my address', to: '12 High Street\nOxford' },
    { from: 'my', to: 'our' },
    { from: 'btw', to: 'by the way' },
    { from: '  ', to: 'never' },
    { from: 'straße', to: 'Strasse' },
  ]
  it.each([
    ['i use steno daily', 'i use Steno daily'],
    ['STENO and “steno”, steno!', 'Steno and “Steno”, Steno!'],
    ["steno's window", "Steno's window"],
    ['send it to My Address.', 'send it to 12 High Street\nOxford.'],
    ['my house', 'our house'],
    ['Btw we won', 'By the way we won'],
    ['die Straße', 'die Strasse'],
  ])('%s → %s', (script, text) => {
    expect(edited(script, { replacements })).toBe(text)
  })

  it.each(['stenography', 'her address', 'Steno'])('leaves: %s', (script) => {
    expect(edited(script, { replacements })).toBe(script)
  })

  it('need no table of the language', () => {
    expect(edited('ciao steno', { replacements, language: null })).toBe('ciao Steno')
  })
})
