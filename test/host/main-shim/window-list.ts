/** All open windows, oldest first, and what happens when the last one is gone. */
import type { BrowserWindow } from './browser-window.ts'

const windows = new Map<number, BrowserWindow>()
let whenEmpty: () => void = () => undefined

export const windowList = {
  add(window: BrowserWindow): void {
    windows.set(window.id, window)
  },

  /** Before `closed` is emitted; the last one to go says so afterwards with `settle`. */
  remove(window: BrowserWindow): void {
    windows.delete(window.id)
  },

  settle(): void {
    if (windows.size === 0) whenEmpty()
  },

  all(): BrowserWindow[] {
    return [...windows.values()]
  },

  onEmpty(listener: () => void): void {
    whenEmpty = listener
  },
}
