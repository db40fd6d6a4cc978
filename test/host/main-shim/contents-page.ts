/** What happens in a page, told as the events of its webContents; and what webContents does to its page. */
import type { Payload } from '../cdp/protocol.ts'
import type { Injection } from '../page-shim/injection.ts'
import type { ToMain } from '../shared/wire.ts'
import { announce } from './app.ts'
import { showTheme } from './color-scheme.ts'
import { ofConsoleCall, ofException } from './console-messages.ts'
import type { ConsoleMessage } from './console-messages.ts'
import { hostEvent } from './host-event.ts'
import { dispatch } from './ipc-dispatch.ts'
import { NavigationGuard } from './navigation-guard.ts'
import type { LoadFailure } from './net-errors.ts'
import { NotInHost } from './not-in-host.ts'
import { toApp } from './origins.ts'
import { Page } from './page.ts'
import type { PageObserver, PageSize } from './page.ts'
import type { PageDocument } from './page-document.ts'
import { PageLoader } from './page-loader.ts'
import type { WebContents } from './web-contents.ts'
import { WebFrameMain } from './web-frame-main.ts'

interface Opened {
  readonly page: Page
  readonly guard: NavigationGuard
}

export class ContentsPage implements PageObserver {
  readonly loader = new PageLoader()
  readonly #contents: WebContents
  readonly #opened: Promise<Opened>
  readonly #askForWindow: (request: Payload<'Page.windowOpen'>) => void
  frame: WebFrameMain | undefined
  page: Page | undefined
  title = ''
  crashed = false
  /** Told of the first picture of each document. */
  onPainted: () => void = () => undefined

  constructor(
    contents: WebContents,
    size: PageSize,
    injection: Injection,
    askForWindow: (request: Payload<'Page.windowOpen'>) => void,
  ) {
    this.#contents = contents
    this.#askForWindow = askForWindow
    this.#opened = this.#open(size, injection)
    // Whoever needs the page hears of a failure; a window that is destroyed at once needs nothing.
    this.#opened.catch(() => undefined)
  }

  /** The page once it can be used; rejects when Chromium is gone. */
  async ready(): Promise<Page> {
    return (await this.#opened).page
  }

  async load(url: string): Promise<void> {
    this.loader.url = url
    this.loader.loading = true
    const { page, guard } = await this.#opened
    await this.loader.load(page, guard, url, (failure, failedUrl) => {
      this.#failed(failure, failedUrl)
    })
  }

  async reload(): Promise<void> {
    const { page, guard } = await this.#opened
    guard.expectOwn(true)
    await page.channel.send('Page.reload')
  }

  /** The renderer is gone; the page stays, empty, and can be reloaded. */
  crash(details: Electron.RenderProcessGoneDetails): void {
    if (this.crashed || this.#contents.isDestroyed()) return
    this.crashed = true
    this.page?.dropDocument()
    this.loader.loading = false
    this.#contents.emit('render-process-gone', hostEvent(), details)
    announce('render-process-gone', this.#contents, details)
    this.loader.abort('ERR_FAILED')
  }

  /** The page is gone for good. */
  end(): void {
    this.page?.dropDocument()
    this.loader.abort('ERR_FAILED')
  }

  committed(document: PageDocument, failedUrl: string | undefined): void {
    this.crashed = false
    this.frame = new WebFrameMain(document, this.#contents.id)
    void this.#opened.then(({ page, guard }) => {
      guard.expectOwn(false)
      showTheme(page)
    })
    this.loader.url = failedUrl === undefined ? document.url : toApp(failedUrl)
    if (failedUrl === undefined) this.#contents.emit('did-navigate', hostEvent(), document.url, 200, 'OK')
  }

  startedLoading(): void {
    this.loader.loading = true
    this.#contents.emit('did-start-loading')
  }

  stoppedLoading(): void {
    this.loader.loading = false
    this.#contents.emit('did-stop-loading')
  }

  domReady(): void {
    this.#contents.emit('dom-ready', hostEvent())
  }

  loaded(document: PageDocument): void {
    this.#contents.emit('did-finish-load')
    this.onPainted()
    this.loader.finished(document)
  }

  painted(): void {
    this.onPainted()
  }

  message(document: PageDocument, message: ToMain): void {
    if (message.kind === 'title') this.title = message.title
    if (message.kind === 'held-back' && this.#mayNavigate(message.url)) {
      throw new NotInHost(`webContents.on('will-navigate') that lets a page go to ${message.url}`)
    }
    if (this.frame !== undefined) dispatch(this.#contents, this.frame, document, message)
  }

  logged(entry: Payload<'Runtime.consoleAPICalled'>): void {
    this.#log(ofConsoleCall(entry))
  }

  threw(entry: Payload<'Runtime.exceptionThrown'>): void {
    this.#log(ofException(entry))
  }

  asksForWindow(request: Payload<'Page.windowOpen'>): void {
    this.#askForWindow(request)
  }

  async #open(size: PageSize, injection: Injection): Promise<Opened> {
    const page = await Page.open(size, injection, this)
    this.page = page
    const guard = new NavigationGuard(page, (url) => this.#mayNavigate(url))
    await guard.enable()
    return { page, guard }
  }

  #mayNavigate(url: string): boolean {
    const details = {
      url: toApp(url),
      isSameDocument: false,
      isMainFrame: true,
      frame: this.frame ?? null,
      initiator: this.frame ?? null,
    }
    const event = hostEvent(details)
    this.#contents.emit('will-navigate', event, details.url, false, true)
    return !event.defaultPrevented
  }

  #failed({ code, errno }: LoadFailure, url: string): void {
    this.#contents.emit('did-fail-load', hostEvent(), errno, code, url, true, this.#contents.id, 1)
  }

  #log({ level, message, lineNumber, sourceId }: ConsoleMessage): void {
    const details = { level, message, lineNumber, sourceId: toApp(sourceId), frame: this.frame }
    this.#contents.emit('console-message', hostEvent(details))
  }
}
