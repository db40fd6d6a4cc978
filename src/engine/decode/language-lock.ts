/**
 * Locks a multilingual model to one language by its letters: pieces with a letter that the language does not write
 * are never chosen. It cannot part languages of one alphabet; it does part Russian from Polish, and Polish from
 * Swedish where their own letters come up.
 */
import type { PieceTokenizer } from '../tokenizer/pieces.ts'

const LATIN = 'abcdefghijklmnopqrstuvwxyz'
const CYRILLIC = 'абвгдежзийклмнопрстуфхцчшщьюя'

/** Letters by ISO 639-1 code, of the languages that Parakeet v3 writes. Latin ones take a to z for granted: names. */
const ALPHABETS: Readonly<Record<string, string>> = {
  bg: `${CYRILLIC}ъѝ`,
  cs: `${LATIN}áčďéěíňóřšťúůýž`,
  da: `${LATIN}æøåéó`,
  de: `${LATIN}äöüßé`,
  el: 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ',
  en: `${LATIN}éèêëïöüñçà`,
  es: `${LATIN}áéíñóúü`,
  et: `${LATIN}äõöüšž`,
  fi: `${LATIN}äöåšž`,
  fr: `${LATIN}àâæçéèêëîïôœùûüÿ`,
  hr: `${LATIN}čćđšž`,
  hu: `${LATIN}áéíóöőúüű`,
  it: `${LATIN}àèéìíîòóùú`,
  lt: `${LATIN}ąčęėįšųūž`,
  lv: `${LATIN}āčēģīķļņšūž`,
  mt: `${LATIN}ċġħżàèìòù`,
  nl: `${LATIN}áàäéèëíïóöúü`,
  pl: `${LATIN}ąćęłńóśźż`,
  pt: `${LATIN}àáâãçéêíóôõúü`,
  ro: `${LATIN}ăâîșțşţ`,
  ru: `${CYRILLIC}ёъыэ`,
  sk: `${LATIN}áäčďéíĺľňóôŕšťúýž`,
  sl: `${LATIN}čšž`,
  sv: `${LATIN}åäöéà`,
  uk: `${CYRILLIC}ґєії`,
}

/**
 * By token id: 1 for a piece that the language may use, 0 for one with a foreign letter. Pieces without letters
 * (digits, punctuation, single bytes) may always be used.
 * @returns undefined for a language whose letters are not known: then nothing is locked
 */
export function languageLock(language: string, tokenizer: PieceTokenizer): Uint8Array | undefined {
  const alphabet = ALPHABETS[language]
  if (alphabet === undefined) return undefined
  const letters = new Set(alphabet)
  return Uint8Array.from({ length: tokenizer.size }, (_, id) =>
    Array.from(tokenizer.textOf(id).normalize('NFC').toLowerCase()).every(
      (letter) => !/\p{L}/u.test(letter) || letters.has(letter),
    )
      ? 1
      : 0,
  )
}

/** Does the vocabulary write in more than one script? */
export function isMultilingual(tokenizer: PieceTokenizer): boolean {
  for (let id = 0; id < tokenizer.size; id++)
    if (/\p{Script=Cyrillic}/u.test(tokenizer.textOf(id))) return true
  return false
}
