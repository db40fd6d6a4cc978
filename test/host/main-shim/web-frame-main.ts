/** `WebFrameMain`: a page's main frame while one document is in it. Pages of the host have no other frames. */
import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { encode } from '../shared/codec.ts'
import { strict } from './not-in-host.ts'
import type { PageDocument } from './page-document.ts'
import { portHub } from './ports.ts'
import type { MessagePortMain } from './ports.ts'

type Implemented = Pick<
  Electron.WebFrameMain,
  'url' | 'origin' | 'detached' | 'processId' | 'frameTreeNodeId' | 'routingId' | 'send' | 'isDestroyed'
>

export class WebFrameMain extends EventEmitter implements Implemented {
  readonly parent = null
  readonly routingId = 1
  readonly processId: number
  readonly frameTreeNodeId: number
  readonly #document: PageDocument

  constructor(document: PageDocument, contentsId: number) {
    super()
    this.#document = document
    this.processId = contentsId
    this.frameTreeNodeId = contentsId
  }

  get top(): this {
    return this
  }

  get url(): string {
    return this.#document.url
  }

  get origin(): string {
    return this.#document.origin
  }

  get detached(): boolean {
    return this.#document.gone
  }

  isDestroyed(): boolean {
    return this.#document.gone
  }

  send(channel: string, ...args: unknown[]): void {
    requireChannel(channel)
    this.#document.post({ kind: 'event', channel, args: encode(args), ports: [] })
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    requireChannel(channel)
    const args = encode([message])
    this.#document.post({
      kind: 'event',
      channel,
      args,
      ports: portHub.handOverAll(transfer, this.#document),
    })
  }
}

function requireChannel(channel: unknown): void {
  if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
}

strict(WebFrameMain.prototype, 'webFrameMain#')
