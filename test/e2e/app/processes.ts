/** Processes of the app under test, as /proc has them; Linux. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** All processes below `pid`, itself included. */
export function family(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined
    if (stat !== undefined && stat.state !== 'Z') parents.set(Number(name), stat.parent)
  }
  const found = [pid]
  for (const member of found) {
    for (const [child, parent] of parents) if (parent === member) found.push(child)
  }
  return found.filter((member) => parents.has(member))
}

/** Those of the processes that still run. */
export function stillRunning(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    const stat = existsSync(`/proc/${pid}`) ? statOf(pid) : undefined
    return stat !== undefined && stat.state !== 'Z'
  })
}

/** Those of the processes whose command line holds `part`. */
export function membersWith(pids: readonly number[], part: string): number[] {
  return pids.filter((pid) => commandLine(pid).includes(part))
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return undefined
  }
}
