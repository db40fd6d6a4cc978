/** Full stops for models that write none: at the end and at long pauses. By rule, so never a question mark. */
import type { Draft } from '../draft.ts'
import { ENDS_SENTENCE } from '../pauses.ts'
import type { Token } from '../token.ts'
import type { MarksSet } from './spoken-marks.ts'

/** A dictation of fewer words fills a field or a search box. */
const WORDS_AT_LEAST = 3

/** Full stops by the token behind which they were put. */
export function addFullStops(draft: Draft, marks: MarksSet): ReadonlyMap<number, number> {
  const stops = new Map<number, number>()
  // Who speaks the marks wants no others.
  if ([...marks.values()].some(({ ends, mark }) => ends === true && !mark.startsWith('\n'))) return stops
  const seen = draft.seen()
  if (seen.length < WORDS_AT_LEAST) return stops
  for (const [index, at] of seen.entries()) {
    const next = seen[index + 1]
    if (!endsWell(draft, at, marks) || isMark(draft, next, marks)) continue
    const place = next === undefined ? draft.tokens.length - 1 : longPause(draft.tokens, at, next)
    if (place === undefined) continue
    const { end } = draft.token(place)
    const because: readonly number[] = []
    const stop = { kind: 'full-stop', start: end, end, replacement: '.', glue: 'before', because } as const
    stops.set(place, draft.add(stop))
  }
  return stops
}

function isMark(draft: Draft, at: number | undefined, marks: MarksSet): boolean {
  return at !== undefined && marks.has(draft.claim(at)?.edit ?? -1)
}

/** A sentence may end with this word. */
function endsWell(draft: Draft, at: number, marks: MarksSet): boolean {
  const { language, word } = draft.token(at)
  return language !== undefined && !language.leadOn.has(word) && !isMark(draft, at, marks)
}

/** The token before the first long pause between two that are seen; among them may be some that were taken away. */
function longPause(tokens: readonly Token[], from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) if ((tokens[at + 1]?.pause ?? 0) >= ENDS_SENTENCE) return at
  return undefined
}
