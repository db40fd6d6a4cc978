/** Casing, full stops, spaces: what goes between the words. */
import { describe, expect, it } from 'vitest'
import { edited } from './kit.ts'

const written = (script: string, language = 'en'): string =>
  edited(script, {
    casing: true,
    fullStops: true,
    spacing: true,
    fillers: true,
    spokenMarks: 'careful',
    language,
  })

describe('a model that writes neither case nor punctuation', () => {
  it.each([
    ['i think i am right', 'I think I am right.'],
    ['um so it works', 'So it works.'],
    ["on monday i'm there", "On Monday I'm there."],
    ['HELLO WORLD IT IS ME', 'Hello world it is me.'],
    ['it works <0.9> we go on', 'It works. We go on.'],
    ['it works | we go on', 'It works we go on.'],
    ['it works <0.9> um we go on', 'It works. We go on.'],
    ['we saw the <0.9> house', 'We saw the house.'],
    ['so we went to the', 'So we went to the'],
    ['hello', 'Hello'],
    ['OK', 'OK'],
    ['two words', 'Two words'],
    ['dear john new line we came', 'Dear john\nWe came.'],
    ['we came period <0.9> you left', 'We came. You left'],
    ['she came open quote hello', 'She came “hello.'],
    ['', ''],
    ['um', ''],
    ['éclair is good', 'Éclair is good.'],
    ['3 of us went', '3 of us went.'],
  ])('%s → %s', (script, text) => {
    expect(written(script)).toBe(text)
  })

  it('knows the words of the vocabulary are not its own', () => {
    const lines = { text: 'we use Steno daily', start: 0, end: 1, words: [], fired: ['Steno'] }
    expect(edited(lines, { casing: true, fullStops: true })).toBe('We use Steno daily.')
  })
})

describe('a model that writes both', () => {
  it.each([
    ['We went home | And slept.', 'We went home and slept.'],
    ['We went to the. | House and slept', 'We went to the House and slept'],
    ['We saw the. | And slept', 'We saw the and slept'],
    ['Um, it works.', 'It works.'],
    ['It works, comma, And we go.', 'It works, and we go.'],
    ['It works full stop and we go', 'It works. And we go'],
    ['Hello , world .', 'Hello, world.'],
  ])('%s → %s', (script, text) => {
    expect(written(script)).toBe(text)
    expect(written(text)).toBe(text)
  })

  it.each([
    ['We went home <0.9> | And slept', 'en'],
    ['We went home | Peter slept', 'en'],
    ['We met | I slept', 'en'],
    ['We met | NASA people', 'en'],
    ['We met | Monday', 'en'],
    ['We met Will | Will slept', 'en'],
    ['Hello', 'en'],
    ['iPhone is here', 'en'],
    ['Bonjour !', 'fr'],
    ['Wir sahen | Haus und Hof', 'de'],
    ['ciao , mondo | Come stai', 'it'],
    ['你好 , 世界', 'zh'],
    ['你好，世界。 | 再见', 'en'],
    ['مرحبا بالعالم', 'ar'],
    ['שלום עולם', 'en'],
  ])('leaves: %s (%s)', (script, language) => {
    expect(written(script, language)).toBe(script.replace(/<0.9> /, '').replace('| ', ''))
  })
})

describe('spaces', () => {
  const line = (text: string) => ({ text, start: 0, end: 1, words: [] })
  it.each([
    ['two  spaces , and a mark .', 'two spaces, and a mark.'],
    ['a :) stays', 'a :) stays'],
    ['a line\n  break', 'a line\n  break'],
  ])('%j → %j', (text, expected) => {
    expect(edited(line(text), { spacing: true })).toBe(expected)
    expect(edited(line(text), { spacing: true, language: 'it' })).toBe(text)
  })
})
