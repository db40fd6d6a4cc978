/** What every command shares: how it fails in one line, how it is interrupted, how it ends. */
import process from 'node:process'
import { asStenoError, type StenoError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'

export const EXIT = { ok: 0, someInputFailed: 1, usage: 2, cannotTranscribe: 3, interrupted: 130 } as const

/** Thrown into the work by Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/**
 * Runs a command to its end and sets the exit code. The first SIGINT, SIGTERM or SIGHUP aborts the signal, so that
 * everything is put away on the normal path; a second one leaves at once.
 */
export async function runCommand(run: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const abort = new AbortController()
  const interrupt = (): void => {
    if (abort.signal.aborted) process.exit(EXIT.interrupted)
    abort.abort(new Interrupted('interrupted'))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  // A reader that has seen enough (`| head`) closes the pipe: no more output is wanted.
  process.stdout.on('error', () => {
    abort.abort(new Interrupted('nobody reads'))
  })
  try {
    process.exitCode = await run(abort.signal)
  } catch (error) {
    process.exitCode = error instanceof Interrupted ? EXIT.interrupted : exitCodeFor(asStenoError(error))
    if (!(error instanceof Interrupted)) complain(error)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt)
  }
}

function exitCodeFor(error: StenoError): number {
  return error.code === 'usage' ? EXIT.usage : EXIT.cannotTranscribe
}

/** One line on standard error: what happened, to which file, and what to do next. */
export function complain(error: unknown, file?: string): void {
  const { message, hint } = asStenoError(error)
  const parts = ['steno', ...(file === undefined ? [] : [file]), message]
  process.stderr.write(`${parts.join(': ')}${hint === undefined ? '' : ` ${hint}`}\n`)
}

export function stderrLog(verbose: boolean): Log {
  return (level, text) => {
    if (verbose) process.stderr.write(`[${level}] ${text}\n`)
  }
}
