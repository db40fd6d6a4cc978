/** All that a search finds, as one file. */
import { useState, type ReactElement } from 'react'
import { EXPORT_FORMATS, type ExportFormat, type HistoryQuery } from '../../../../shared/history.ts'
import { ask } from '../../state/faults.ts'

const WORDS: Readonly<Record<ExportFormat, string>> = {
  txt: 'Text',
  md: 'Markdown',
  json: 'JSON',
  csv: 'Table (CSV)',
  srt: 'Subtitles (SRT)',
}

export function Exporter({ query }: { readonly query: HistoryQuery }): ReactElement {
  const [format, setFormat] = useState<ExportFormat>('txt')
  const [saved, setSaved] = useState<string>()
  return (
    <div className="history-export">
      {saved !== undefined && <span role="status">Saved as {saved}</span>}
      <select
        aria-label="Format"
        value={format}
        onChange={({ currentTarget }) => {
          setFormat(EXPORT_FORMATS.find((one) => one === currentTarget.value) ?? 'txt')
        }}
      >
        {EXPORT_FORMATS.map((one) => (
          <option key={one} value={one}>
            {WORDS[one]}
          </option>
        ))}
      </select>
      <button
        type="button"
        onClick={() => {
          void ask(() => window.steno.exportDictations({ query }, format)).then((path) => {
            setSaved(path ?? undefined)
          })
        }}
      >
        Export …
      </button>
    </div>
  )
}
