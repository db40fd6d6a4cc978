/** Creates windows. */
import { BrowserWindow } from 'electron'
import type { Sends } from '../shared/app-ipc.ts'
import { textOf } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import { RENDERER_ORIGIN } from './renderer-scheme.ts'

export interface AppWindow {
  send<K extends keyof Sends>(channel: K, message: Sends[K]): void
  show(): void
  onClosed(listener: () => void): void
}

export function openMainWindow(preload: string, log: Log): AppWindow {
  const window = new BrowserWindow({
    title: 'Steno',
    width: 720,
    height: 560,
    minWidth: 420,
    minHeight: 360,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Capture goes on while the window is hidden behind others.
      backgroundThrottling: false,
    },
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  window.loadURL(`${RENDERER_ORIGIN}/index.html`).catch((error: unknown) => {
    // Closed while it was loading: that is no fault.
    if (!window.isDestroyed()) log('error', `the window could not be loaded: ${textOf(error)}`)
  })
  return {
    send(channel, message) {
      if (!window.isDestroyed()) window.webContents.send(channel, message)
    },
    show() {
      if (!window.isDestroyed()) window.show()
    },
    onClosed(listener) {
      window.once('closed', listener)
    },
  }
}
