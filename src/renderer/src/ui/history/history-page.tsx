/** All dictations there ever were: found by words, time, outcome, star and tag. */
import { useState, type ReactElement } from 'react'
import type { DictationId } from '../../../../shared/dictation.ts'
import { byDay, foundIn } from '../words/history.ts'
import { Exporter } from './exporter.tsx'
import { Filters, useFilters } from './filters.tsx'
import { HistoryEntry } from './history-entry.tsx'
import { useHistory } from './use-history.ts'

export function HistoryPage(): ReactElement {
  const filters = useFilters()
  const found = useHistory(filters.query)
  const [playing, setPlaying] = useState<DictationId>()
  const days = byDay(found?.rows ?? [], Date.now())
  return (
    <div className="page history">
      <h1>History</h1>
      <Filters filters={filters} tags={found?.tags ?? []} />
      <div className="history-sum">
        <p role="status">{found === undefined ? 'Looking …' : foundIn(found.found, found.seconds)}</p>
        {found !== undefined && found.found > 0 && <Exporter query={filters.query} />}
      </div>
      {days.map(([day, rows]) => (
        <section key={day} aria-label={day}>
          <h2 className="history-day">{day}</h2>
          <ul className="rows card">
            {rows.map((row) => (
              <HistoryEntry
                key={row.id}
                row={row}
                playing={row.id === playing}
                setPlaying={setPlaying}
                changed={() => {
                  found?.again()
                }}
              />
            ))}
          </ul>
        </section>
      ))}
      {found !== undefined && found.rows.length < found.found && (
        <button type="button" onClick={found.more}>
          Show older ones
        </button>
      )}
    </div>
  )
}
