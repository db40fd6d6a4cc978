/** `ipcRenderer` of a sandboxed preload. */
import { decode, encode } from '../shared/codec.ts'
import type { ToPage } from '../shared/wire.ts'
import { Emitter } from './emitter.ts'
import type { HostLink } from './host-link.ts'
import type { PagePorts } from './page-ports.ts'

type Answer = Extract<ToPage, { kind: 'result' | 'failure' }>

export class IpcRenderer extends Emitter {
  readonly #link: HostLink
  readonly #ports: PagePorts
  readonly #pending = new Map<number, { channel: string; done: PromiseWithResolvers<unknown> }>()
  #lastId = 0

  constructor(link: HostLink, ports: PagePorts) {
    super()
    this.#link = link
    this.#ports = ports
  }

  /** For the host: what main sent. */
  static deliver(target: IpcRenderer, { channel, args, ports }: Extract<ToPage, { kind: 'event' }>): void {
    const event = { sender: target, ports: ports.map((id) => target.#ports.adopt(id)) }
    target.emit(channel, event, ...(decode(args) as unknown[]))
  }

  /** For the host: the answer to an `invoke`. */
  static settle(target: IpcRenderer, answer: Answer): void {
    const pending = target.#pending.get(answer.id)
    target.#pending.delete(answer.id)
    if (pending === undefined) return
    if (answer.kind === 'result') pending.done.resolve(decode(answer.value))
    else pending.done.reject(new Error(`Error invoking remote method '${pending.channel}': ${answer.error}`))
  }

  send(channel: string, ...args: unknown[]): void {
    this.#link.send({ kind: 'send', channel: requireChannel(channel), args: encode(args) })
  }

  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    const id = ++this.#lastId
    const message = { kind: 'invoke', id, channel: requireChannel(channel), args: encode(args) } as const
    const done = Promise.withResolvers<unknown>()
    this.#pending.set(id, { channel, done })
    this.#link.send(message)
    return await done.promise
  }

  postMessage(channel: string, message: unknown, transfer: readonly unknown[] = []): void {
    const data = encode(message)
    const ports = transfer.map((item) => {
      if (!(item instanceof MessagePort)) throw new TypeError('Invalid value for transfer')
      return item
    })
    this.#link.send({
      kind: 'post',
      channel: requireChannel(channel),
      message: data,
      ports: ports.map((port) => this.#ports.give(port)),
    })
  }
}

function requireChannel(channel: unknown): string {
  if (typeof channel !== 'string') throw new Error('Missing required channel argument')
  return channel
}
