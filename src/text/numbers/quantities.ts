/** Cardinals and decimals with what they count: per cent, money, units. */
import type { Currency } from '../languages/language.ts'
import { behindAnd, readCardinal, readSmallBehind } from './cardinals.ts'
import type { Found, Match, Reader } from './lexemes.ts'

/** Below ten a number in running text stays a word. */
const FIRST_IN_DIGITS = 10
/** From five digits on, thousands are set apart. */
const FIRST_GROUPED = 10_000

export function readQuantity(reader: Reader, at: number): Match | undefined {
  const number = readDecimal(reader, at) ?? readWhole(reader, at)
  if (number === undefined) return undefined
  const { currencies, units } = reader.words
  const next = reader.next(number.to)
  const currency = currencies.get(next)
  if (currency !== undefined) return readMoney(reader, number, currency)
  const share = readPercent(reader, number.to)
  if (share !== undefined) return { text: number.digits + reader.words.percentSign, to: share.to }
  // “one mile” and “un litre” are as often an article as a count.
  const measured = units.has(next) && number.digits !== '1'
  return { text: number.inWords && !measured ? undefined : number.digits, to: number.to }
}

function readPercent(reader: Reader, at: number): Found<true> | undefined {
  const { percent } = reader.words
  if (reader.next(at) === '') return undefined
  return reader.longest(at, { get: (name) => percent.has(name) || undefined }, 2)
}

interface Written {
  readonly digits: string
  readonly to: number
  /** Style leaves it in words where nothing it counts asks for digits. */
  readonly inWords: boolean
}

function readWhole(reader: Reader, at: number): Written | undefined {
  const cardinal = readCardinal(reader, at)
  if (cardinal === undefined) return undefined
  const { value, to, scale, before } = cardinal
  const { one, alone } = reader.words
  const first = reader.first(at)
  // “a hundred”, “tausend”: said of many as well as of so many.
  const vague = (one.has(first) && to === at + 2) || (alone.has(first) && to === at + 1)
  if (scale === undefined || before === undefined) {
    return { digits: grouped(reader, value), to, inWords: value < FIRST_IN_DIGITS || vague }
  }
  return { digits: `${grouped(reader, before)} ${writtenScale(reader, scale)}`, to, inWords: vague }
}

function readDecimal(reader: Reader, at: number): Written | undefined {
  const { point, decimalMark, scales } = reader.words
  const whole = readCardinal(reader, at)
  if (whole === undefined || whole.scale !== undefined || !point.has(reader.next(whole.to))) return undefined
  const fraction = readFraction(reader, whole.to + 1)
  if (fraction === undefined) return undefined
  const digits = `${grouped(reader, whole.value)}${decimalMark}${fraction.digits}`
  const scale = reader.next(fraction.to)
  const large = (scales.get(scale) ?? 0) >= 1e6
  return large
    ? { digits: `${digits} ${writtenScale(reader, scale)}`, to: fraction.to + 1, inWords: false }
    : { digits, to: fraction.to, inWords: false }
}

/** Digits one by one, or one number of two digits. */
function readFraction(
  reader: Reader,
  from: number,
): { readonly digits: string; readonly to: number } | undefined {
  let digits = ''
  let to = from
  for (let digit = readDigit(reader, to); digit !== undefined; digit = readDigit(reader, to)) {
    digits += `${digit}`
    to += 1
  }
  if (digits !== '') return { digits, to }
  const pair = readSmallBehind(reader, from)
  return pair === undefined ? undefined : { digits: `${pair.value}`, to: pair.to }
}

export function readDigit(reader: Reader, at: number): number | undefined {
  const { small, nought } = reader.words
  const word = reader.next(at)
  if (nought.has(word)) return 0
  const value = small.get(word)
  return value !== undefined && value < 10 ? value : undefined
}

function readMoney(reader: Reader, { digits, to }: Written, { sign, before, cents }: Currency): Match {
  const amount = (text: string): string => (before ? sign + text : `${text}\u00a0${sign}`)
  const from = behindAnd(reader, to + 1)
  const rest = cents === undefined ? undefined : readSmallBehind(reader, from)
  if (rest !== undefined && reader.next(rest.to) === cents && /^\d+$/u.test(digits)) {
    const hundredths = `${rest.value}`.padStart(2, '0')
    return { text: amount(`${digits}${reader.words.decimalMark}${hundredths}`), to: rest.to + 1 }
  }
  return { text: amount(digits), to: to + 1 }
}

function writtenScale({ words }: Reader, scale: string): string {
  return words.scalesHaveCapitals ? scale.charAt(0).toUpperCase() + scale.slice(1) : scale
}

function grouped({ words }: Reader, value: number): string {
  return value < FIRST_GROUPED ? `${value}` : `${value}`.replace(/\B(?=(?:\d{3})+$)/gu, words.groupMark)
}
