/** What a screen reader is told when the state has changed. Pure. */
import type { AppSnapshot } from '../../../../shared/dictation.ts'
import { headOf } from './format.ts'
import { modelNews } from './models.ts'
import { sentences, wordsOfOutcome } from './outcomes.ts'

/** Longer texts are not read out: their beginning tells which one it is. */
const READ_OUT_AT_MOST = 300

const STATES: Readonly<Record<AppSnapshot['dictation']['kind'], string | undefined>> = {
  // How it ended is told by the outcome.
  idle: undefined,
  starting: 'Preparing',
  listening: 'Listening',
  finishing: 'Finishing',
  delivering: undefined,
}

/**
 * Nothing of the text while it grows: a voice that reads it would be dictated, too. Errors among the notices are alerts
 * and tell themselves.
 */
export function newsOf(before: AppSnapshot, after: AppSnapshot): readonly string[] {
  const news: (string | undefined)[] = []
  if (after.dictation.kind !== before.dictation.kind) news.push(STATES[after.dictation.kind])
  if (after.outcome !== before.outcome) news.push(outcomeNews(after))
  if (after.notices !== before.notices) {
    const known = new Set(before.notices.map(({ id }) => id))
    const fresh = after.notices.filter(({ id, level }) => level !== 'error' && !known.has(id))
    news.push(
      ...fresh.map(({ text, hint }) => sentences({ message: text, ...(hint === undefined ? {} : { hint }) })),
    )
  }
  if (after.models !== before.models) news.push(...modelNews(before.models, after.models))
  return news.filter((text) => text !== undefined)
}

function outcomeNews({ outcome, lines }: AppSnapshot): string | undefined {
  if (outcome === undefined) return undefined
  if (outcome.kind === 'copied')
    return `Copied: ${headOf(lines.map(({ text }) => text).join(' '), READ_OUT_AT_MOST)}`
  const { title, detail } = wordsOfOutcome(outcome)
  return `${title}. ${detail}`
}
