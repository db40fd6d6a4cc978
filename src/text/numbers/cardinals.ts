/** Whole numbers: below a hundred by name, then hundreds, then scales that fall. */
import type { Found, Reader } from './lexemes.ts'

/** “quatre vingt dix neuf” */
const MOST_WORDS_BELOW_HUNDRED = 4

export interface Cardinal extends Found<number> {
  /** Its last word, where that is million or more: a round number keeps it. */
  readonly scale?: string
  /** What stands before that word. */
  readonly before?: number
}

/** Below a hundred. */
export function readSmall(reader: Reader, at: number): Found<number> | undefined {
  return reader.longest(at, reader.words.small, MOST_WORDS_BELOW_HUNDRED)
}

/** Below a hundred, behind another word of the same number. */
export function readSmallBehind(reader: Reader, at: number): Found<number> | undefined {
  return reader.next(at) === '' ? undefined : readSmall(reader, at)
}

export function readCardinal(reader: Reader, at: number): Cardinal | undefined {
  let sum: Sum = { value: 0, limit: Infinity, to: at, last: undefined }
  for (;;) {
    const from = sum.to === at ? at : behindAnd(reader, sum.to)
    const group = from > at && reader.next(from) === '' ? undefined : readGroupOrScale(reader, from)
    if (group === undefined) break
    const scaled = withScale(reader, sum, group, at)
    if (scaled === undefined) return closed(sum, group, from) ?? readZero(reader, at)
    sum = scaled
  }
  return closed(sum) ?? readZero(reader, at)
}

/** The sum so far, with a last group where one fits below its last scale. */
function closed(sum: Sum, group?: Found<number>, from = 0): Cardinal | undefined {
  if (group !== undefined && group.to > from && group.value > 0 && group.value < sum.limit) {
    return { value: sum.value + group.value, to: group.to }
  }
  return sum.limit < Infinity ? { value: sum.value, to: sum.to, ...sum.last } : undefined
}

function readZero(reader: Reader, at: number): Cardinal | undefined {
  const zero = readSmall(reader, at)
  return zero?.value === 0 ? zero : undefined
}

interface Sum extends Found<number> {
  /** What comes is smaller. */
  readonly limit: number
  readonly last: { readonly scale: string; readonly before: number } | undefined
}

function withScale(reader: Reader, sum: Sum, group: Found<number>, at: number): Sum | undefined {
  const scale = group.to === at ? reader.first(at) : reader.next(group.to)
  const factor = reader.words.scales.get(scale)
  if (factor === undefined || factor >= sum.limit) return undefined
  const last = factor >= 1e6 && sum.to === at ? { scale, before: group.value } : undefined
  return { value: sum.value + group.value * factor, limit: factor, to: group.to + 1, last }
}

/** Up to three digits; English and German count hundreds beyond nine too, as in “nineteen hundred”. */
function readGroup(reader: Reader, at: number): Found<number> | undefined {
  const hundreds = readHundreds(reader, at)
  if (hundreds === undefined) return isOne(reader, at) ? { value: 1, to: at + 1 } : readSmall(reader, at)
  const from = behindAnd(reader, hundreds.to)
  const rest = readSmallBehind(reader, from)
  if (rest === undefined || rest.value === 0) return hundreds
  return { value: hundreds.value + rest.value, to: rest.to }
}

function readHundreds(reader: Reader, at: number): Found<number> | undefined {
  const { hundred, hundreds, alone } = reader.words
  const first = reader.first(at)
  const named = hundreds.get(first)
  if (named !== undefined) return { value: named, to: at + 1 }
  if (hundred.has(first) && alone.has(first)) return { value: 100, to: at + 1 }
  const count = isOne(reader, at) ? { value: 1, to: at + 1 } : readSmall(reader, at)
  if (count === undefined || count.value % 10 === 0 || count.value > 99) return undefined
  return hundred.has(reader.next(count.to)) ? { value: 100 * count.value, to: count.to + 1 } : undefined
}

/** “a” before hundred and thousand. */
function isOne(reader: Reader, at: number): boolean {
  const { one, hundred, scales } = reader.words
  const next = reader.next(at + 1)
  return one.has(reader.first(at)) && (hundred.has(next) || scales.has(next))
}

/** “mil”, “mille”, “tausend” alone are one of themselves: that takes no word, the scale is read behind it. */
function readGroupOrScale(reader: Reader, at: number): Found<number> | undefined {
  const { alone, scales } = reader.words
  const word = reader.first(at)
  return readGroup(reader, at) ?? (alone.has(word) && scales.has(word) ? { value: 1, to: at } : undefined)
}

export function behindAnd(reader: Reader, at: number): number {
  return reader.words.and.has(reader.next(at)) ? at + 1 : at
}
