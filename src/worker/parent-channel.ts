/** The channel to the parent, and what ends with it. */
import process from 'node:process'
import type { ToWorker } from '../shared/worker-frames.ts'
import type { WorkerWorld } from './serve.ts'

/** Of a `child_process` with IPC. The process ends when its parent closes the channel or dies. */
export function parentChannel(): Omit<WorkerWorld, 'load'> {
  // Ctrl-C in a terminal reaches the whole process group: the parent decides what it means for us.
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit(0))
  return {
    post(frame) {
      // Once the parent is gone there is nobody to tell, and `disconnect` is about to be heard.
      if (process.connected) process.send?.(frame, undefined, undefined, () => undefined)
    },
    onFrame(listener) {
      // The parent is the same build of Steno and sends nothing else.
      process.on('message', (frame) => {
        listener(frame as ToWorker)
      })
    },
    usage: () => {
      const { user, system } = process.cpuUsage()
      return { rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 }
    },
    exit: () => process.exit(0),
  }
}
