/** The state in big letters, how it goes on, and the numbers of the dictation under way. */
import type { ReactElement } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useAppStore } from '../../state/app-store.ts'
import { PhraseView } from '../parts/phrase-view.tsx'
import { duration, milliseconds } from '../words/format.ts'
import { lagWords, statusOf } from '../words/status.ts'

export function StageHead(): ReactElement {
  const slices = useAppStore(
    useShallow(({ dictation, outcome, model, settings, keys }) => ({
      dictation,
      outcome,
      model,
      settings,
      keys,
    })),
  )
  const { title, detail, tone } = statusOf(slices)
  const { dictation } = slices
  return (
    <header className="stage-head" data-tone={tone}>
      <div className="stage-words">
        <p className="stage-title">
          <span className="lamp" aria-hidden="true" />
          {title}
        </p>
        <p className="stage-detail">
          <PhraseView phrase={detail} />
        </p>
      </div>
      {dictation.kind !== 'idle' && dictation.kind !== 'starting' && (
        <div className="stage-numbers">
          <Seconds />
          <p className="stage-facts">
            <Lag />
            {dictation.kind === 'listening' && <span>ready in {milliseconds(dictation.readyMs)}</span>}
          </p>
        </div>
      )}
    </header>
  )
}

/** Drawn once a second, though the meter changes twenty times. */
function Seconds(): ReactElement {
  const shown = useAppStore(({ meter }) => duration(meter.seconds))
  return <p className="stage-seconds">{shown}</p>
}

function Lag(): ReactElement | null {
  const words = useAppStore(({ meter }) => lagWords(meter.lagSeconds))
  return words === '' ? null : <span className="lag">{words}</span>
}
