/** Times of day as German says them: “sieben Uhr dreißig” → “7:30 Uhr”. */
import { readSmall, readSmallBehind } from './cardinals.ts'
import type { Match, Reader } from './lexemes.ts'

export function readGerman(reader: Reader, at: number): Match | undefined {
  const hour = readSmall(reader, at)
  if (hour === undefined || hour.value > 24 || reader.next(hour.to) !== 'uhr') return undefined
  const minutes = readSmallBehind(reader, hour.to + 1)
  if (minutes === undefined || minutes.value > 59) return { text: `${hour.value}`, to: hour.to }
  return { text: `${hour.value}:${`${minutes.value}`.padStart(2, '0')} Uhr`, to: minutes.to }
}
