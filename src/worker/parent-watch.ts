/**
 * Ends this process when its parent is gone, also while native inference blocks the main thread: a second thread
 * looks at the parent's pid. The channel's own `disconnect` is quicker but is only heard between native calls.
 */
import { Worker } from 'node:worker_threads'

/** @param parentPid the process that must not die before us. */
export function watchParent(parentPid: number, everyMs: number): void {
  const source = `(${watch.toString()})(require('node:process'), ${parentPid}, ${everyMs})`
  const thread = new Worker(source, {
    eval: true,
    name: 'parent-watch',
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  })
  thread.unref()
}

/** Runs in the thread, from its source text: it may use nothing but its arguments. */
function watch(self: NodeJS.Process, parentPid: number, everyMs: number): void {
  const firstParent = self.ppid
  setInterval(() => {
    if (self.ppid !== firstParent || !isAlive(parentPid)) self.kill(self.pid, 'SIGKILL')
  }, everyMs)

  function isAlive(pid: number): boolean {
    try {
      return self.kill(pid, 0)
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM'
    }
  }
}
