/** What can be done with a model. The first button stays and changes its name, so that it keeps the focus. */
import { useState, type ReactElement, type RefObject } from 'react'
import type { ModelName, ModelRow } from '../../../../shared/models.ts'
import { ask } from '../../state/faults.ts'
import { useHandOver } from '../parts/hand-over.ts'
import { mainStepOf, otherStepsOf, size, type ModelAction } from '../words/models.ts'
import { bytesOnDisk } from '../words/model-list.ts'

interface ModelButtonsProps {
  readonly row: ModelRow
  readonly inUse: boolean
  readonly main: RefObject<HTMLButtonElement | null>
}

export function ModelButtons({ row, inUse, main }: ModelButtonsProps): ReactElement {
  const { name, title } = row.card
  const [asking, setAsking] = useState(false)
  const handOver = useHandOver(() => main.current)
  const first = mainStepOf(row, inUse)
  const others = otherStepsOf(row)
  const deletable = others.some(({ action }) => action === 'remove')
  return (
    <div className="model-buttons">
      <button
        type="button"
        ref={main}
        aria-label={`${first.label}: ${title}`}
        aria-disabled={first.idle === true}
        onClick={() => {
          if (first.idle !== true) void run(first.action, name)
        }}
      >
        {first.label}
      </button>
      {others.map(({ action, label }) => (
        <button
          key={action}
          type="button"
          className="quiet"
          ref={handOver}
          aria-label={`${label}: ${title}`}
          aria-expanded={action === 'remove' ? asking : undefined}
          onClick={() => {
            if (action === 'remove') setAsking(!asking)
            else void run(action, name)
          }}
        >
          {label}
        </button>
      ))}
      {asking && deletable && (
        <div className="sure" role="group" aria-label={`Delete ${title}`}>
          <p>Delete {size(bytesOnDisk(row))} from the disk?</p>
          <button
            type="button"
            ref={handOver}
            onClick={() => {
              setAsking(false)
              void run('remove', name)
            }}
          >
            Delete it
          </button>
          <button
            type="button"
            ref={handOver}
            // Enter pressed twice must not delete.
            autoFocus
            onClick={() => {
              setAsking(false)
            }}
          >
            Keep it
          </button>
        </div>
      )}
    </div>
  )
}

/** Asks main for it. */
export async function run(action: ModelAction, name: ModelName): Promise<void> {
  const { steno } = window
  const calls = {
    download: () => steno.downloadModel(name),
    pause: () => steno.pauseModel(name),
    cancel: () => steno.cancelModel(name),
    verify: () => steno.verifyModel(name),
    remove: () => steno.removeModel(name),
    use: () => steno.useModel(name),
  }
  await ask(calls[action])
}
