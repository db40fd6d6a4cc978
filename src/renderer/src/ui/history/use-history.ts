/** What main finds for a query, page by page; the newest question wins. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { HistoryPage, HistoryQuery, HistoryRow } from '../../../../shared/history.ts'
import { useAppStore } from '../../state/app-store.ts'
import { ask } from '../../state/faults.ts'

export interface Found extends Omit<HistoryPage, 'rows'> {
  readonly rows: readonly HistoryRow[]
  /** Asks for the next rows. */
  readonly more: () => void
  /** Asks anew: something was changed. */
  readonly again: () => void
}

const NOTHING: HistoryPage = { rows: [], found: 0, seconds: 0, tags: [] }

/** Undefined until main has answered. */
export function useHistory(query: HistoryQuery): Found | undefined {
  const [page, setPage] = useState<HistoryPage>()
  const asked = useRef(0)
  // A new list from main means that a dictation ended, or that a text was changed.
  const today = useAppStore((state) => state.today)

  const again = useCallback(() => {
    const question = ++asked.current
    void ask(() => window.steno.searchHistory(query, null)).then((answer) => {
      if (question === asked.current) setPage(answer ?? NOTHING)
    })
  }, [query])
  useEffect(again, [again, today])

  if (page === undefined) return undefined
  const more = (): void => {
    const question = asked.current
    const last = page.rows.at(-1)
    if (last === undefined) return
    void ask(() => window.steno.searchHistory(query, last.id)).then((next) => {
      if (next !== undefined && question === asked.current)
        setPage({ ...next, rows: [...page.rows, ...next.rows] })
    })
  }
  return { ...page, more, again }
}
