/**
 * The only listener of quit and of the last window's end. Leaving is one promise, whoever asks for it and however
 * often: five acts are done in order, then the process ends; at the deadline it ends regardless.
 */
import type { App } from 'electron'
import { runActs, type Act } from '../shared/acts.ts'
import { settlesWithin, type Clock } from '../shared/clock.ts'
import { textOf } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'

export interface Lifecycle {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>
  /** What is to be put away; asked when the app leaves. */
  readonly acts: () => readonly Act[]
  readonly clock: Clock
  readonly deadlineMs: number
  readonly log: Log
}

/** @returns whether the app is leaving: then nothing new is begun. */
export function runUntilQuit({ app, acts, clock, deadlineMs, log }: Lifecycle): () => boolean {
  let leaving: Promise<void> | undefined

  const leave = async (code: number): Promise<void> => {
    const begun = clock.now()
    const disposal = runActs(acts(), clock, log).catch((error: unknown) => {
      log('error', `leaving was not clean: ${textOf(error)}`)
    })
    const done = await settlesWithin(clock, deadlineMs, disposal)
    log('info', `${done ? 'left' : 'left by force'} after ${Math.round(clock.now() - begun)} ms`)
    app.exit(code)
  }

  // The microphone's page is a window too: that all are closed means somebody is putting the app away.
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
  return () => leaving !== undefined
}
