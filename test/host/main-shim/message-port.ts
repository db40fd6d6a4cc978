/**
 * Electron's MessagePortMain and MessageChannelMain: when what is emitted, what is refused and with which words follow
 * electron/shell/browser/api/message_port.cc.
 */
import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { decode, encode } from '../shared/codec.ts'
import { type Parcel, PortEnd } from './port-end.ts'

/** The end each port reads and writes; a port that was moved ("neutered") has none. */
const endOf = new WeakMap<MessagePortMain, PortEnd>()

type Methods = Pick<Electron.MessagePortMain, 'start' | 'close' | 'postMessage'>

export class MessagePortMain extends EventEmitter implements Methods {
  #started = false
  #closed = false
  #due = false

  /** Apps get ports from a channel or in messages and never make one: Electron does not export the class. */
  constructor(end: PortEnd) {
    super()
    endOf.set(this, end)
  }

  /** From here on queued and coming messages are emitted, each in a task of its own. */
  start(): void {
    const end = this.#entangled()
    if (end === undefined || this.#started) return
    this.#started = true
    end.readBy(() => {
      this.#schedule(end)
    })
  }

  /** Emits `close` here at once, and at the other end after the messages already sent. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    endOf.get(this)?.close()
    this.emit('close')
  }

  /** Copies `message` now. Does nothing on a port that is closed or was moved; throws on what cannot be sent. */
  postMessage(...args: [message: unknown, transfer?: MessagePortMain[]]): void {
    const end = this.#entangled()
    if (end === undefined) return
    const given: readonly unknown[] = args
    if (given.length === 0) throw new TypeError('Expected at least one argument to postMessage')
    const data = encode(given[0])
    const ports = given.length > 1 ? portsIn(given[1]) : []
    const self = ports.indexOf(this)
    if (self >= 0) throw new Error(`Port at index ${self} contains the source port.`)
    end.send({ kind: 'message', data, ends: disentangle(ports) })
  }

  #entangled(): PortEnd | undefined {
    return this.#closed ? undefined : endOf.get(this)
  }

  #schedule(end: PortEnd): void {
    if (this.#due) return
    this.#due = true
    setImmediate(() => {
      this.#due = false
      if (this.#entangled() !== end) return
      const parcel = end.take()
      // First the next one: a listener that throws must not hold up what comes after.
      if (!end.isEmpty) this.#schedule(end)
      if (parcel?.kind === 'close') this.close()
      if (parcel?.kind === 'message') this.emit('message', messageEvent(parcel))
    })
  }
}

export class MessageChannelMain implements Electron.MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const [one, two] = PortEnd.pair()
    this.port1 = new MessagePortMain(one)
    this.port2 = new MessagePortMain(two)
  }
}

/** The event that main's ports and `parentPort` emit. */
export interface PortMessageEvent {
  readonly data: unknown
  readonly ports: readonly MessagePortMain[]
}

function messageEvent({ data, ends }: Parcel & { readonly kind: 'message' }): PortMessageEvent {
  return { data: decode(data), ports: ends.map((end) => new MessagePortMain(end)) }
}

/** The ports of a transfer list; TypeError for anything else. */
export function portsIn(transfer: unknown): MessagePortMain[] {
  if (!Array.isArray(transfer)) throw new TypeError('transferables must be an array of MessagePorts')
  const list: readonly unknown[] = transfer
  return list.map((item, index) => {
    if (!(item instanceof MessagePortMain)) throw new TypeError(`Port at index ${index} is not a valid port`)
    return item
  })
}

/** Takes the ends out of the ports, which are useless from here on; moves all of them or, when it throws, none. */
export function disentangle(ports: readonly MessagePortMain[]): PortEnd[] {
  const ends: PortEnd[] = []
  for (const [index, port] of ports.entries()) {
    const end = endOf.get(port)
    if (end === undefined) throw new Error(`Port at index ${index} is already neutered.`)
    if (ends.includes(end)) throw new Error(`Port at index ${index} is a duplicate.`)
    ends.push(end)
  }
  for (const port of ports) endOf.delete(port)
  return ends
}
