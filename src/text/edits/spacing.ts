/** No space before a mark, and one between words. */
import type { Draft } from '../draft.ts'

export function mendSpaces(draft: Draft): void {
  for (const [at, token] of draft.tokens.entries()) {
    const before = draft.tokens[at - 1]
    if (before === undefined || token.language === undefined) continue
    const gap = draft.raw.slice(before.end, token.start)
    const isMark = /^[.,:;?!]$/u.test(token.lead) && token.core === ''
    if (isMark && !token.language.spacedMarks.includes(token.lead) && !gap.includes('\n')) {
      draft.add({
        kind: 'spacing',
        start: before.end,
        end: token.start,
        replacement: '',
        glue: 'before',
        because: [],
      })
    } else if (/^ {2,}$/u.test(gap)) {
      draft.add({ kind: 'spacing', start: before.end + 1, end: token.start, replacement: '', because: [] })
    }
  }
}
