/** One model: what it is, how it stands, and what can be done with it. */
import { memo, useId, useRef, type ReactElement } from 'react'
import type { ModelRow } from '../../../../shared/models.ts'
import { allLanguagesOf, factsOf, nameOf, standOf, trustOf } from '../words/models.ts'
import { DownloadBar } from './download-bar.tsx'
import { ModelButtons } from './model-buttons.tsx'

interface ModelRowProps {
  readonly row: ModelRow
  /** Whether it reads all dictations. */
  readonly inUse: boolean
}

export const ModelRowView = memo(function ModelRowView({ row, inUse }: ModelRowProps): ReactElement {
  const { card, state, usedBy, recommended } = row
  const id = useId()
  const main = useRef<HTMLButtonElement>(null)
  const stand = standOf(state)
  const wrong = state.kind === 'failed' || state.kind === 'broken'
  return (
    <li className="model-row" aria-labelledby={id} data-testid="model" data-state={state.kind}>
      <div className="model-words">
        <h2 id={id}>{nameOf(card)}</h2>
        {recommended && <span className="tag">Recommended for you</span>}
        {card.origin === 'imported' && <span className="tag">Imported</span>}
        <p>{card.goodFor}</p>
        <ul className="facts">
          {factsOf(card).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        {usedBy.length > 0 && <p className="field-detail">Used by {usedBy.join(', ')}.</p>}
        <details>
          <summary aria-label={`More about ${card.title}`}>More</summary>
          <p>{trustOf(card)}</p>
          {card.languages.length > 0 && <p>Languages: {allLanguagesOf(card)}.</p>}
        </details>
      </div>
      <ModelButtons row={row} inUse={inUse} main={main} />
      {stand !== undefined && (
        <div className="model-stand">
          <DownloadBar state={state} title={card.title} />
          <p className={wrong ? 'field-detail bad' : 'field-detail'}>{stand}</p>
        </div>
      )}
    </li>
  )
}, sameRow)

/** Main sends the whole list when one download has gone on: the others are equal, though not the same objects. */
function sameRow(before: ModelRowProps, after: ModelRowProps): boolean {
  return before.inUse === after.inUse && JSON.stringify(before.row) === JSON.stringify(after.row)
}
