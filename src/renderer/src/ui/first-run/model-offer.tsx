/** A better model than the built-in one, offered once and quietly: one can dictate meanwhile. */
import { useId, useRef, type ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { useHandOver } from '../parts/hand-over.ts'
import { DownloadBar } from '../models/download-bar.tsx'
import { run } from '../models/model-buttons.tsx'
import { change } from '../settings/use-settings.ts'
import { offered } from '../words/model-list.ts'
import { languagesOf, mainStepOf, offerDetail, offerTitle, size, standOf } from '../words/models.ts'

export function ModelOffer(): ReactElement | null {
  const id = useId()
  const row = useAppStore(({ models, settings }) => offered(models, settings.model))
  const wanted = useAppStore(({ settings }) => settings.offerModel)
  const card = useRef<HTMLElement>(null)
  const handOver = useHandOver(() => document.querySelector('main'))
  if (row === undefined || !wanted) return null
  const { name, licence, bytes } = row.card
  const step = mainStepOf(row, false)
  const stand = standOf(row.state)
  const untouched = row.state.kind === 'absent'
  return (
    <section
      className="offer"
      ref={card}
      aria-labelledby={id}
      data-testid="offer"
      data-state={row.state.kind}
    >
      <div className="offer-words">
        <h2 id={id}>{offerTitle(row)}</h2>
        <p>{offerDetail(row)}</p>
        {untouched && (
          <ul className="facts">
            <li>{size(bytes)} to download</li>
            <li>{languagesOf(row.card)}</li>
            <li>licence: {licence}</li>
          </ul>
        )}
        <DownloadBar state={row.state} title={row.card.title} />
        {stand !== undefined && (
          <p className={row.state.kind === 'failed' ? 'field-detail bad' : 'field-detail'}>{stand}</p>
        )}
      </div>
      <div className="offer-buttons">
        <button
          type="button"
          ref={handOver}
          aria-disabled={step.idle === true}
          onClick={() => {
            if (step.idle !== true) void run(step.action, name)
          }}
        >
          {step.action === 'use' ? 'Use it' : step.label}
        </button>
        <button
          type="button"
          className="quiet"
          ref={handOver}
          onClick={() => {
            change({ offerModel: false })
          }}
        >
          {untouched ? 'Not now' : 'Hide'}
        </button>
      </div>
    </section>
  )
}
