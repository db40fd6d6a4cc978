/**
 * `will-navigate` that can really prevent: every document request of the main frame is held until main has decided.
 * Navigations begun by main (loadURL, reload) or by a debugger are not asked about, as in Electron.
 */
import type { CdpChannel } from '../cdp/client.ts'
import type { Payload } from '../cdp/protocol.ts'
import type { Page } from './page.ts'

export class NavigationGuard {
  readonly #page: Page
  readonly #channel: CdpChannel
  readonly #mayNavigate: (url: string) => boolean
  /** URLs that page code has asked to go to. */
  readonly #asked = new Set<string>()
  /** Main itself is navigating: the next request is its own. */
  #ownNavigation = false

  constructor(page: Page, mayNavigate: (url: string) => boolean) {
    this.#page = page
    this.#channel = page.channel
    this.#mayNavigate = mayNavigate
    this.#channel.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (page.isMainFrame(frameId)) this.#asked.add(url)
    })
    this.#channel.on('Fetch.requestPaused', (request) => {
      this.#decide(request)
    })
  }

  async enable(): Promise<void> {
    await this.#channel.send('Fetch.enable', { patterns: [{ resourceType: 'Document' }] })
  }

  /** To be called before main navigates, and with false when nothing came of it or it is over. */
  expectOwn(expected: boolean): void {
    this.#ownNavigation = expected
  }

  /** Chromium has told of a wish of the page before it sends the request. */
  #decide({ requestId, request, frameId, redirectedRequestId }: Payload<'Fetch.requestPaused'>): void {
    if (!this.#page.isMainFrame(frameId) || redirectedRequestId !== undefined || this.#takeOwn()) {
      this.#channel.tell('Fetch.continueRequest', { requestId })
      return
    }
    const url = `${request.url}${request.urlFragment ?? ''}`
    if (this.#asked.delete(url) && !this.#mayNavigate(url)) {
      this.#channel.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    } else {
      this.#channel.tell('Fetch.continueRequest', { requestId })
    }
  }

  #takeOwn(): boolean {
    const own = this.#ownNavigation
    this.#ownNavigation = false
    return own
  }
}
