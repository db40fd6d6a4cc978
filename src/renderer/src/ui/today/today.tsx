/** What was dictated today, newest first. */
import { useState, type ReactElement } from 'react'
import type { DictationId } from '../../../../shared/dictation.ts'
import { useAppStore } from '../../state/app-store.ts'
import { counted } from '../words/format.ts'
import { Row } from './row.tsx'

export function Today(): ReactElement {
  const rows = useAppStore((state) => state.today)
  const [playing, setPlaying] = useState<DictationId>()
  return (
    <section className="today" aria-labelledby="today-title">
      <header className="today-head">
        <h2 id="today-title">Today</h2>
        {rows.length > 0 && <p>{counted(rows.length, 'dictation')}</p>}
      </header>
      {rows.length === 0 ? (
        <p className="today-empty">Nothing yet. What you dictate today is kept here.</p>
      ) : (
        <ul className="rows">
          {rows.map((row) => (
            <Row key={row.id} row={row} playing={row.id === playing} setPlaying={setPlaying} />
          ))}
        </ul>
      )}
    </section>
  )
}
