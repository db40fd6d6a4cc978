/** What `getUserMedia` and the audio graph may throw, as a fault main has words for. Pure. */
import type { CaptureFault } from '../../../shared/capture.ts'

const FAULTS: Readonly<Partial<Record<string, CaptureFault>>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'no-device',
  // The device that was asked for by its id is gone.
  OverconstrainedError: 'no-device',
  NotReadableError: 'busy',
  // Chromium's word for a device that fails while it starts.
  AbortError: 'busy',
}

/** The one to tell first, when the devices of a chain failed for different reasons. */
const WORST_FIRST: readonly CaptureFault[] = ['denied', 'busy', 'broken', 'no-device', 'lost']

export interface Failure {
  readonly fault: CaptureFault
  /** The browser's words, for the log. */
  readonly detail: string
}

export function failureOf(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
  return { fault: FAULTS[name] ?? 'broken', detail: `${name}: ${message}` }
}

/** One fault for several; their details in the order they came. */
export function worstOf(failures: readonly Failure[]): Failure {
  const fault = WORST_FIRST.find((candidate) => failures.some((failure) => failure.fault === candidate))
  return { fault: fault ?? 'no-device', detail: failures.map(({ detail }) => detail).join('; ') }
}
