/** The end of the log, and one file for whoever helps. */
import { useCallback, useEffect, useState, type ReactElement } from 'react'
import { ask } from '../../state/faults.ts'
import { linesOf, type LogLevel } from '../words/log.ts'

export function LogView(): ReactElement {
  const [text, setText] = useState<string>()
  const [least, setLeast] = useState<LogLevel>('info')
  const [saved, setSaved] = useState<string>()
  const read = useCallback(() => {
    void ask(() => window.steno.readLog()).then(setText)
  }, [])
  useEffect(read, [read])
  const lines = linesOf(text ?? '', least)
  return (
    <>
      <div className="field">
        <select
          aria-label="Lines to show"
          value={least}
          onChange={({ currentTarget }) => {
            setLeast(currentTarget.value === 'warn' ? 'warn' : 'info')
          }}
        >
          <option value="info">Everything</option>
          <option value="warn">Warnings and errors</option>
        </select>
        <button type="button" onClick={read}>
          Read again
        </button>
        <button
          type="button"
          onClick={() => {
            void ask(() => window.steno.saveBundle()).then((path) => {
              setSaved(path ?? undefined)
            })
          }}
        >
          Save a report …
        </button>
        <p className="field-detail" role="status">
          {saved === undefined
            ? 'The report has this log, your settings and this computer’s facts; nothing you said, and not your name.'
            : `Saved as ${saved}`}
        </p>
      </div>
      <div className="log" role="log" tabIndex={0} aria-label="Log">
        {lines.length === 0 && <p>Nothing.</p>}
        {lines.map(({ text: line, level }, index) => (
          <p key={index} data-level={level}>
            {line}
          </p>
        ))}
      </div>
    </>
  )
}
