/** The log, line by line. Pure. */
export type LogLevel = 'info' | 'warn' | 'error'

export interface LogLine {
  readonly text: string
  readonly level: LogLevel
}

/** More nobody reads in a window. */
const SHOWN = 400
const LEVELS: readonly LogLevel[] = ['info', 'warn', 'error']

/** The last lines of at least that level; what has none belongs to the line before it. */
export function linesOf(text: string, least: LogLevel): LogLine[] {
  let level: LogLevel = 'info'
  const lines = text.split('\n').filter((line) => line !== '')
  return lines
    .map((line): LogLine => {
      const said = /^\S+ (info|warn|error) /.exec(line)?.[1]
      level = LEVELS.find((one) => one === said) ?? level
      return { text: line, level }
    })
    .filter((line) => LEVELS.indexOf(line.level) >= LEVELS.indexOf(least))
    .slice(-SHOWN)
}
