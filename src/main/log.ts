import process from 'node:process'
import type { Log } from '../shared/log.ts'

/** Lines on standard error; the everyday ones only when STENO_LOG is set. */
export const stderrLog: Log = (level, text) => {
  if (level === 'info' && process.env['STENO_LOG'] === undefined) return
  process.stderr.write(`[steno ${level}] ${text}\n`)
}
