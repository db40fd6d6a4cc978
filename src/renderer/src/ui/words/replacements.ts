/** The user's own words while they are typed in: rows, of which the last is always there to begin another. Pure. */
import type { Replacement } from '../../../../shared/edits.ts'

export interface Draft extends Replacement {
  /** Stays the row's own while others come and go. */
  readonly key: number
}

/** What is to be kept of the rows: those with something to replace, each once. */
export function keptOf(drafts: readonly Draft[]): readonly Replacement[] {
  const kept = new Map<string, Replacement>()
  for (const { from, to } of drafts) {
    const spoken = from.trim()
    if (spoken !== '' && !kept.has(spoken)) kept.set(spoken, { from: spoken, to: to.trim() })
  }
  return [...kept.values()]
}

export function draftsOf(replacements: readonly Replacement[]): readonly Draft[] {
  return withBlank(replacements.map(({ from, to }, key) => ({ key, from, to })))
}

export function changed(
  drafts: readonly Draft[],
  key: number,
  patch: Partial<Replacement>,
): readonly Draft[] {
  return withBlank(drafts.map((draft) => (draft.key === key ? { ...draft, ...patch } : draft)))
}

export function without(drafts: readonly Draft[], key: number): readonly Draft[] {
  return withBlank(drafts.filter((draft) => draft.key !== key))
}

export function isBlank({ from, to }: Replacement): boolean {
  return from === '' && to === ''
}

function withBlank(drafts: readonly Draft[]): readonly Draft[] {
  const last = drafts.at(-1)
  if (last !== undefined && isBlank(last)) return drafts
  const key = 1 + Math.max(-1, ...drafts.map((draft) => draft.key))
  return [...drafts, { key, from: '', to: '' }]
}
