import { describe, expect, it } from 'vitest'
import { edited } from './kit.ts'

const numbers = (script: string, language = 'en'): string => edited(script, { numbers: true, language })

describe('English numbers', () => {
  it.each([
    ['twenty five', '25'],
    ['Twenty-five people', '25 people'],
    ['ten', '10'],
    ['one hundred', '100'],
    ['a hundred and five', '105'],
    ['two hundred and fifty thousand', '250,000'],
    ['two thousand twenty six', '2026'],
    ['one million two hundred thousand and five', '1,200,005'],
    ['three million people', '3 million people'],
    ['three point one four one five', '3.1415'],
    ['zero point zero five', '0.05'],
    ['three point fourteen', '3.14'],
    ['two point five million', '2.5 million'],
    ['three point five percent', '3.5%'],
    ['five per cent', '5%'],
    ['a hundred percent', '100%'],
    ['nineteen eighty four', '1984'],
    ['in twenty twenty six we', 'in 2026 we'],
    ['twenty oh five', '2005'],
    ['nineteen hundred and five', '1905'],
    ['the nineteen eighties', 'the 1980s'],
    ['the twenty first of december', 'the 21st of december'],
    ['the twelfth', 'the 12th'],
    ['one hundred and third', '103rd'],
    ['the twenty second', 'the 22nd'],
    ['one hundred and eleventh', '111th'],
    ['seven thirty pm', '7:30 pm'],
    ['seven p m', '7 pm'],
    ['seven oh five a.m.', '7:05 a.m.'],
    ["seven o'clock", "7 o'clock"],
    ['at seven thirty', 'at 7:30'],
    ['five dollars', '$5'],
    ['three dollars and fifty cents', '$3.50'],
    ['three dollars and five cents', '$3.05'],
    ['two million dollars', '$2 million'],
    ['twenty euros', '€20'],
    ['five kilometers', '5 kilometers'],
    ['five five five <0.4> one two three four', '555 1234'],
    ['double oh seven', '007'],
    ['room three oh one', 'room 301'],
    ['(twenty five), then', '(25), then'],
    ['TWENTY FIVE', '25'],
  ])('%s → %s', (script, text) => {
    expect(numbers(script)).toBe(text)
    expect(numbers(text)).toBe(text)
  })

  it.each([
    'five people',
    'one of us',
    'no one',
    'the first and the second',
    'a hundred times',
    'one third of it',
    'a tenth of it',
    'a twenty second delay',
    'twenty four seven',
    'nine eleven',
    'two thirty',
    'one two three four',
    'thirteen fourteen fifteen',
    'twenty-five-year-old',
    'one point to make',
    'at this point two people',
    'hundreds of them',
    'one mile',
  ])('leaves: %s', (script) => {
    expect(numbers(script)).toBe(script)
  })

  it('a pause or a comma parts two numbers', () => {
    expect(numbers('twenty <0.8> thirty five')).toBe('20 35')
    expect(numbers('twenty, thirty five')).toBe('20, 35')
  })
})

describe('numbers of other languages', () => {
  it.each([
    ['de', 'fünfundzwanzig Leute', '25 Leute'],
    ['de', 'zweihundertfünf', '205'],
    ['de', 'neunzehnhundertvierundachtzig', '1984'],
    ['de', 'zweitausendsechsundzwanzig', '2026'],
    ['de', 'zwanzigtausend', '20.000'],
    ['de', 'drei Millionen', '3 Millionen'],
    ['de', 'drei komma fünf prozent', '3,5\u00a0%'],
    ['de', 'zwanzig Euro', '20\u00a0€'],
    ['de', 'sieben Uhr dreißig', '7:30 Uhr'],
    ['de', 'um sieben Uhr', 'um 7 Uhr'],
    ['fr', 'quatre-vingt-dix-sept', '97'],
    ['fr', 'vingt et un ans', '21 ans'],
    ['fr', 'soixante et onze', '71'],
    ['fr', 'mille neuf cent quatre-vingt-quatre', '1984'],
    ['fr', 'trois virgule cinq pour cent', '3,5\u00a0%'],
    ['fr', 'vingt mille euros', '20\u202f000\u00a0€'],
    ['es', 'treinta y cinco', '35'],
    ['es', 'veintidós', '22'],
    ['es', 'dos mil novecientas', '2900'],
    ['es', 'mil novecientos ochenta y cuatro', '1984'],
    ['es', 'tres coma cinco por ciento', '3,5\u00a0%'],
  ])('%s: %s → %s', (language, script, text) => {
    expect(numbers(script, language)).toBe(text)
  })

  it.each([
    ['de', 'tausend Dank'],
    ['de', 'ein Haus und eine Frau'],
    ['fr', 'un litre de lait'],
    ['fr', 'un livre neuf'],
    ['es', 'una casa y un perro'],
    ['it', 'venticinque twenty five'],
  ])('%s leaves: %s', (language, script) => {
    expect(numbers(script, language)).toBe(script)
  })

  it('every number to 9,999 is read as it is said', () => {
    for (let value = 10; value < 10_000; value += 7) expect(numbers(inEnglish(value))).toBe(`${value}`)
  })
})

/** The other way round, as plainly as can be. */
function inEnglish(value: number): string {
  const low =
    ' one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    )
  const tens = '  twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
  const parts = [
    value >= 1000 ? `${low[Math.floor(value / 1000)] ?? ''} thousand` : '',
    value % 1000 >= 100 ? `${low[Math.floor((value % 1000) / 100)] ?? ''} hundred` : '',
    value % 100 < 20 ? (low[value % 100] ?? '') : '',
    value % 100 >= 20 ? `${tens[Math.floor((value % 100) / 10)] ?? ''} ${low[value % 10] ?? ''}` : '',
  ]
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ')
}
