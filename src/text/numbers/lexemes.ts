/** The words of the text as parts of numbers: “twenty-five” is two of them, “zweihundertfünf” three. */
import type { Draft } from '../draft.ts'
import type { Language, NumberWords } from '../languages/language.ts'
import { PARTS_NUMBER } from '../pauses.ts'

export interface Lexeme {
  readonly word: string
  readonly token: number
  /** First and last part of its token: a number begins and ends with whole words. */
  readonly opens: boolean
  readonly closes: boolean
  /** No number goes on from the part before to this one. */
  readonly parted: boolean
  /** Seconds before it. */
  readonly pause: number
}

export function lexemesOf(draft: Draft, language: Language): Lexeme[] {
  const lexemes: Lexeme[] = []
  for (const [token, { word, lead, pause = 0, language: own }] of draft.tokens.entries()) {
    const before = draft.token(token - 1)
    const usable = own === language && draft.free(token)
    const parts = usable ? partsOf(word, language.numbers) : ['']
    for (const [index, part] of parts.entries()) {
      lexemes.push({
        word: part,
        token,
        opens: index === 0,
        closes: index === parts.length - 1,
        parted: index === 0 && (token === 0 || before.trail !== '' || lead !== ''),
        pause: index === 0 ? pause : 0,
      })
    }
  }
  return lexemes
}

function partsOf(word: string, { compound }: NumberWords): string[] {
  const parts = word.split('-').flatMap((part) => {
    if (compound === undefined) return [part]
    return part.replace(compound, ' $& ').trim().split(/\s+/u)
  })
  return parts.every((part) => part !== '') ? parts : [word]
}

/** Reads lexemes. The empty word stands for what is in no number, and is in no table. */
export class Reader {
  readonly lexemes: readonly Lexeme[]
  readonly words: NumberWords

  constructor(lexemes: readonly Lexeme[], words: NumberWords) {
    this.lexemes = lexemes
    this.words = words
  }

  /** The word at `at`, if it follows the word before it in the same number; else the empty word. */
  next(at: number, longestPause = PARTS_NUMBER): string {
    const lexeme = this.lexemes[at]
    if (lexeme === undefined || lexeme.parted || lexeme.pause >= longestPause) return ''
    return lexeme.word
  }

  first(at: number): string {
    return this.lexemes[at]?.word ?? ''
  }

  /** Whether a number that ends before `to` ends with a whole word. */
  closes(to: number): boolean {
    return this.lexemes[to - 1]?.closes === true
  }

  /** The longest name in a table that begins at `at`: what it stands for, and where it ends. */
  longest<T>(at: number, names: { get(name: string): T | undefined }, most: number): Found<T> | undefined {
    let name = this.first(at)
    let found: Found<T> | undefined
    for (let to = at + 1; to <= at + most; to++) {
      const value = names.get(name)
      if (value !== undefined) found = { value, to }
      const word = this.next(to)
      if (word === '') break
      name += ` ${word}`
    }
    return found
  }
}

export interface Found<T> {
  readonly value: T
  /** Behind its last lexeme. */
  readonly to: number
}

/** A number that was read. */
export interface Match {
  /** What is written for it; undefined leaves the words. */
  readonly text: string | undefined
  readonly to: number
}
