/** One document in a page's main frame, from its commit to the next one's: where messages and ports can go. */
import type { CdpChannel } from '../cdp/client.ts'
import type { PortFrame, PortId } from '../shared/port-frames.ts'
import { TO_PAGE } from '../shared/wire.ts'
import type { ToPage } from '../shared/wire.ts'
import { appOrigin, toApp } from './origins.ts'
import { portHub } from './ports.ts'
import type { RemotePlace } from './ports.ts'

export class PageDocument implements RemotePlace {
  readonly url: string
  readonly origin: string
  /** The origin as Chromium knows it. */
  readonly chromiumOrigin: string
  readonly loaderId: string
  readonly #channel: CdpChannel
  #context: number | undefined
  #gone = false

  constructor(channel: CdpChannel, url: string, loaderId: string) {
    this.url = toApp(url)
    this.origin = appOrigin(url)
    this.chromiumOrigin = URL.parse(url)?.origin ?? 'null'
    this.loaderId = loaderId
    this.#channel = channel
  }

  /** Its isolated world is there, in this execution context. */
  enter(context: number): void {
    this.#context = context
  }

  isContext(context: number): boolean {
    return this.#context === context && !this.#gone
  }

  get gone(): boolean {
    return this.#gone
  }

  /** Lost, as in Electron, when the document is no longer there. */
  post(message: ToPage): void {
    if (this.#gone || this.#context === undefined) return
    this.#channel.tell('Runtime.callFunctionOn', {
      functionDeclaration: `function (message) { ${TO_PAGE}(message) }`,
      executionContextId: this.#context,
      arguments: [{ value: message }],
      silent: true,
    })
  }

  deliver(id: PortId, frame: PortFrame): void {
    this.post({ kind: 'port', id, frame })
  }

  leave(): void {
    if (this.#gone) return
    this.#gone = true
    portHub.dropped(this)
  }
}
