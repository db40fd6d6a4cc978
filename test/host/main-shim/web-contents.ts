/** `electron.webContents`: one page as the app's main process sees it. */
import process from 'node:process'
import type Electron from 'electron'
import type { Injection } from '../page-shim/injection.ts'
import type { Payload } from '../cdp/protocol.ts'
import { ContentsPage } from './contents-page.ts'
import { contentsList } from './contents-list.ts'
import { engine } from './engine.ts'
import { evaluateIn, mayUnload } from './evaluate.ts'
import { NotInHost, strict, StrictEmitter } from './not-in-host.ts'
import { toApp } from './origins.ts'
import type { PageSize } from './page.ts'
import type { MessagePortMain } from './ports.ts'
import { rendererPid } from './renderer-pid.ts'
import { session } from './session.ts'
import type { WebFrameMain } from './web-frame-main.ts'

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]

type Implemented = Pick<
  Electron.WebContents,
  | 'id'
  | 'setWindowOpenHandler'
  | 'getURL'
  | 'getTitle'
  | 'isDestroyed'
  | 'isLoading'
  | 'isCrashed'
  | 'loadURL'
  | 'reload'
  | 'close'
  | 'send'
  | 'executeJavaScript'
  | 'forcefullyCrashRenderer'
  | 'getOSProcessId'
  | 'openDevTools'
>

let lastId = 0

export class WebContents extends StrictEmitter implements Implemented {
  readonly id = ++lastId
  readonly #page: ContentsPage
  readonly #closeWindow: () => void
  readonly #markerBytes: number
  #destroyed = false
  #windowOpenHandler: WindowOpenHandler | undefined

  constructor(size: PageSize, injection: Injection, closeWindow: () => void) {
    super('webContents#')
    this.#closeWindow = closeWindow
    this.#markerBytes = injection.markerBytes
    this.#page = new ContentsPage(this, size, injection, (request) => {
      this.#askForWindow(request)
    })
    contentsList.add(this)
  }

  /** For the host only. */
  static pageOf(contents: WebContents): ContentsPage {
    return contents.#page
  }

  /** Ends the page. For the host only: apps close or destroy the window. */
  static destroy(contents: WebContents): void {
    if (contents.#destroyed) return
    contents.#destroyed = true
    contentsList.remove(contents)
    contents.#page.end()
    contents.#page.ready().then(
      ({ targetId }) => {
        engine().connection.browser.tell('Target.closeTarget', { targetId })
      },
      () => undefined,
    )
    contents.emit('destroyed')
  }

  get mainFrame(): WebFrameMain {
    const { frame } = this.#page
    if (frame === undefined) throw new NotInHost('WebContents.mainFrame before the first page')
    return frame
  }

  get session(): typeof session.defaultSession {
    return session.defaultSession
  }

  async loadURL(url: string): Promise<void> {
    this.#refuseDestroyed()
    await this.#page.load(url)
  }

  reload(): void {
    this.#refuseDestroyed()
    this.#page.reload().catch(() => undefined)
  }

  close(options: Electron.CloseOpts = { waitForBeforeUnload: false }): void {
    if (this.#destroyed) return
    if (!options.waitForBeforeUnload) {
      this.#closeWindow()
      return
    }
    void mayUnload(this.#page).then((may) => {
      if (may) this.#closeWindow()
    })
  }

  send(channel: string, ...args: unknown[]): void {
    this.#refuseDestroyed()
    this.#page.frame?.send(channel, ...args)
  }

  postMessage(channel: string, message: unknown, transfer?: MessagePortMain[]): void {
    this.#refuseDestroyed()
    this.#page.frame?.postMessage(channel, message, transfer)
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    this.#refuseDestroyed()
    if (this.getURL() === '' || this.isLoading()) {
      await new Promise((resolve) => this.once('did-stop-loading', resolve))
    }
    return await evaluateIn(await this.#page.ready(), code, userGesture)
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#refuseDestroyed()
    this.#windowOpenHandler = handler
  }

  forcefullyCrashRenderer(): void {
    const pid = this.getOSProcessId()
    if (pid !== 0) {
      // Also when it hangs and would not listen to CDP; Chromium counts this signal as a crash.
      process.kill(pid, 'SIGABRT')
      return
    }
    this.#page.ready().then(
      ({ channel }) => {
        channel.tell('Page.crash')
      },
      () => undefined,
    )
  }

  getURL(): string {
    this.#refuseDestroyed()
    return this.#page.loader.url
  }

  getTitle(): string {
    this.#refuseDestroyed()
    return this.#page.title
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isLoading(): boolean {
    this.#refuseDestroyed()
    return this.#page.loader.loading
  }

  isCrashed(): boolean {
    this.#refuseDestroyed()
    return this.#page.crashed
  }

  getOSProcessId(): number {
    this.#refuseDestroyed()
    return this.#page.crashed || this.#page.frame === undefined ? 0 : rendererPid(this.#markerBytes)
  }

  openDevTools(): void {
    this.#refuseDestroyed()
    // A debugger can be attached to Chromium's port instead.
  }

  #askForWindow({ url, windowName, windowFeatures }: Payload<'Page.windowOpen'>): void {
    const answer = this.#windowOpenHandler?.({
      url: toApp(url),
      frameName: windowName === '_blank' ? '' : windowName,
      features: windowFeatures.join(),
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'strict-origin-when-cross-origin' },
    })
    if (answer?.action !== 'deny') throw new NotInHost('WebContents: window.open that is not denied')
  }

  #refuseDestroyed(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
  }
}

strict(WebContents.prototype, 'webContents#')

export const webContents = strict(
  {
    getAllWebContents: () => contentsList.all(),
    getFocusedWebContents: () => contentsList.focused(),
    fromId: (id: number) => contentsList.all().find((contents) => contents.id === id),
    fromDevToolsTargetId: (targetId: string) =>
      contentsList.all().find((contents) => WebContents.pageOf(contents).page?.targetId === targetId),
  },
  'webContents',
)
