/** Start, stop, cancel, the next step after an outcome, and hands-free. */
import { useRef, type ReactElement, type RefCallback } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { ask } from '../../state/faults.ts'
import { useHandOver } from '../parts/hand-over.ts'
import { Switch } from '../parts/switch.tsx'
import { nextStepOf, type Action } from '../words/outcomes.ts'

export function Controls(): ReactElement {
  const kind = useAppStore(({ dictation }) => dictation.kind)
  const recording = kind === 'starting' || kind === 'listening'
  const busy = kind === 'finishing' || kind === 'delivering'
  const primary = useRef<HTMLButtonElement>(null)
  const handOver = useHandOver(() => primary.current)
  return (
    <footer className="controls">
      <div className="buttons">
        {/* One button that changes its name keeps the focus. */}
        <button
          type="button"
          className="primary"
          data-recording={recording}
          ref={primary}
          aria-disabled={busy}
          onClick={() => {
            if (!busy) void ask(() => (recording ? window.steno.stop() : window.steno.start()))
          }}
        >
          <span className="record-mark" aria-hidden="true" />
          {recording ? 'Stop' : 'Dictate'}
        </button>
        {kind === 'idle' ? (
          <NextStepButtons handOver={handOver} />
        ) : (
          <button type="button" ref={handOver} onClick={() => void ask(() => window.steno.cancel())}>
            Cancel
          </button>
        )}
      </div>
      <HandsFree />
    </footer>
  )
}

interface NextStepProps {
  readonly handOver: RefCallback<HTMLElement>
}

function NextStepButtons({ handOver }: NextStepProps): ReactElement {
  const outcome = useAppStore((state) => state.outcome)
  const last = useAppStore(({ today }) => today[0])
  const modelFailed = useAppStore(({ model }) => model.state === 'failed')
  const step = outcome === undefined ? undefined : nextStepOf(outcome, last)
  return (
    <>
      {step !== undefined && (
        <button type="button" ref={handOver} onClick={() => void act(step.action, last?.id)}>
          {step.label}
        </button>
      )}
      {modelFailed && (
        <button type="button" ref={handOver} onClick={() => void ask(() => window.steno.tryAgain())}>
          Load the model again
        </button>
      )}
    </>
  )
}

async function act(action: Action, id: number | undefined): Promise<void> {
  if (action === 'undo') await ask(() => window.steno.undoCancel())
  else if (id !== undefined)
    await ask(() => (action === 'copy' ? window.steno.copy(id) : window.steno.retry(id)))
}

function HandsFree(): ReactElement {
  const handsFree = useAppStore(({ settings }) => settings.handsFree)
  return (
    <Switch
      label="Hands-free"
      on={handsFree}
      onChange={(on) => void ask(() => window.steno.setSettings({ handsFree: on }))}
    />
  )
}
