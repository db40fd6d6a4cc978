/** Which window has the focus. As with a real window manager it moves a moment after it was asked for. */
import type { BaseWindow } from './base-window.ts'
import type { BrowserWindow } from './browser-window.ts'
import { windowList } from './window-list.ts'

let focused: BaseWindow | undefined

export const windowFocus = {
  current(): BrowserWindow | undefined {
    return windowList.all().find((window) => window === focused)
  },

  isOn(window: BaseWindow): boolean {
    return window === focused
  },

  request(window: BaseWindow): void {
    setImmediate(() => {
      if (window.isDestroyed() || !window.isFocusable() || !window.isVisible() || focused === window) return
      const before = focused
      focused = window
      before?.emit('blur')
      window.emit('focus')
    })
  },

  leave(window: BaseWindow): void {
    if (focused !== window) return
    focused = undefined
    window.emit('blur')
  },
}
