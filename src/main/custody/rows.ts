/** What of a stored dictation a window gets. Pure. */
import type { DictationRow } from '../../shared/dictation.ts'
import type { HistoryRow } from '../../shared/history.ts'
import type { StoredDictation } from './stored.ts'

export function dictationRow(stored: StoredDictation): DictationRow {
  const { id, startedAt, seconds, outcome, sound, raw, text, edits, undone } = stored
  return { id, startedAt, seconds, outcome, hasSound: sound !== undefined, raw, text, edits, undone }
}

export function historyRow(stored: StoredDictation): HistoryRow {
  const { starred, tags, model } = stored
  return { ...dictationRow(stored), starred, tags, model }
}
