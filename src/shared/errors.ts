/**
 * The one error class of Steno. `code` is for programs, `message` is one line for people that says what happened,
 * `hint` what to do next. Cancellation is not an error code: an aborted call rejects with its `signal.reason`.
 */
export type ErrorCode =
  // what the user gave us
  | 'usage'
  | 'file-missing'
  | 'file-unreadable'
  | 'audio-empty'
  | 'audio-broken'
  | 'audio-unsupported'
  // the model folder
  | 'model-missing'
  | 'model-corrupt'
  | 'model-mismatch'
  | 'model-unsupported'
  | 'model-busy'
  | 'model-in-use'
  | 'download-failed'
  | 'disk-full'
  // the worker process
  | 'runtime-missing'
  | 'start-timeout'
  | 'worker-exited'
  | 'worker-hung'
  | 'utterance-set-aside'
  | 'circuit-open'
  | 'disposed'
  // the app
  | 'capture-malformed'
  | 'capture-incomplete'
  | 'capture-failed'
  | 'capture-silent'
  | 'ipc-refused'
  | 'ipc-malformed'
  | 'dictation-unknown'
  | 'sound-missing'
  | 'history-damaged'
  | 'delivery-failed'
  | 'keys-unavailable'
  | 'key-hook-failed'
  // a fault of ours
  | 'internal'

export interface ErrorFacts {
  /** What to do next, in the user's words. */
  readonly hint?: string
  /** The file it is about. */
  readonly file?: string
  readonly cause?: unknown
}

export class StenoError extends Error {
  override readonly name = 'StenoError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly file: string | undefined

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = code
    this.hint = facts.hint
    this.file = facts.file
  }
}

/** A StenoError as it crosses a process boundary; the cause survives as text. */
export interface WireError {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
  readonly file?: string
  readonly cause?: string
}

export function toWire(error: unknown): WireError {
  const known = asStenoError(error)
  return {
    code: known.code,
    message: known.message,
    ...(known.hint === undefined ? {} : { hint: known.hint }),
    ...(known.file === undefined ? {} : { file: known.file }),
    ...(known.cause === undefined ? {} : { cause: textOf(known.cause) }),
  }
}

export function fromWire(wire: WireError): StenoError {
  return new StenoError(wire.code, wire.message, wire)
}

/** Anything thrown, as a StenoError: what is not ours already becomes `internal`. */
export function asStenoError(error: unknown): StenoError {
  if (error instanceof StenoError) return error
  return new StenoError('internal', textOf(error), { cause: error })
}

/** Whether a file system call failed because there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
