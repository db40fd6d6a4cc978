/** What each model read, held against the first. */
import type { ReactElement } from 'react'
import type { Reading } from '../../../../shared/models.ts'
import { useAppStore } from '../../state/app-store.ts'
import { Difference } from '../parts/difference.tsx'
import { baseOf } from '../words/comparison.ts'
import { speedOf, titleOf } from '../words/models.ts'
import { sentences } from '../words/outcomes.ts'

export function Readings(): ReactElement | null {
  const readings = useAppStore((state) => state.readings)
  const models = useAppStore((state) => state.models)
  if (readings.length === 0) return null
  const base = baseOf(readings)
  return (
    <>
      <ul className="readings" aria-label="Readings">
        {readings.map((reading) => (
          <li key={reading.name} data-testid="reading" data-state={reading.result.kind}>
            <h3>{titleOf(models, reading.name)}</h3>
            <Read reading={reading} base={reading.name === base?.name ? undefined : base?.text} />
          </li>
        ))}
      </ul>
      {base !== undefined && (
        <p className="readings-key field-detail">
          Held against {titleOf(models, base.name)}: <ins>only here</ins>, <del>only there</del>. Capitals and
          marks do not count.
        </p>
      )}
    </>
  )
}

interface ReadProps {
  readonly reading: Reading
  /** Undefined where it is the first itself. */
  readonly base: string | undefined
}

function Read({ reading: { result }, base }: ReadProps): ReactElement {
  switch (result.kind) {
    case 'waiting':
      return <p className="field-detail">Waits for its turn.</p>
    case 'reading':
      return <p className="field-detail">Reading …</p>
    case 'failed':
      return <p className="field-detail bad">{sentences(result.error)}</p>
    case 'read':
      return (
        <>
          <p className="field-detail">
            {speedOf(result.realTimeFactor)}{' '}
            <span className="rtf">(real-time factor {Number(result.realTimeFactor.toPrecision(2))})</span>
          </p>
          {result.text === '' ? (
            <p className="field-detail">No words.</p>
          ) : (
            <Difference base={base ?? result.text} text={result.text} />
          )}
        </>
      )
  }
}
