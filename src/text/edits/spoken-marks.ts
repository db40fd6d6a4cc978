/** “comma”, “question mark”, “new line”: said to be set. What stands around decides whether the word itself was meant. */
import type { Draft } from '../draft.ts'
import type { Language, SpokenMark } from '../languages/language.ts'
import { HESITATION } from '../pauses.ts'
import { EDGE, type Token } from '../token.ts'

interface Phrase {
  readonly words: readonly string[]
  readonly mark: SpokenMark
  readonly notBefore: ReadonlySet<string>
}

const phrasesOf = new WeakMap<Language, ReadonlyMap<string, readonly Phrase[]>>()

/** Edits → marks, for those that come after: which mark an edit set. */
export type MarksSet = ReadonlyMap<number, SpokenMark>

export function setSpokenMarks(draft: Draft, care: 'careful' | 'always'): MarksSet {
  const set = new Map<number, SpokenMark>()
  for (let at = 0; at < draft.tokens.length; at++) {
    const { language, word } = draft.token(at)
    if (language === undefined) continue
    const found = phrases(language)
      .get(word)
      ?.find((phrase) => isSaid(draft, at, phrase))
    if (found === undefined) continue
    const last = at + found.words.length - 1
    if (isMeant(draft, at, last, found, care)) set.set(write(draft, at, last, found.mark), found.mark)
    at = last
  }
  return set
}

function write(draft: Draft, from: number, to: number, { mark, glue }: SpokenMark): number {
  const [start, end] = [draft.token(from).start, draft.token(to).end]
  const side = glue === undefined ? {} : { glue }
  return draft.replace(from, to, { kind: 'spoken-mark', start, end, replacement: mark, ...side })
}

function phrases(language: Language): ReadonlyMap<string, readonly Phrase[]> {
  const known = phrasesOf.get(language)
  if (known !== undefined) return known
  const byFirst = new Map<string, Phrase[]>()
  for (const mark of language.marks) {
    for (const said of mark.said.split('|')) {
      const words = said.split(' ')
      const list = byFirst.get(words[0] ?? '') ?? []
      list.push({ words, mark, notBefore: new Set(mark.notBefore?.split(' ')) })
      byFirst.set(
        words[0] ?? '',
        list.sort((a, b) => b.words.length - a.words.length),
      )
    }
  }
  phrasesOf.set(language, byFirst)
  return byFirst
}

function isSaid(draft: Draft, at: number, { words }: Phrase): boolean {
  return words.every((word, index) => {
    const { word: spoken, lead, trail } = draft.token(at + index)
    const apart = lead !== '' || (trail !== '' && index < words.length - 1)
    return spoken === word && !apart && draft.free(at + index)
  })
}

function isMeant(
  draft: Draft,
  at: number,
  last: number,
  phrase: Phrase,
  care: 'careful' | 'always',
): boolean {
  const place = draft.before(at)
  const before = draft.token(place)
  // A mark that leans on the word before needs one.
  if (before === EDGE) return phrase.mark.glue === 'after' || phrase.mark.mark.startsWith('\n')
  if (before.trail === '' && draft.free(place) && isArticle(before)) return false
  return care === 'always' || isLikely(draft, at, last, phrase)
}

/** Whether pauses and the words around speak for the mark. */
function isLikely(draft: Draft, at: number, last: number, { mark, notBefore }: Phrase): boolean {
  const before = draft.token(draft.before(at))
  const after = draft.token(last + 1)
  if (mark.ends === true && mark.glue === 'before' && leadsOn(before)) return false
  if (draft.token(last).trail === '' && notBefore.has(after.word)) return false
  if (before.trail !== '' || isHesitation(draft.token(at))) return true
  const behindArticle = isArticle(draft.token(draft.before(draft.before(at))))
  if (isDescribing(before, behindArticle)) return false
  return mark.ordinary !== true || (!behindArticle && (after === EDGE || isHesitation(after)))
}

function isHesitation({ pause }: Token): boolean {
  return (pause ?? 0) >= HESITATION
}

function isDescribing({ word, language }: Token, behindArticle: boolean): boolean {
  return language?.describing.has(word) === true || (behindArticle && language?.ranking.has(word) === true)
}

function leadsOn({ word, language, trail }: Token): boolean {
  return trail === '' && language?.leadOn.has(word) === true
}

function isArticle({ word, language }: Token): boolean {
  return language?.articles.has(word) === true
}
