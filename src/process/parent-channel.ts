/** The channel of a process of ours to its parent, and what ends with it. */
import process from 'node:process'

export interface ParentChannel<In, Out> {
  post(frame: Out): void
  onFrame(listener: (frame: In) => void): void
  /** Ends this process. */
  exit(): void
}

/** What is used of Electron's `process.parentPort`. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

type Channel<In, Out> = Pick<ParentChannel<In, Out>, 'post' | 'onFrame'>

/**
 * Of a utility process, or of a `child_process` with IPC. The process ends when its parent closes the channel or dies.
 * Frames are not looked at: the parent is the same build of Steno and sends nothing else.
 */
export function parentChannel<In, Out>(): ParentChannel<In, Out> {
  // Ctrl-C in a terminal reaches the whole process group: the parent decides what it means for us.
  process.on('SIGINT', () => undefined)
  const { parentPort } = process as { parentPort?: ParentPort }
  return {
    ...(parentPort === undefined ? childChannel<In, Out>() : utilityChannel<In, Out>(parentPort)),
    exit: () => process.exit(0),
  }
}

/** Electron itself ends a utility process whose parent is gone. */
function utilityChannel<In, Out>(port: ParentPort): Channel<In, Out> {
  return {
    post(frame) {
      port.postMessage(frame)
    },
    onFrame(listener) {
      port.on('message', ({ data }) => {
        listener(data as In)
      })
    },
  }
}

function childChannel<In, Out>(): Channel<In, Out> {
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
        listener(message as In)
      })
    },
  }
}
