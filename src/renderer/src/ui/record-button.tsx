import type { ReactElement } from 'react'
import type { DictationState } from '../../../shared/dictation.ts'

interface RecordButtonProps {
  readonly state: DictationState['kind']
  readonly onPress: () => void
}

export function RecordButton({ state, onPress }: RecordButtonProps): ReactElement {
  const recording = state === 'starting' || state === 'listening'
  return (
    <button type="button" className="record" aria-pressed={recording} onClick={onPress}>
      <span className="dot" aria-hidden="true" />
      {recording ? 'Stop' : 'Dictate'}
    </button>
  )
}
