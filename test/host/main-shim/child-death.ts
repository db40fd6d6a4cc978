/** How Chromium and Electron tell what a child died of, on POSIX. */
import { constants } from 'node:os'
import type Electron from 'electron'

/** What waitpid said, as Node reports it. */
export type Death =
  { readonly code: number; readonly signal: null } | { readonly code: null; readonly signal: NodeJS.Signals }

/** base/process/kill_posix.cc, GetTerminationStatus. */
const CRASHES: readonly NodeJS.Signals[] = [
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGSEGV',
  'SIGTRAP',
  'SIGSYS',
]
const KILLS: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT']

/**
 * The argument of `exit`: the process's own code, or the bare number of the signal (without waitpid's core-dump bit,
 * which Node does not tell); 0 where the end was asked for (electron_api_utility_process.cc, HandleTermination).
 */
export function exitCodeOf({ code, signal }: Death, killedByUs: boolean): number {
  if (signal === null) return code
  return killedByUs && (signal === 'SIGTERM' || signal === 'SIGKILL') ? 0 : constants.signals[signal]
}

/**
 * What `child-process-gone` says; undefined for the ends it is not emitted for. Its exit code is waitpid's raw status
 * (docs: "e.g. status from waitpid"): a process's own code is in the upper byte, as in Chromium's "exit_code=512" for 2.
 * That reading of the sources was never tried on Electron.
 */
export function goneDetails({ code, signal }: Death, name: string): Electron.Details | undefined {
  if (signal !== null) {
    const reason = reasonOf(signal)
    return reason === undefined ? undefined : details(reason, constants.signals[signal], name)
  }
  return code === 0 ? undefined : details('abnormal-exit', code << 8, name)
}

/** For a child that could not be started at all. */
export function launchFailed(name: string): Electron.Details {
  return details('launch-failed', 1, name)
}

function reasonOf(signal: NodeJS.Signals): 'crashed' | 'killed' | undefined {
  if (CRASHES.includes(signal)) return 'crashed'
  return KILLS.includes(signal) ? 'killed' : undefined
}

function details(reason: Electron.Details['reason'], exitCode: number, name: string): Electron.Details {
  return { type: 'Utility', reason, exitCode, serviceName: 'node.mojom.NodeService', name }
}
