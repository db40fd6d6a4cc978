/** Whether the app's `ready` has been emitted: what `utilityProcess.fork` and the desktop models ask first. */
let ready = false

export function isReady(): boolean {
  return ready
}

/** Called once by `app`, just before it emits `ready`. */
export function markReady(): void {
  ready = true
}
