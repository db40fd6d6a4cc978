/** A process of ours as an Electron utility process. The only importer of `utilityProcess`. */
import { utilityProcess } from 'electron'
import type { ProcessAdapter } from '../../supervisor/process-adapter.ts'

/** @param serviceName what the system's task manager calls it. */
export function utilityAdapter<To, From>(entry: string, serviceName: string): ProcessAdapter<To, From> {
  return {
    fork(events) {
      const child = utilityProcess.fork(entry, [`${process.pid}`], {
        serviceName,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let running = true
      let killWanted = false
      const kill = (): void => {
        killWanted = true
        if (!running || child.pid === undefined) return
        // Electron asks first and forces the end two seconds later; whoever kills has already asked.
        if (process.platform === 'win32') child.kill()
        else process.kill(child.pid, 'SIGKILL')
      }
      child.on('spawn', () => {
        // kill() does nothing before the process has a pid.
        if (killWanted) kill()
      })
      child.on('message', (frame: From) => {
        events.frame(frame)
      })
      child.stderr?.on('data', (chunk: Buffer) => {
        events.stderr(chunk.toString('utf8'))
      })
      child.on('exit', (code) => {
        running = false
        events.exit({ code, signal: null })
      })
      return {
        get pid() {
          return child.pid
        },
        post(frame) {
          if (running) child.postMessage(frame)
        },
        // The channel of a utility process closes with it and not before; the request to shut down does the asking.
        disconnect: () => undefined,
        kill,
      }
    },
  }
}
