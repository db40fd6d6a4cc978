/** Makes `process` look as it does in Electron's main process. */
import process from 'node:process'
import { app } from '../main-shim/app.ts'

/** The Electron whose typings the host is checked against, and its Chromium. */
const ELECTRON_VERSION = '45.4.1'
const CHROMIUM_VERSION = '154.0.0.0'

/** Returns what really ends the process: `process.exit` itself means `app.exit` from now on, as in Electron. */
export function describeProcess(executable: string, args: readonly string[]): (code: number) => void {
  const exitProcess = process.exit.bind(process)
  process.argv = [executable, ...args]
  Object.defineProperties(process, {
    type: { value: 'browser', enumerable: true },
    defaultApp: { value: true, enumerable: true },
    exit: {
      value: (code?: number) => {
        app.exit(Number(code ?? process.exitCode ?? 0))
      },
    },
  })
  for (const [name, value] of [
    ['electron', ELECTRON_VERSION],
    ['chrome', CHROMIUM_VERSION],
  ] as const) {
    Object.defineProperty(process.versions, name, { value, enumerable: true })
  }
  return exitProcess
}
