/** Digits said one by one: numbers of telephones, rooms, codes. The pauses between them become spaces. */
import type { NumberWords } from '../languages/language.ts'
import { HESITATION } from '../pauses.ts'
import type { Match, Reader } from './lexemes.ts'

/** Fewer could be a count. */
const FEWEST = 4
/** With a nought among them, or “double”, nobody counts. */
const FEWEST_WITH_NOUGHT = 3
/** Who reads out a number rests between its groups. */
const LONGEST_REST = 1.5

export function readDigits(reader: Reader, at: number): Match | undefined {
  const said: Said[] = []
  let to = at
  for (let one = readOne(reader, to, at); one !== undefined; one = readOne(reader, to, at)) {
    said.push(one)
    to = one.to
  }
  const values = said.flatMap(({ digit, times }) => Array.from({ length: times }, () => digit))
  if (values.length < FEWEST_WITH_NOUGHT) return undefined
  const certain = said.some(({ digit, times }, index) => times > 1 || (digit === 0 && index > 0))
  const enough = certain || values.length >= FEWEST
  const text = said.map(({ digit, times, rest }) => rest + `${digit}`.repeat(times)).join('')
  return { text: enough && !isCount(values) && !goesOn(reader.words, reader.next(to)) ? text : undefined, to }
}

function isCount(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value === (values[index - 1] ?? 0) + 1)
}

/** The last digit belongs to a larger number. */
function goesOn({ hundred, scales, point }: NumberWords, next: string): boolean {
  return hundred.has(next) || scales.has(next) || point.has(next)
}

interface Said {
  readonly digit: number
  readonly times: number
  /** A space, where the speaker rested before it. */
  readonly rest: '' | ' '
  readonly to: number
}

function readOne(reader: Reader, at: number, first: number): Said | undefined {
  const { repeats, small, nought } = reader.words
  const word = at === first ? reader.first(at) : reader.next(at, LONGEST_REST)
  const times = repeats.get(word)
  const name = times === undefined ? word : reader.next(at + 1)
  const digit = nought.has(name) ? 0 : small.get(name)
  if (digit === undefined || digit > 9) return undefined
  const rest = at > first && (reader.lexemes[at]?.pause ?? 0) >= HESITATION ? ' ' : ''
  return { digit, rest, times: times ?? 1, to: at + (times === undefined ? 1 : 2) }
}
