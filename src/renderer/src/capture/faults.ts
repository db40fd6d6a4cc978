/** What `getUserMedia` may answer, in words that say what to do next. */
const FAULTS: Readonly<Record<string, string>> = {
  NotAllowedError:
    'Steno may not use the microphone. Allow it in the system’s privacy settings and try again.',
  NotFoundError: 'No microphone was found. Plug one in and try again.',
  NotReadableError: 'The microphone is in use by another program. Close that program and try again.',
  OverconstrainedError: 'This microphone cannot be used. Choose another one in the system’s sound settings.',
}

export function captureFault(error: unknown): string {
  const name = error instanceof DOMException || error instanceof Error ? error.name : ''
  return FAULTS[name] ?? `The microphone could not be opened (${String(error)}).`
}
