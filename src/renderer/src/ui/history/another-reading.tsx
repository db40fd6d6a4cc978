/** What another model reads in the same recording, held against the text there is. */
import { useState, type ReactElement } from 'react'
import type { AnotherReading as Reading, HistoryRow } from '../../../../shared/history.ts'
import type { ModelName, ModelRow } from '../../../../shared/models.ts'
import { ask } from '../../state/faults.ts'
import { Difference } from '../parts/difference.tsx'
import { nameOf, speedOf } from '../words/models.ts'

interface AnotherReadingProps {
  readonly row: HistoryRow
  readonly name: string
  /** Those on disk, without the one that wrote it. */
  readonly others: readonly ModelRow[]
  readonly changed: () => void
}

export function AnotherReading({ row, name, others, changed }: AnotherReadingProps): ReactElement {
  const [chosen, setChosen] = useState<ModelName>()
  const [busy, setBusy] = useState(false)
  const [reading, setReading] = useState<Reading>()
  const model = others.find(({ card }) => card.name === chosen) ?? others[0]
  if (model === undefined) {
    return (
      <p className="row-note">
        There is no other model on this computer:{' '}
        <a className="link" href="#models">
          get one
        </a>
        .
      </p>
    )
  }
  const read = async (): Promise<void> => {
    setBusy(true)
    setReading(undefined)
    setReading(await ask(() => window.steno.reread(row.id, model.card.name)))
    setBusy(false)
  }
  return (
    <div className="another-reading">
      <p className="row-ask">
        <select
          aria-label={`Model to read ${name} with`}
          value={model.card.name}
          onChange={({ currentTarget }) => {
            setChosen(currentTarget.value)
            setReading(undefined)
          }}
        >
          {others.map(({ card }) => (
            <option key={card.name} value={card.name}>
              {nameOf(card)}
            </option>
          ))}
        </select>
        <button type="button" aria-disabled={busy} onClick={() => void (busy ? undefined : read())}>
          {busy ? 'Reading …' : 'Read'}
        </button>
      </p>
      {reading !== undefined && (
        <>
          <Difference base={row.text} text={reading.text} />
          <p className="row-ask">
            <span className="field-detail">{speedOf(reading.realTimeFactor)}</span>
            <button
              type="button"
              onClick={() => void ask(() => window.steno.takeReading(row.id, reading.model)).then(changed)}
            >
              Use this text
            </button>
          </p>
        </>
      )}
    </div>
  )
}
