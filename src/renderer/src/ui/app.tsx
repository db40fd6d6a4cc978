import { useEffect, type ReactElement } from 'react'
import type { AppSnapshot } from '../../../shared/dictation.ts'
import type { Dictaphone } from '../capture/dictaphone.ts'
import { useAppStore } from '../state/app-store.ts'
import { RecordButton } from './record-button.tsx'
import { statusOf } from './status.ts'

export function App({ dictaphone }: { readonly dictaphone: Dictaphone }): ReactElement {
  const snapshot = useAppStore()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && snapshot.state.kind === 'listening') void dictaphone.stop()
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
    }
  }, [dictaphone, snapshot.state.kind])

  return (
    <main className="app" data-state={snapshot.state.kind}>
      <header className="head">
        <h1>Steno</h1>
        <p className="model">
          {snapshot.model === undefined ? 'Loading the model …' : `Model ${snapshot.model}`}
        </p>
      </header>
      <Transcript snapshot={snapshot} />
      <Fault snapshot={snapshot} notice={snapshot.notice} />
      <footer className="foot">
        <RecordButton
          state={snapshot.state.kind}
          onPress={() => {
            void dictaphone.toggle()
          }}
        />
        <p className="status" role="status">
          {statusOf(snapshot.state)}
        </p>
      </footer>
    </main>
  )
}

function Transcript({ snapshot: { lines, state } }: { readonly snapshot: AppSnapshot }): ReactElement {
  return (
    <section className="transcript" aria-label="Transcript" aria-live="polite">
      {lines.length === 0 ? (
        <p className="hint">{state.kind === 'idle' ? 'What you say appears here.' : 'Listening …'}</p>
      ) : (
        <p data-testid="text">{lines.join(' ')}</p>
      )}
    </section>
  )
}

interface FaultProps {
  readonly snapshot: AppSnapshot
  readonly notice: string | undefined
}

function Fault({ snapshot: { error }, notice }: FaultProps): ReactElement | null {
  const text = notice ?? (error === undefined ? undefined : `${error.message} ${error.hint ?? ''}`)
  if (text === undefined) return null
  return (
    <p className="fault" role="alert">
      {text}
    </p>
  )
}
