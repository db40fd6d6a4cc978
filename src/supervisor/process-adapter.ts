/**
 * The seam between the supervisor and the operating system: `utilityProcess` in the app, `child_process` on the
 * command line, memory in tests. An adapter carries frames and reports the exit once; it decides nothing.
 */
import type { FromWorker, ToWorker } from '../shared/worker-frames.ts'

export interface ProcessExit {
  readonly code: number | null
  readonly signal: string | null
}

export interface ProcessEvents {
  frame(frame: FromWorker): void
  stderr(text: string): void
  /** Called exactly once, also when the process could not be started. */
  exit(exit: ProcessExit): void
}

export interface WorkerProcess {
  /** Undefined until the operating system has given one. */
  readonly pid: number | undefined
  /** Structured-clone copy; silently nothing once the process is gone. */
  post(frame: ToWorker): void
  /** Closes the channel; a worker ends by itself when its channel closes. */
  disconnect(): void
  /** Ends the process without asking; wanted before the spawn, it is done at the spawn. */
  kill(): void
}

export interface ProcessAdapter {
  fork(events: ProcessEvents): WorkerProcess
}

export function describeExit(exit: ProcessExit): string {
  if (exit.signal !== null) return `killed by ${exit.signal}`
  return exit.code === null ? 'gone' : `exit code ${exit.code}`
}
