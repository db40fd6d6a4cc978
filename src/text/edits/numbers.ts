/** Number words become digits where a person would write digits. */
import type { Draft } from '../draft.ts'
import type { Language } from '../languages/language.ts'
import { readDigits } from '../numbers/digits.ts'
import { readEnglish } from '../numbers/english.ts'
import { readGerman } from '../numbers/german.ts'
import { lexemesOf, Reader, type Match } from '../numbers/lexemes.ts'
import { readQuantity } from '../numbers/quantities.ts'

const OF_LANGUAGE: Readonly<Record<string, (reader: Reader, at: number) => Match | undefined>> = {
  en: readEnglish,
  de: readGerman,
}

export function writeNumbers(draft: Draft): void {
  const languages = new Set(draft.tokens.flatMap(({ language }) => language ?? []))
  for (const language of languages) writeNumbersOf(draft, language)
}

function writeNumbersOf(draft: Draft, language: Language): void {
  const reader = new Reader(lexemesOf(draft, language), language.numbers)
  const special = OF_LANGUAGE[language.code]
  const read = (at: number): Match | undefined => {
    if (reader.lexemes[at]?.opens !== true) return undefined
    const match = special?.(reader, at) ?? readDigits(reader, at) ?? readQuantity(reader, at)
    return match !== undefined && reader.closes(match.to) ? match : undefined
  }
  for (let at = 0; at < reader.lexemes.length; at++) {
    const match = read(at)
    if (match === undefined) continue
    // Numbers that touch (“twenty four seven”, “two thirty”) are a saying or a list: they stay words.
    let end = match.to
    for (let other = touching(reader, read, end); other !== undefined; other = touching(reader, read, end)) {
      end = other.to
    }
    if (end === match.to && match.text !== undefined) write(draft, reader, at, match.to, match.text)
    at = end - 1
  }
}

function touching(reader: Reader, read: (at: number) => Match | undefined, at: number): Match | undefined {
  return reader.next(at) === '' ? undefined : read(at)
}

function write(draft: Draft, { lexemes }: Reader, from: number, to: number, replacement: string): void {
  const first = lexemes[from]?.token ?? -1
  const last = lexemes[to - 1]?.token ?? -1
  const [start, end] = [draft.token(first).coreStart, draft.token(last).coreEnd]
  draft.replace(first, last, { kind: 'number', start, end, replacement })
}
