/** The channel to the parent, and what ends with it. */
import process from 'node:process'
import type { ToWorker } from '../shared/worker-frames.ts'
import type { WorkerWorld } from './serve.ts'

/** What is used of Electron's `process.parentPort`. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

type Channel = Pick<WorkerWorld, 'post' | 'onFrame'>

/** Of a utility process, or of a `child_process` with IPC. The process ends when its parent closes the channel or dies. */
export function parentChannel(): Omit<WorkerWorld, 'load'> {
  // Ctrl-C in a terminal reaches the whole process group: the parent decides what it means for us.
  process.on('SIGINT', () => undefined)
  const { parentPort } = process as { parentPort?: ParentPort }
  return {
    ...(parentPort === undefined ? childChannel() : utilityChannel(parentPort)),
    usage: () => {
      const { user, system } = process.cpuUsage()
      return { rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 }
    },
    exit: () => process.exit(0),
  }
}

/** Electron itself ends a utility process whose parent is gone. */
function utilityChannel(port: ParentPort): Channel {
  return {
    post(frame) {
      port.postMessage(frame)
    },
    onFrame(listener) {
      port.on('message', ({ data }) => {
        listener(asFrame(data))
      })
    },
  }
}

function childChannel(): Channel {
  process.on('disconnect', () => process.exit(0))
  // It closed before anybody listened.
  if (!process.connected) process.exit(0)
  return {
    post(frame) {
      // Once the parent is gone there is nobody to tell, and `disconnect` is about to be heard.
      if (process.connected) process.send?.(frame, undefined, undefined, () => undefined)
    },
    onFrame(listener) {
      process.on('message', (message) => {
        listener(asFrame(message))
      })
    },
  }
}

/** The parent is the same build of Steno and sends nothing else. */
function asFrame(message: unknown): ToWorker {
  return message as ToWorker
}
