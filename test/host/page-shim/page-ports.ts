/**
 * Message ports between this page and the rest of the app. A port that came from main is one end of a real channel; its
 * twin stays here and speaks to main in frames. A port of the page that goes to main becomes such a twin itself.
 */
import { decode, encode } from '../shared/codec.ts'
import type { PortFrame, PortId } from '../shared/port-frames.ts'
import type { MessagePort, PageEvent, PageTarget } from './dom.ts'
import type { HostLink } from './host-link.ts'
import type { LostBuffers } from './lost-buffers.ts'

export class PagePorts {
  readonly #link: HostLink
  readonly #buffers: LostBuffers
  readonly #twins = new Map<PortId, MessagePort>()

  constructor(link: HostLink, buffers: LostBuffers) {
    this.#link = link
    this.#buffers = buffers
  }

  /** The page's end of a port that main sends under this id. */
  adopt(id: PortId): MessagePort {
    const { port1, port2 } = new MessageChannel()
    this.#buffers.mark(port1)
    this.#connect(id, port2)
    return port1
  }

  /** Takes a port away from the page, on its way to main; throws when it was sent away before. */
  give(port: MessagePort): PortId {
    const id = crypto.randomUUID()
    this.#buffers.markPeerOf(port)
    // Only a transferred port is unusable to its former holder.
    this.#connect(id, structuredClone(port, { transfer: [port] }))
    return id
  }

  receive(id: PortId, frame: PortFrame): void {
    const twin = this.#twins.get(id)
    if (frame.kind === 'close') {
      this.#twins.delete(id)
      twin?.close()
    } else {
      twin?.postMessage(
        decode(frame.data),
        frame.ports.map((port) => this.adopt(port)),
      )
    }
  }

  #connect(id: PortId, twin: MessagePort): void {
    this.#twins.set(id, twin)
    const target = twin as unknown as PageTarget
    target.addEventListener('message', (event) => {
      this.#forward(id, event)
    })
    target.addEventListener('close', () => {
      if (this.#twins.delete(id)) this.#link.send({ kind: 'port', id, frame: { kind: 'close' } })
    })
    twin.start()
  }

  #forward(id: PortId, { data, ports = [] }: PageEvent): void {
    const frame: PortFrame = {
      kind: 'message',
      data: encode(data),
      ports: ports.map((port) => this.give(port)),
    }
    this.#link.send({ kind: 'port', id, frame })
  }
}
