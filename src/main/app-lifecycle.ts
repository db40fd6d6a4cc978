/**
 * The only listener of quit and of the last window's end. Leaving is one promise, whoever asks for it and however
 * often: everything on the stack is put away, then the process ends; at the deadline it ends regardless.
 */
import type { App } from 'electron'
import { settlesWithin, type Clock } from '../shared/clock.ts'
import { textOf } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'

export interface Lifecycle {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>
  readonly stack: AsyncDisposableStack
  readonly clock: Clock
  readonly deadlineMs: number
  readonly log: Log
}

export function runUntilQuit({ app, stack, clock, deadlineMs, log }: Lifecycle): void {
  let leaving: Promise<void> | undefined

  const leave = async (code: number): Promise<void> => {
    const begun = clock.now()
    const disposal = stack.disposeAsync().catch((error: unknown) => {
      log('error', `leaving was not clean: ${textOf(error)}`)
    })
    const done = await settlesWithin(clock, deadlineMs, disposal)
    log('info', `${done ? 'left' : 'left by force'} after ${Math.round(clock.now() - begun)} ms`)
    app.exit(code)
  }

  app.on('window-all-closed', () => {
    app.quit()
  })
  app.on('will-quit', (event) => {
    event.preventDefault()
    leaving ??= leave(0)
  })
  process.on('uncaughtException', (error) => {
    log('error', `unexpected: ${error.stack ?? error.message}`)
    leaving ??= leave(1)
  })
}
