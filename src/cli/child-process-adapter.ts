/** A process of ours as a Node child process: the command line's adapter. */
import { fork } from 'node:child_process'
import process from 'node:process'
import type { ProcessAdapter } from '../supervisor/process-adapter.ts'

export interface ForkOptions {
  readonly execArgv?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** @param entry absolute path of the entry file; its last argument is our pid, for it to watch. */
export function childProcessAdapter<To extends object, From>(
  entry: string,
  { execArgv = [], env = process.env }: ForkOptions = {},
): ProcessAdapter<To, From> {
  return {
    fork(events) {
      const child = fork(entry, [`${process.pid}`], {
        // Structured clone: typed arrays stay typed arrays.
        serialization: 'advanced',
        execArgv: [...execArgv],
        env,
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      let exited = false
      const exit = (code: number | null, signal: string | null): void => {
        if (exited) return
        exited = true
        events.exit({ code, signal })
      }
      child.on('message', (frame) => {
        // The other side is the same build of Steno and sends nothing else.
        events.frame(frame as From)
      })
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        events.stderr(text)
      })
      // Its last words explain the exit, so they are waited for. (The child's own 'close' never comes once we have
      // closed the channel.)
      child.on('exit', (code, signal) => {
        const report = (): void => {
          exit(code, signal)
        }
        if (child.stderr === null || child.stderr.closed) report()
        else child.stderr.once('close', report)
      })
      child.on('error', (error) => {
        events.stderr(error.message)
        if (child.pid === undefined) exit(null, null)
      })
      return {
        pid: child.pid,
        post(frame) {
          // The callback takes the error of a channel that closed meanwhile: the exit tells the rest.
          if (child.connected) child.send(frame, () => undefined)
        },
        disconnect() {
          if (child.connected) child.disconnect()
        },
        kill() {
          child.kill('SIGKILL')
        },
      }
    },
  }
}
