/** Why there is no sound, in words that say what to do next. */
import type { CaptureFault } from '../../shared/capture.ts'
import { StenoError } from '../../shared/errors.ts'

const WORDS: Readonly<Record<CaptureFault, { readonly message: string; readonly hint: string }>> = {
  denied: {
    message: 'Steno may not use the microphone.',
    hint: 'Allow it in the system’s privacy settings and try again.',
  },
  'no-device': { message: 'No microphone was found.', hint: 'Plug one in and try again.' },
  busy: {
    message: 'The microphone is in use by another program.',
    hint: 'Close that program, or choose another microphone in the settings.',
  },
  lost: {
    message: 'The microphone was unplugged.',
    hint: 'What was heard until then is transcribed. Plug it in again to go on.',
  },
  broken: {
    message: 'The microphone could not be started.',
    hint: 'Try again; if that does not help, choose another microphone in the settings.',
  },
}

export function captureError(fault: CaptureFault): StenoError {
  const { message, hint } = WORDS[fault]
  return new StenoError('capture-failed', message, { hint })
}

/** No sample has come in the time a microphone may take to open. */
export function silentCapture(seconds: number): StenoError {
  return new StenoError('capture-silent', `The microphone gave no sound for ${seconds} seconds.`, {
    hint: 'Check that it is plugged in and switched on, then try again.',
  })
}
