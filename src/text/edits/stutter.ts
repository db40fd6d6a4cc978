/** Words said twice by accident: “I I think”, “in the in the”, “th- the”. What grammar or emphasis doubles stays. */
import type { Draft } from '../draft.ts'
import { ENDS_SENTENCE } from '../pauses.ts'
import { EDGE, type Token } from '../token.ts'

export function removeStutter(draft: Draft, cased: boolean): void {
  const seen = draft.seen().filter((at) => draft.free(at))
  const token = (index: number): Token => draft.token(seen[index] ?? -1)
  for (let index = 0; index + 1 < seen.length; index++) {
    const at = seen[index] ?? -1
    const [here, next] = [token(index), token(index + 1)]
    if (isFalseStart(here, next) || isDoubled(here, next, cased)) {
      draft.remove(at, 'stutter')
    } else if (
      isPhraseTwice([here, next, token(index + 2), token(index + 3)], token(index + 4), token(index - 1))
    ) {
      draft.remove(at, 'stutter')
      draft.remove(seen[index + 1] ?? -1, 'stutter')
      index++
    }
  }
}

function isDoubled(here: Token, next: Token, cased: boolean): boolean {
  const { language } = here
  if (language === undefined || !flows(here, next) || here.word !== next.word) return false
  // A name, as that of the band The The; always capital is only I.
  const isName = cased && /^\p{Lu}/u.test(next.core) && !language.written.has(next.word)
  return language.stutters.has(here.word) && !isName
}

/** A word broken off and begun again. */
function isFalseStart(here: Token, next: Token): boolean {
  const stem = here.word.replace(/-+$/u, '')
  if (here.language === undefined || stem === '' || stem === here.word || here.trail !== '') return false
  return next.word !== here.word && next.word.startsWith(stem)
}

type Four = readonly [Token, Token, Token, Token]

/** “in the in the box”; not a chain (“step by step by step”), and not at the end, where it is meant. */
function isPhraseTwice([a, b, c, d]: Four, behind: Token, before: Token): boolean {
  if (`${a.word} ${b.word}` !== `${c.word} ${d.word}` || a.word === b.word) return false
  const begins = a.language?.phraseStarts.has(a.word) === true && !a.language.doubledVerbs.has(b.word)
  if (!begins || before.word === b.word || behind === EDGE || d.trail !== '') return false
  return flows(a, b) && flows(b, c) && flows(c, d) && flows(d, behind)
}

/** Nothing but a comma or a short pause between them. */
function flows(here: Token, next: Token): boolean {
  return /^,?$/u.test(here.trail) && next.lead === '' && (next.pause ?? 0) < ENDS_SENTENCE
}
