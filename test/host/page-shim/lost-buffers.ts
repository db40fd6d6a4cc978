/**
 * Electron loses a message whose ArrayBuffer is transferred through a port to main (electron/electron#34905): it
 * arrives as null. A real MessagePort would carry it, so this knows which ports of its world lead to main.
 */
import { page } from './dom.ts'
import type { MessagePort as Port } from './dom.ts'

type Native = (...args: unknown[]) => unknown
type Channel = new () => { readonly port1: Port; readonly port2: Port }

export class LostBuffers {
  readonly #leading = new WeakSet<Port>()
  readonly #peers = new WeakMap<Port, Port>()

  constructor() {
    page['MessageChannel'] = new Proxy(MessageChannel, {
      construct: (target, args, newTarget) => {
        const channel = Reflect.construct(target, args, newTarget) as InstanceType<Channel>
        this.#peers.set(channel.port1, channel.port2)
        this.#peers.set(channel.port2, channel.port1)
        return channel
      },
    })
    const { prototype } = MessagePort as unknown as { readonly prototype: { postMessage: Native } }
    prototype.postMessage = new Proxy(prototype.postMessage, {
      apply: (target, port: Port, args: unknown[]): unknown => {
        const transfer = transferOf(args[1])
        const buffers = transfer.filter((item) => item instanceof ArrayBuffer)
        if (buffers.length === 0 || !this.leads(port)) return Reflect.apply(target, port, args)
        structuredClone(buffers, { transfer: buffers })
        const ports = transfer.filter((item) => item instanceof MessagePort)
        return Reflect.apply(target, port, [null, ports])
      },
    })
  }

  /** Its other end is in main. */
  mark(port: Port): void {
    this.#leading.add(port)
  }

  /** It is on its way to main, so its peer leads there. */
  markPeerOf(port: Port): void {
    const peer = this.#peers.get(port)
    if (peer !== undefined) this.mark(peer)
  }

  leads(port: Port): boolean {
    return this.#leading.has(port)
  }
}

/** The second argument of `postMessage` is a list or an object that has one. */
export function transferOf(argument: unknown): readonly unknown[] {
  if (Array.isArray(argument)) return argument
  const { transfer } = (argument ?? {}) as { readonly transfer?: readonly unknown[] }
  return transfer ?? []
}
