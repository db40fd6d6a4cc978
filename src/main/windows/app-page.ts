/** Creates the three pages: the window, the overlay and, never seen, the one that owns the microphone. */
import { BrowserWindow, type WebContents } from 'electron'
import type { Sends } from '../../shared/app-ipc.ts'
import { textOf } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import { iconFile, preloadScript } from '../paths.ts'
import { RENDERER_ORIGIN } from './renderer-scheme.ts'

/** What a page is for; decides what it may say (ipc.ts) and do (security.ts). */
export type Role = 'window' | 'overlay' | 'capture'

const PAGES: Readonly<Record<Role, { readonly page: string; readonly preload: string }>> = {
  window: { page: 'index.html', preload: 'window.cjs' },
  overlay: { page: 'overlay.html', preload: 'window.cjs' },
  capture: { page: 'capture.html', preload: 'capture.cjs' },
}

/** What the list of processes calls them. */
export const PAGE_NAMES: Readonly<Record<Role, string>> = {
  window: 'Window',
  overlay: 'Overlay',
  capture: 'Microphone',
}

const LOOKS: Readonly<Record<Role, Electron.BrowserWindowConstructorOptions>> = {
  window: {
    title: 'Steno',
    width: 880,
    height: 640,
    minWidth: 420,
    minHeight: 420,
    icon: iconFile('app'),
    autoHideMenuBar: true,
  },
  // Never takes the focus: the words are for the program in front.
  overlay: {
    title: 'Steno overlay',
    width: 420,
    height: 120,
    frame: false,
    transparent: true,
    hasShadow: false,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    focusable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    type: process.platform === 'darwin' ? 'panel' : 'toolbar',
  },
  capture: { title: 'Steno microphone', width: 200, height: 200, skipTaskbar: true, focusable: false },
}

export interface PageEvents {
  /** The window does not exist any more. */
  closed?(): void
  /** The renderer's process ended by itself; the page is empty. */
  crashed?(reason: string): void
}

export class AppPage implements Disposable {
  readonly role: Role
  readonly #window: BrowserWindow

  constructor(role: Role, log: Log, events: PageEvents) {
    const { page, preload } = PAGES[role]
    this.role = role
    this.#window = new BrowserWindow({
      ...LOOKS[role],
      show: false,
      webPreferences: {
        preload: preloadScript(preload),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
        // Capture and the overlay go on while nothing of them is seen.
        backgroundThrottling: false,
        // Cues play, and the microphone opens, without a click into the page.
        ...(role === 'capture' ? { autoplayPolicy: 'no-user-gesture-required' as const } : {}),
      },
    })
    this.#window.once('closed', () => events.closed?.())
    this.#window.webContents.on('render-process-gone', (_event, { reason }) => {
      log(reason === 'clean-exit' ? 'info' : 'error', `the ${role} page ended: ${reason}`)
      if (reason !== 'clean-exit') events.crashed?.(reason)
    })
    this.#window.loadURL(`${RENDERER_ORIGIN}/${page}`).catch((error: unknown) => {
      // Closed while it was loading: that is no fault.
      if (!this.#window.isDestroyed()) log('error', `the ${role} page could not be loaded: ${textOf(error)}`)
    })
  }

  /** For what a page needs of its own window. Do not keep it. */
  get window(): BrowserWindow {
    return this.#window
  }

  get alive(): boolean {
    return !this.#window.isDestroyed()
  }

  owns(contents: WebContents): boolean {
    return this.alive && this.#window.webContents === contents
  }

  /** Of its renderer; undefined while there is none. */
  get pid(): number | undefined {
    const pid = this.alive ? this.#window.webContents.getOSProcessId() : 0
    return pid === 0 ? undefined : pid
  }

  send<K extends keyof Sends>(channel: K, message: Sends[K]): void {
    if (this.alive && !this.#window.webContents.isCrashed()) this.#window.webContents.send(channel, message)
  }

  reload(): void {
    if (this.alive) this.#window.webContents.reload()
  }

  [Symbol.dispose](): void {
    if (this.alive) this.#window.destroy()
  }
}
