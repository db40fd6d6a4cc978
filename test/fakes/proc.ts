/** What the operating system says about processes (Linux). */
import { setTimeout as sleep } from 'node:timers/promises'
import { readdirSync, readFileSync } from 'node:fs'
import { startTimeOf } from '../../src/supervisor/process-identity.ts'

const POLL_MS = 10

/** Living children of `parent`, zombies left out. */
export function childPids(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && startTimeOf(pid) !== undefined && parentOf(pid) === parent)
}

/**
 * Settles once the process has worked for `seconds` from now on. A process that was given work that never ends is then
 * deep in it: everything before takes a fraction of that.
 */
export async function busyFor(pid: number, seconds: number): Promise<void> {
  const until = processorSeconds(pid) + seconds
  while (processorSeconds(pid) < until) await sleep(POLL_MS)
}

/** Fields of proc(5) `stat` from the third on, behind the name in brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function parentOf(pid: number): number {
  return Number(statFields(pid)?.[1])
}

/** User time; Linux counts it in hundredths of a second. Of a process that is gone: endless, so that nobody waits. */
function processorSeconds(pid: number): number {
  const ticks = statFields(pid)?.[11]
  return ticks === undefined ? Infinity : Number(ticks) / 100
}

/** Polls until the process is gone; false when it still runs after `ms`. */
export async function gone(pid: number, ms: number): Promise<boolean> {
  const end = performance.now() + ms
  while (startTimeOf(pid) !== undefined) {
    if (performance.now() > end) return false
    await sleep(POLL_MS)
  }
  return true
}
