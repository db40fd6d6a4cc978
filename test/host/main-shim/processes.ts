/** What the operating system knows of processes; read from /proc, so most of it is known on Linux only. */
import { readFileSync, readdirSync } from 'node:fs'
import process from 'node:process'

/** Clock ticks per second in /proc; 100 on every Linux there is (sysconf(_SC_CLK_TCK)). */
const TICKS_PER_SECOND = 100

export interface ProcessFacts {
  readonly pid: number
  readonly args: readonly string[]
  /** Resident memory now and at its peak, in kilobytes. */
  readonly residentKb: number
  readonly peakKb: number
  readonly cpuSeconds: number
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Tells a process from a later one with the same id; empty where that cannot be known. */
export function startTimeOf(pid: number): string {
  return statFields(pid)[19] ?? ''
}

/** Undefined when the process is gone. */
export function factsOf(pid: number): ProcessFacts | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const [user, system] = statFields(pid).slice(11, 13).map(Number)
    return {
      pid,
      args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/),
      residentKb: kilobytes(status, 'VmRSS'),
      peakKb: kilobytes(status, 'VmHWM'),
      cpuSeconds: ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND,
    }
  } catch {
    return undefined
  }
}

/** The process ids of all children, their children and so on. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)])
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    )
  } catch {
    return []
  }
}

/** The fields of /proc/PID/stat from the third on: the second, the name, may itself hold spaces and brackets. */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0)
}
