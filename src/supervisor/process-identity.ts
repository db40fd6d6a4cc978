/** When a process began, as the operating system tells it: with the pid, that names one process for good. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { TUNING } from '../shared/tuning.ts'

/** An opaque text, equal for the same process only; undefined when no such process runs. */
export function startTimeOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return linuxStartTime(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    const [command, ...args] = query(pid)
    const answer = execFileSync(command, args, {
      encoding: 'utf8',
      timeout: TUNING.systemQueryMs,
      stdio: 'pipe',
    }).trim()
    return answer === '' ? undefined : answer
  } catch {
    return undefined
  }
}

/** Field 22 of proc(5) `stat`, in clock ticks since boot; the name in field 2 may hold blanks and brackets. */
export function linuxStartTime(stat: string): string | undefined {
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = afterName[0]
  return state === 'Z' || state === 'X' ? undefined : afterName[19]
}

function query(pid: number): [string, ...string[]] {
  if (process.platform === 'win32') {
    return ['powershell', '-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.Ticks`]
  }
  return ['ps', '-o', 'lstart=', '-p', `${pid}`]
}
