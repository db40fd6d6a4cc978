/**
 * One page in Chromium: makes it, prepares it before anything can run in it, and reports what happens to its main
 * frame. Knows nothing of Electron's API, which is web-contents.ts.
 */
import type { CdpChannel } from '../cdp/client.ts'
import type { Payload } from '../cdp/protocol.ts'
import type { Injection } from '../page-shim/injection.ts'
import { ISOLATED_WORLD, TO_MAIN } from '../shared/wire.ts'
import type { ToMain } from '../shared/wire.ts'
import { engine } from './engine.ts'
import { PageDocument } from './page-document.ts'

/** Told what becomes of the page. */
export interface PageObserver {
  committed(document: PageDocument, failedUrl: string | undefined): void
  startedLoading(): void
  stoppedLoading(): void
  domReady(): void
  loaded(document: PageDocument): void
  painted(): void
  message(document: PageDocument, message: ToMain): void
  logged(entry: Payload<'Runtime.consoleAPICalled'>): void
  threw(entry: Payload<'Runtime.exceptionThrown'>): void
  asksForWindow(request: Payload<'Page.windowOpen'>): void
}

export interface PageSize {
  readonly width: number
  readonly height: number
}

export class Page {
  readonly targetId: string
  readonly channel: CdpChannel
  document: PageDocument | undefined
  readonly #observer: PageObserver

  private constructor(targetId: string, channel: CdpChannel, observer: PageObserver) {
    this.targetId = targetId
    this.channel = channel
    this.#observer = observer
  }

  /** Opens an empty page in a window of its own and prepares it; nothing has been loaded yet. */
  static async open(size: PageSize, injection: Injection, observer: PageObserver): Promise<Page> {
    const { connection, gateUrl } = engine()
    const { targetId } = await connection.browser.send('Target.createTarget', {
      url: gateUrl,
      newWindow: true,
      ...size,
    })
    const page = new Page(targetId, await connection.attach(targetId), observer)
    await page.#prepare(injection)
    return page
  }

  /** Which frame an event is about: a page's main frame has its target's id. */
  isMainFrame(frameId: string | undefined): boolean {
    return frameId === this.targetId
  }

  /** Ends the current document, when the renderer is gone. */
  dropDocument(): void {
    this.document?.leave()
    this.document = undefined
  }

  async #prepare(injection: Injection): Promise<void> {
    const { channel } = this
    this.#listen()
    await Promise.all([
      channel.send('Page.enable'),
      channel.send('Runtime.enable'),
      channel.send('Inspector.enable'),
      channel.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      channel.send('Runtime.addBinding', { name: TO_MAIN, executionContextName: ISOLATED_WORLD }),
      // In this order they run in every new document, before its own scripts.
      channel.send('Page.addScriptToEvaluateOnNewDocument', { source: injection.mainWorld }),
      channel.send('Page.addScriptToEvaluateOnNewDocument', {
        source: injection.isolatedWorld,
        worldName: ISOLATED_WORLD,
      }),
      ...(injection.preload === undefined
        ? []
        : [
            channel.send('Page.addScriptToEvaluateOnNewDocument', {
              source: injection.preload,
              worldName: ISOLATED_WORLD,
            }),
          ]),
    ])
  }

  #listen(): void {
    const { channel } = this
    const observer = this.#observer
    channel.on('Page.frameNavigated', ({ frame }) => {
      if (!this.isMainFrame(frame.id)) return
      this.document?.leave()
      this.document = new PageDocument(channel, frame.unreachableUrl ?? frame.url, frame.loaderId)
      observer.committed(this.document, frame.unreachableUrl)
    })
    channel.on('Page.frameStartedLoading', ({ frameId }) => {
      if (this.isMainFrame(frameId)) observer.startedLoading()
    })
    channel.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (this.isMainFrame(frameId)) observer.stoppedLoading()
    })
    channel.on('Page.lifecycleEvent', (event) => {
      if (this.isMainFrame(event.frameId)) this.#reached(event)
    })
    channel.on('Page.windowOpen', (request) => {
      observer.asksForWindow(request)
    })
    channel.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { readonly frameId?: string }
      if (context.name === ISOLATED_WORLD && this.isMainFrame(frameId)) this.document?.enter(context.id)
    })
    channel.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const { document } = this
      if (name !== TO_MAIN || document?.isContext(executionContextId) !== true) return
      observer.message(document, JSON.parse(payload) as ToMain)
    })
    channel.on('Runtime.consoleAPICalled', (entry) => {
      observer.logged(entry)
    })
    channel.on('Runtime.exceptionThrown', (entry) => {
      observer.threw(entry)
    })
  }

  #reached({ loaderId, name }: Payload<'Page.lifecycleEvent'>): void {
    const { document } = this
    if (document?.loaderId !== loaderId) return
    if (name === 'DOMContentLoaded') this.#observer.domReady()
    if (name === 'firstPaint') this.#observer.painted()
    if (name === 'load') this.#observer.loaded(document)
  }
}
