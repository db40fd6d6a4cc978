/** English number words. */
import { words, type NumberWords } from './language.ts'

const UNITS = 'zero one two three four five six seven eight nine'.split(' ')
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

function small(): Map<string, number> {
  const names = new Map([...UNITS, ...TEENS].map((name, value) => [name, value]))
  for (const [index, ten] of TENS.entries()) {
    const value = 10 * (index + 2)
    names.set(ten, value)
    for (let unit = 1; unit < 10; unit++) names.set(`${ten} ${UNITS[unit] ?? ''}`, value + unit)
  }
  return names
}

export const ENGLISH_NUMBERS: NumberWords = {
  small: small(),
  hundred: words('hundred'),
  hundreds: new Map(),
  scales: new Map([
    ['thousand', 1e3],
    ['million', 1e6],
    ['billion', 1e9],
    ['trillion', 1e12],
  ]),
  alone: words(''),
  one: words('a'),
  and: words('and'),
  nought: words('oh o'),
  repeats: new Map([
    ['double', 2],
    ['triple', 3],
  ]),
  point: words('point'),
  decimalMark: '.',
  groupMark: ',',
  percent: new Set(['percent', 'per cent']),
  percentSign: '%',
  currencies: new Map([
    ['dollars', { sign: '$', before: true, cents: 'cents' }],
    ['dollar', { sign: '$', before: true, cents: 'cents' }],
    ['euros', { sign: '€', before: true, cents: 'cents' }],
    ['euro', { sign: '€', before: true, cents: 'cents' }],
    ['yen', { sign: '¥', before: true }],
  ]),
  // Pounds are money and weight, so they stay a word.
  units:
    words(`degrees kilometers kilometres kilometer kilometre km meters metres meter metre centimeters centimetres
    centimeter centimetre millimeters millimetres millimeter millimetre miles mile inches inch kilograms kilogram kilos
    kilo grams gram milligrams milligram pounds pound ounces ounce liters litres liter litre milliliters millilitres
    gigabytes gigabyte megabytes megabyte kilobytes kilobyte terabytes terabyte hertz kilohertz megahertz gigahertz
    volts volt watts watt kilowatts kilowatt cents`),
}

/** Ordinals up to nineteen, the tens, and what stands behind larger cardinals. */
export const ENGLISH_ORDINALS: ReadonlyMap<string, number> = new Map([
  ...'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'
    .split(' ')
    .map((name, index): [string, number] => [name, index + 1]),
  ...TENS.map((name, index): [string, number] => [`${name.slice(0, -1)}ieth`, 10 * (index + 2)]),
  ['hundredth', 100],
  ['thousandth', 1000],
])

export const ENGLISH_DECADES: ReadonlyMap<string, number> = new Map(
  TENS.map((name, index) => [`${name.slice(0, -1)}ies`, 10 * (index + 2)]),
)
