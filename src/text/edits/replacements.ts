/** The user's own words: a word or phrase becomes what the user wants there. Whole words, the longest phrase first. */
import type { Draft } from '../draft.ts'
import type { Replacement } from '../../shared/edits.ts'
import { normalised, type Token } from '../token.ts'

interface Rule {
  readonly words: readonly string[]
  readonly to: string
}

export function replaceOwnWords(draft: Draft, replacements: readonly Replacement[]): void {
  const rules = rulesByFirstWord(replacements)
  if (rules.size === 0) return
  for (let at = 0; at < draft.tokens.length; at++) {
    const { word } = draft.token(at)
    const found = (rules.get(word) ?? rules.get(stem(word)))?.find((rule) => fits(draft, at, rule))
    if (found === undefined) continue
    const last = at + found.words.length - 1
    write(draft, at, last, found)
    at = last
  }
}

function write(draft: Draft, from: number, to: number, rule: Rule): void {
  const first = draft.token(from)
  const last = draft.token(to)
  const possessive = last.word === rule.words.at(-1) ? '' : last.core.slice(-2)
  const replacement = inCaseOf(first, rule.to) + possessive
  const [start, end] = [first.coreStart, last.coreEnd]
  if (replacement === draft.raw.slice(start, end)) draft.keep(from, to)
  else draft.replace(from, to, { kind: 'replacement', start, end, replacement })
}

function rulesByFirstWord(replacements: readonly Replacement[]): Map<string, Rule[]> {
  const rules = new Map<string, Rule[]>()
  for (const { from, to } of replacements) {
    const words = normalised(from).trim().split(/\s+/u)
    const first = words[0] ?? ''
    if (first === '' || to.trim() === '') continue
    const list = rules.get(first) ?? []
    list.push({ words, to: to.trim() })
    rules.set(first, list)
  }
  for (const list of rules.values()) list.sort((a, b) => b.words.length - a.words.length)
  return rules
}

function fits(draft: Draft, at: number, { words }: Rule): boolean {
  return words.every((wanted, index) => {
    const { word, lead, trail } = draft.token(at + index)
    const last = index === words.length - 1
    if ((index > 0 && lead !== '') || (!last && trail !== '')) return false
    return word === wanted || (last && stem(word) === wanted)
  })
}

/** Without an English possessive. */
function stem(word: string): string {
  return word.endsWith("'s") ? word.slice(0, -2) : word
}

/** What the user wrote with capitals stays so; otherwise the first letter follows the model's. */
function inCaseOf({ core }: Token, to: string): string {
  const capitalised = /^\p{Lu}\P{Lu}*$/u.test(core)
  return capitalised && to === to.toLowerCase() ? to.replace(/^\p{L}/u, (first) => first.toUpperCase()) : to
}
