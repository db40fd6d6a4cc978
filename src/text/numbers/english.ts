/** What English does with its numbers alone: ordinals, years, decades, times of day. */
import { ENGLISH_DECADES, ENGLISH_ORDINALS } from '../languages/en-numbers.ts'
import { behindAnd, readCardinal, readSmall, readSmallBehind } from './cardinals.ts'
import type { Found, Match, Reader } from './lexemes.ts'
import { readDigit } from './quantities.ts'

const AM_PM = new Set(['am', 'pm', 'a.m', 'p.m', "o'clock"])

export function readEnglish(reader: Reader, at: number): Match | undefined {
  return readTime(reader, at) ?? readYear(reader, at) ?? readOrdinal(reader, at)
}

/** “seven thirty pm”, “seven o'clock”, “at seven thirty”. */
function readTime(reader: Reader, at: number): Match | undefined {
  const hour = readSmall(reader, at)
  if (hour === undefined || hour.value < 1 || hour.value > 12) return undefined
  const minutes = readMinutes(reader, hour.to)
  const { to } = minutes ?? hour
  const text = minutes === undefined ? `${hour.value}` : `${hour.value}:${minutes.value}`
  const half = readHalfOfDay(reader, to)
  if (half !== undefined) return { text: text + half.value, to: half.to }
  const told = minutes !== undefined && reader.first(at - 1) === 'at' && !counts(reader, to)
  return told ? { text, to } : undefined
}

/** “pm” stays as the model wrote it; in two letters it becomes one word. */
function readHalfOfDay(reader: Reader, at: number): Found<string> | undefined {
  const next = reader.next(at)
  if (AM_PM.has(next)) return { value: '', to: at }
  return /^[ap]$/u.test(next) && reader.next(at + 1) === 'm' ? { value: ` ${next}m`, to: at + 2 } : undefined
}

function readMinutes(reader: Reader, at: number): Found<string> | undefined {
  const tens = readSmallBehind(reader, at)
  if (tens !== undefined && tens.value >= 10 && tens.value < 60)
    return { value: `${tens.value}`, to: tens.to }
  return readNoughtAndDigit(reader, at)
}

/** “oh five” */
function readNoughtAndDigit(reader: Reader, at: number): Found<string> | undefined {
  const digit = reader.words.nought.has(reader.next(at)) ? readDigit(reader, at + 1) : undefined
  return digit === undefined ? undefined : { value: `0${digit}`, to: at + 2 }
}

/** “nineteen eighty four”, “twenty oh five”, “nineteen eighties”. */
function readYear(reader: Reader, at: number): Match | undefined {
  const century = reader.words.small.get(reader.first(at)) ?? 0
  if (century < 13 || century > 20) return undefined
  const decade = ENGLISH_DECADES.get(reader.next(at + 1))
  if (decade !== undefined) return { text: `${century}${decade}s`, to: at + 2 }
  const pair = readSmallBehind(reader, at + 1)
  if (pair !== undefined && pair.value >= 10) {
    return { text: counts(reader, pair.to) ? undefined : `${century}${pair.value}`, to: pair.to }
  }
  const unit = readNoughtAndDigit(reader, at + 1)
  return unit === undefined ? undefined : { text: `${century}${unit.value}`, to: unit.to }
}

/** Whether what follows is counted: then the number before it is an amount. */
function counts(reader: Reader, at: number): boolean {
  const { currencies, units, percent } = reader.words
  const next = reader.next(at)
  return currencies.has(next) || units.has(next) || percent.has(next)
}

/** From the tenth on; fractions (“one third”, “a tenth”) stay as they are. */
function readOrdinal(reader: Reader, at: number): Match | undefined {
  const before = reader.first(at - 1)
  const alone = ENGLISH_ORDINALS.get(reader.first(at))
  if (alone !== undefined) return readTenthOrLater(alone, before, at)
  const cardinal = readCardinal(reader, at)
  if (cardinal === undefined) return undefined
  const from = behindAnd(reader, cardinal.to)
  const word = reader.next(from)
  const ordinal = ENGLISH_ORDINALS.get(word)
  if (ordinal === undefined || (from > cardinal.to && cardinal.value % 100 !== 0)) return undefined
  // “a twenty second delay”
  const seconds = word === 'second' && (before === 'a' || before === 'per')
  const fits = !seconds && endsIn(cardinal.value, ordinal)
  return { text: fits ? withEnding(cardinal.value + ordinal) : undefined, to: from + 1 }
}

function readTenthOrLater(ordinal: number, before: string, at: number): Match | undefined {
  const fraction = before === 'a' || before === 'one'
  return ordinal >= 10 && !fraction ? { text: withEnding(ordinal), to: at + 1 } : undefined
}

/** Hundreds take any ordinal below a hundred, tens one below ten. */
function endsIn(value: number, ordinal: number): boolean {
  if (value % 100 === 0) return ordinal < 100
  return ordinal < 10 && value % 10 === 0 && value % 100 >= 20
}

function withEnding(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')
  return `${value}${ending}`
}
