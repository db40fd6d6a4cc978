/** `electron.BrowserWindow`: a model of a window with a real page in it. */
import type Electron from 'electron'
import { injectionFor } from '../page-shim/injection.ts'
import { announce } from './app.ts'
import { BaseWindow } from './base-window.ts'
import { contentsList } from './contents-list.ts'
import { mayUnload } from './evaluate.ts'
import { hostEvent } from './host-event.ts'
import { cancelQuit } from './lifecycle.ts'
import { NativeWindow } from './native-window.ts'
import { strict } from './not-in-host.ts'
import { isReady } from './ready.ts'
import { markerBytes } from './renderer-pid.ts'
import { WebContents } from './web-contents.ts'
import { windowFocus } from './window-focus.ts'
import { windowList } from './window-list.ts'
import { checkOptions } from './window-options.ts'

type Implemented = Pick<Electron.BrowserWindow, 'loadURL' | 'close' | 'destroy'>

export class BrowserWindow extends BaseWindow implements Implemented {
  readonly webContents: WebContents
  readonly #native: NativeWindow
  #closing = false
  #readyToShow = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    if (!isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    checkOptions(options)
    super(options)
    const injection = injectionFor(options.webPreferences?.preload, markerBytes(this.id))
    this.webContents = new WebContents(this.getBounds(), injection, () => {
      this.#destroyNow()
    })
    const page = WebContents.pageOf(this.webContents)
    page.onPainted = () => {
      this.#announceReadyToShow()
    }
    this.#native = new NativeWindow(page)
    this.#native.place(this.getBounds())
    if (!this.isVisible()) this.#native.setVisible(false)
    windowList.add(this)
    this.#wire()
    announce('web-contents-created', this.webContents)
    announce('browser-window-created', this)
    this.focus()
  }

  static getAllWindows(): BrowserWindow[] {
    return windowList.all()
  }

  static getFocusedWindow(): BrowserWindow | null {
    return windowFocus.current() ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return windowList.all().find((window) => window.id === id) ?? null
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return windowList.all().find(({ webContents }) => webContents === contents) ?? null
  }

  async loadURL(url: string): Promise<void> {
    this.refuseDestroyed()
    await this.webContents.loadURL(url)
  }

  /** Emits `close`, then asks the page; either can keep the window open. */
  close(): void {
    this.refuseDestroyed()
    if (this.#closing) return
    const event = hostEvent()
    this.emit('close', event)
    if (event.defaultPrevented) {
      cancelQuit()
      return
    }
    this.#closing = true
    void mayUnload(WebContents.pageOf(this.webContents)).then((may) => {
      this.#closing = false
      if (may) this.#destroyNow()
      else cancelQuit()
    })
  }

  destroy(): void {
    this.#destroyNow()
  }

  protected override placed(bounds: Electron.Rectangle): void {
    this.#native.place(bounds)
  }

  protected override visibilityChanged(visible: boolean): void {
    this.#native.setVisible(visible)
  }

  /** What Electron derives from a window's and its page's events. */
  #wire(): void {
    this.on('focus', () => {
      this.#native.focus()
      announce('browser-window-focus', this)
    })
    this.on('blur', () => {
      announce('browser-window-blur', this)
    })
    this.webContents.on('page-title-updated', (_event, title, explicitSet) => {
      const event = hostEvent()
      this.emit('page-title-updated', event, title, explicitSet)
      if (!event.defaultPrevented && typeof title === 'string') this.setTitle(title)
    })
  }

  #announceReadyToShow(): void {
    if (this.#readyToShow || this.isDestroyed()) return
    this.#readyToShow = true
    this.emit('ready-to-show')
  }

  #destroyNow(): void {
    if (this.isDestroyed()) return
    windowFocus.leave(this)
    this.markDestroyed()
    windowList.remove(this)
    WebContents.destroy(this.webContents)
    this.emit('closed')
    windowList.settle()
  }
}

contentsList.onFocused(() => BrowserWindow.getFocusedWindow()?.webContents ?? null)
strict(BrowserWindow.prototype, 'BrowserWindow#')
strict(BrowserWindow, 'BrowserWindow')
