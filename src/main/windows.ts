/** Creates windows. */
import { BrowserWindow } from 'electron'
import type { Sends } from '../shared/app-ipc.ts'
import { RENDERER_ORIGIN } from './renderer-scheme.ts'

export interface AppWindow {
  send<K extends keyof Sends>(channel: K, message: Sends[K]): void
  show(): void
  onClosed(listener: () => void): void
}

export function openMainWindow(preload: string): AppWindow {
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
  void window.loadURL(`${RENDERER_ORIGIN}/index.html`)
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
