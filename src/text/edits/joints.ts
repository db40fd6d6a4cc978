/** A segment ends where the speaker breathed, and models then write a full stop even in mid-sentence. */
import type { Draft } from '../draft.ts'
import { ENDS_SENTENCE } from '../pauses.ts'

/** Takes the full stop away behind a word that no sentence ends with. Edits by the token they stand behind. */
export function mendJoints(draft: Draft): ReadonlyMap<number, number> {
  const mended = new Map<number, number>()
  for (const [at, { firstOfLine, pause }] of draft.tokens.entries()) {
    const last = draft.token(at - 1)
    if (!firstOfLine || pause === undefined || pause >= ENDS_SENTENCE || !draft.free(at - 1)) continue
    if (!/^(\.|…|\.\.\.)$/u.test(last.trail) || last.language?.leadOn.has(last.word) !== true) continue
    mended.set(
      at - 1,
      draft.add({ kind: 'joint', start: last.coreEnd, end: last.end, replacement: '', because: [] }),
    )
  }
  return mended
}
