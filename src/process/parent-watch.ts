/**
 * Ends this process when its parent is gone, also while native code blocks the main thread: a second thread
 * looks at the parent's pid. The channel's own `disconnect` is quicker but is only heard between native calls, and
 * not at all when the parent went before anybody listened.
 */
import process from 'node:process'
import { Worker } from 'node:worker_threads'

/** @param parentPid the process that must not die before us, as it gave it to us: by now it may be gone already. */
export function watchParent(parentPid: number, everyMs: number): void {
  // After the parent's death init adopts us, and the pid may be given to another program.
  const adopted = process.ppid !== parentPid && !('electron' in process.versions)
  if (adopted || !isAlive(process, parentPid)) process.exit(0)
  const source = `${isAlive.toString()}; (${watch.toString()})(require('node:process'), ${parentPid}, ${everyMs})`
  const thread = new Worker(source, {
    eval: true,
    name: 'parent-watch',
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  })
  thread.unref()
}

/** Runs in the thread, from its source text: it may use nothing but its arguments and `isAlive`. */
function watch(self: NodeJS.Process, parentPid: number, everyMs: number): void {
  const firstParent = self.ppid
  setInterval(() => {
    if (self.ppid !== firstParent || !isAlive(self, parentPid)) self.kill(self.pid, 'SIGKILL')
  }, everyMs)
}

function isAlive(self: NodeJS.Process, pid: number): boolean {
  try {
    return self.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
