/** The little of the browser's types that the page shim needs: the repository is checked without the DOM library. */
import type { MessagePort } from 'node:worker_threads'

export type { MessagePort }

export interface PageEvent {
  readonly data?: unknown
  readonly detail?: unknown
  readonly ports?: readonly MessagePort[] | undefined
  readonly relatedTarget?: unknown
  readonly source?: unknown
}

export interface PageTarget {
  addEventListener(type: string, listener: (event: PageEvent) => void, options?: { once?: boolean }): void
  dispatchEvent(event: object): boolean
}

/** An event of the Navigation API. */
export interface NavigateEvent {
  readonly cancelable: boolean
  readonly destination: { readonly url: string; readonly sameDocument: boolean }
  preventDefault(): void
}

export interface PageGlobals extends PageTarget, Record<string, unknown> {
  readonly top: unknown
  readonly self: unknown
  readonly document: PageTarget & {
    readonly title: string
    readonly head: object
    createElement(name: string): PageTarget
  }
  readonly navigation: { addEventListener(type: 'navigate', listener: (event: NavigateEvent) => void): void }
  readonly MutationObserver: new (changed: () => void) => { observe(node: object, options: object): void }
  readonly location: { readonly href: string }
  readonly CustomEvent: new (type: string, init: { detail: unknown }) => object
  readonly MouseEvent: new (type: string, init: { relatedTarget: PageTarget }) => object
  readonly console: { error(...data: unknown[]): void }
  reportError(error: unknown): void
}

export const page = globalThis as unknown as PageGlobals

/** The preload and the bridge live in main frames only, as with `nodeIntegrationInSubFrames: false`. */
export function isMainFrame(): boolean {
  return page.top === page.self
}
