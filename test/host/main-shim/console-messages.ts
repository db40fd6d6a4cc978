/** `console-message`: what a page writes to its console, as one line of text. */
import type { Payload, Protocol } from '../cdp/protocol.ts'

export interface ConsoleMessage {
  readonly level: 'debug' | 'info' | 'warning' | 'error'
  readonly message: string
  readonly lineNumber: number
  readonly sourceId: string
}

export function ofConsoleCall({
  type,
  args,
  stackTrace,
}: Payload<'Runtime.consoleAPICalled'>): ConsoleMessage {
  const [top] = stackTrace?.callFrames ?? []
  return {
    level: LEVELS[type] ?? 'info',
    message: args.map(textOf).join(' '),
    lineNumber: (top?.lineNumber ?? -1) + 1,
    sourceId: top?.url ?? '',
  }
}

export function ofException({ exceptionDetails }: Payload<'Runtime.exceptionThrown'>): ConsoleMessage {
  const { exception, lineNumber, url, text } = exceptionDetails
  const [what] = (exception?.description ?? '').split('\n')
  return {
    level: 'error',
    message: what === undefined || what === '' ? text : `${text} ${what}`,
    lineNumber: lineNumber + 1,
    sourceId: url ?? '',
  }
}

const LEVELS: Readonly<Record<string, ConsoleMessage['level']>> = {
  error: 'error',
  assert: 'error',
  warning: 'warning',
  debug: 'debug',
}

function textOf({ type, value, unserializableValue, description }: Protocol.Runtime.RemoteObject): string {
  if (type === 'string') return String(value)
  return unserializableValue ?? description ?? String(value)
}
