/** Sounds that are no words: “um”, “äh”, “euh”. */
import type { Draft } from '../draft.ts'
import type { Token } from '../token.ts'

/** @param cased the model tells upper from lower case, so ER and UM are abbreviations. */
export function removeFillers(draft: Draft, cased: boolean): void {
  for (const [at, token] of draft.tokens.entries()) {
    if (!draft.free(at) || !isFiller(token) || (cased && isAbbreviation(token))) continue
    const kept = token.language?.notFillers
    const behind = `${token.word} ${draft.token(at + 1).word}`
    const before = `${draft.token(at - 1).word} ${token.word}`
    if (kept?.has(behind) !== true && kept?.has(before) !== true) draft.remove(at, 'filler')
  }
}

/** “I, um, think”: the comma was there for the filler, for none follows a word that leads on. */
export function dropLooseCommas(draft: Draft): void {
  for (const [at, { coreEnd, end, trail, word, language }] of draft.tokens.entries()) {
    const loose = trail === ',' && language?.leadOn.has(word) === true
    if (!loose || !draft.free(at) || !draft.gone(at + 1)) continue
    draft.add({ kind: 'filler', start: coreEnd, end, replacement: '', because: [] })
  }
}

function isFiller({ word, lead, language }: Token): boolean {
  return lead === '' && language?.fillers.has(word) === true
}

function isAbbreviation({ core }: Token): boolean {
  return core.length > 1 && core === core.toUpperCase()
}
