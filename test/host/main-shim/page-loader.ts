/** What is being loaded into a page, and what becomes of the promises of `loadURL`. */
import { LoadError, loadFailure } from './net-errors.ts'
import type { LoadFailure } from './net-errors.ts'
import type { NavigationGuard } from './navigation-guard.ts'
import { toApp, toChromium } from './origins.ts'
import type { Page } from './page.ts'
import type { PageDocument } from './page-document.ts'

interface Load {
  readonly url: string
  readonly done: PromiseWithResolvers<void>
  loaderId: string | undefined
}

export class PageLoader {
  /** What the address bar would show. */
  url = ''
  loading = false
  #load: Load | undefined
  #lastLoaded: string | undefined

  /** Settles as `loadURL` does: after did-finish-load, or rejecting with a LoadError after did-fail-load. */
  async load(
    page: Page,
    guard: NavigationGuard,
    url: string,
    failed: (failure: LoadFailure, url: string) => void,
  ): Promise<void> {
    this.abort()
    const load: Load = { url, done: Promise.withResolvers(), loaderId: undefined }
    this.#load = load
    guard.expectOwn(true)
    const { errorText, loaderId } = await page.channel.send('Page.navigate', { url: toChromium(url) })
    if (errorText !== undefined) {
      guard.expectOwn(false)
      if (this.#load !== load) throw new LoadError(loadFailure('ERR_ABORTED'), url)
      this.#load = undefined
      const failure = loadFailure(errorText)
      failed(failure, toApp(url))
      throw new LoadError(failure, url)
    }
    // No loader: it was a move within the document.
    if (loaderId === undefined || loaderId === this.#lastLoaded) load.done.resolve()
    load.loaderId = loaderId
    await load.done.promise
  }

  /** A newer navigation, a crash or the end of the page: whoever waits has waited in vain. */
  abort(code = 'ERR_ABORTED'): void {
    const load = this.#load
    this.#load = undefined
    // Somebody may or may not be waiting.
    load?.done.promise.catch(() => undefined)
    load?.done.reject(new LoadError(loadFailure(code), load.url))
  }

  finished({ loaderId }: PageDocument): void {
    this.#lastLoaded = loaderId
    if (this.#load?.loaderId !== loaderId) return
    this.#load.done.resolve()
    this.#load = undefined
  }
}
