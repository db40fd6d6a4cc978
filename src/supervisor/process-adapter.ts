/**
 * The seam between those who keep a process and the operating system: `utilityProcess` in the app, `child_process` on
 * the command line, memory in tests. An adapter carries frames (`To` the process, `From` it) and reports the exit once;
 * it decides nothing.
 */

export interface ProcessExit {
  readonly code: number | null
  readonly signal: string | null
}

export interface ProcessEvents<From> {
  frame(frame: From): void
  stderr(text: string): void
  /** Called exactly once, also when the process could not be started. */
  exit(exit: ProcessExit): void
}

export interface OwnProcess<To> {
  /** Undefined until the operating system has given one. */
  readonly pid: number | undefined
  /** Structured-clone copy; silently nothing once the process is gone. */
  post(frame: To): void
  /** Closes the channel; the process ends by itself when its channel closes. */
  disconnect(): void
  /** Ends the process without asking; wanted before the spawn, it is done at the spawn. */
  kill(): void
}

export interface ProcessAdapter<To, From> {
  fork(events: ProcessEvents<From>): OwnProcess<To>
}

export function describeExit(exit: ProcessExit): string {
  if (exit.signal !== null) return `killed by ${exit.signal}`
  return exit.code === null ? 'gone' : `exit code ${exit.code}`
}
