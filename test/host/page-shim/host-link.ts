/** The way between a page's isolated world and main: a CDP binding there, a global function back. */
import { TO_MAIN, TO_PAGE } from '../shared/wire.ts'
import type { ToMain, ToPage } from '../shared/wire.ts'
import { page } from './dom.ts'

export class HostLink {
  readonly #binding: (payload: string) => void
  #receive: (message: ToPage) => void = () => undefined

  /** Held for as long as the document lives. */
  readonly marker: ArrayBuffer

  constructor(markerBytes: number) {
    this.marker = new ArrayBuffer(markerBytes)
    this.#binding = page[TO_MAIN] as (payload: string) => void
    // The preload has no business with either.
    Reflect.deleteProperty(page, TO_MAIN)
    Object.defineProperty(page, TO_PAGE, {
      value: (message: ToPage) => {
        try {
          this.#receive(message)
        } catch (error) {
          page.reportError(error)
        }
      },
    })
  }

  onMessage(receive: (message: ToPage) => void): void {
    this.#receive = receive
  }

  send(message: ToMain): void {
    this.#binding(JSON.stringify(message))
  }
}
