/** The transcription worker as a Node child process: the command line's adapter. */
import { fork } from 'node:child_process'
import process from 'node:process'
import type { ProcessAdapter } from '../supervisor/process-adapter.ts'
import type { FromWorker } from '../shared/worker-frames.ts'

/** @param entry absolute path of the worker's entry file; its last argument is our pid, for it to watch. */
export function childProcessAdapter(entry: string, execArgv: readonly string[] = []): ProcessAdapter {
  return {
    fork(events) {
      const child = fork(entry, [`${process.pid}`], {
        // Structured clone: typed arrays stay typed arrays.
        serialization: 'advanced',
        execArgv: [...execArgv],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      let exited = false
      const exit = (code: number | null, signal: string | null): void => {
        if (exited) return
        exited = true
        events.exit({ code, signal })
      }
      child.on('message', (frame) => {
        // The worker is the same build of Steno and sends nothing else.
        events.frame(frame as FromWorker)
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
