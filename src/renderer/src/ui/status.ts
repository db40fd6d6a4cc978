import type { DictationState } from '../../../shared/dictation.ts'

/** Lag below this is the rhythm of frames and segments, not slowness. */
const LAG_WORTH_SAYING_SECONDS = 1

/** The line under the button. Pure. */
export function statusOf(state: DictationState): string {
  switch (state.kind) {
    case 'idle':
      return 'Ready'
    case 'starting':
      return 'Opening the microphone …'
    case 'listening':
      return `Listening · ${state.seconds.toFixed(0)} s${lagOf(state.lagSeconds)}`
    case 'finishing':
      return `Finishing …${lagOf(state.lagSeconds)}`
  }
}

function lagOf(seconds: number): string {
  return seconds < LAG_WORTH_SAYING_SECONDS ? '' : ` · ${seconds.toFixed(1)} s behind`
}
