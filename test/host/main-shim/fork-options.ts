/** The arguments of `utilityProcess.fork`, checked and completed as electron/lib/browser/api/utility-process.ts does. */
import process from 'node:process'
import type Electron from 'electron'

type Output = 'pipe' | 'ignore' | 'inherit'

export interface ForkPlan {
  readonly script: string
  readonly args: readonly string[]
  readonly execArgv: readonly string[]
  readonly name: string
  readonly cwd: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Output
  readonly stderr: Output
}

/** Throws Electron's errors for what it refuses. `args` may be left out. */
export function planFork(script: string, args: unknown, options: unknown): ForkPlan {
  if (script === '') throw new Error('Missing UtilityProcess entry script.')
  const [list, given] = isRecord(args) ? [[], args] : [args ?? [], isRecord(options) ? options : {}]
  const { execArgv = [], serviceName, cwd, stdio = 'inherit', env } = withoutNulls(given)
  if (!Array.isArray(execArgv)) throw new Error('execArgv must be an array of strings.')
  const name = displayName(serviceName)
  if (cwd !== undefined && typeof cwd !== 'string') throw new Error('cwd path must be a string.')
  const [stdout, stderr] = outputs(stdio)
  return {
    script,
    args: strings(list, 'args'),
    execArgv: strings(execArgv, 'execArgv'),
    name,
    cwd,
    env: environment(env),
    stdout,
    stderr,
  }
}

/**
 * The command line of Node for a child. V8's options come in the form that works in Electron, where `execArgv` goes to
 * Chromium too: `--js-flags=--max-old-space-size=64 --expose-gc`. Electron only warns of unhandled rejections in a
 * utility process (shell/services/node/node_service.cc).
 */
export function nodeFlags(execArgv: readonly string[]): string[] {
  const prefix = '--js-flags='
  const given = execArgv.flatMap((flag) =>
    flag.startsWith(prefix) ? flag.slice(prefix.length).split(/[\s,]+/) : [flag],
  )
  return ['--unhandled-rejections=warn-with-error-code', ...given]
}

function withoutNulls(
  options: Record<string, unknown>,
): Partial<Record<keyof Electron.ForkOptions, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null))
}

function displayName(serviceName: unknown = ''): string {
  if (typeof serviceName !== 'string') throw new Error('serviceName must be a string.')
  return serviceName === '' ? 'Node Utility Process' : serviceName
}

function outputs(stdio: unknown): readonly [stdout: Output, stderr: Output] {
  if (!Array.isArray(stdio)) {
    if (!isOutput(stdio)) throw new Error('stdio must be of the following values: inherit, pipe, ignore')
    return [stdio, stdio]
  }
  if (stdio.length < 3) throw new Error('configuration missing for stdin, stdout or stderr.')
  const [stdin, stdout, stderr] = stdio as readonly unknown[]
  if (stdin !== 'ignore') throw new Error('stdin value other than ignore is not supported.')
  if (!isOutput(stdout)) throw refusedOutput('stdout')
  if (!isOutput(stderr)) throw refusedOutput('stderr')
  return [stdout, stderr]
}

function refusedOutput(stream: string): Error {
  return new Error(`${stream} configuration must be of the following values: inherit, pipe, ignore`)
}

function isOutput(value: unknown): value is Output {
  return value === 'pipe' || value === 'ignore' || value === 'inherit'
}

/** An empty environment means the own one: so says the native half (electron_api_utility_process.cc). */
function environment(env: unknown): NodeJS.ProcessEnv {
  if (env === undefined) return { ...process.env }
  if (!isRecord(env)) throw new TypeError('Invalid value for env')
  const values = Object.values(env)
  if (values.some((value) => typeof value !== 'string')) throw new TypeError('Invalid value for env')
  return values.length === 0 ? { ...process.env } : { ...(env as NodeJS.ProcessEnv) }
}

function strings(list: unknown, name: string): readonly string[] {
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list
  throw new TypeError(`Invalid value for ${name}`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
