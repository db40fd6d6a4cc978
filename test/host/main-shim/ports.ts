/**
 * Lets port ends live in other places: which end is away, where, and under which id. The utility shim runs the same
 * code in the child, where the one other place is main.
 */
import { randomUUID } from 'node:crypto'
import type { PortFrame, PortId } from '../shared/port-frames.ts'
import { disentangle, MessagePortMain, portsIn } from './message-port.ts'
import { type Parcel, PortEnd } from './port-end.ts'

export { MessageChannelMain, MessagePortMain } from './message-port.ts'

/** A place outside this process where port ends can live: one page (frame), one child process, or main for a child. */
export interface RemotePlace {
  deliver(id: PortId, frame: PortFrame): void
}

export class PortHub {
  /** The ends that live elsewhere, by the id under which the place knows them. */
  readonly #away = new WeakMap<RemotePlace, Map<PortId, PortEnd>>()

  /** Moves one port there; see `handOverAll`. */
  handOver(port: MessagePortMain, to: RemotePlace): PortId {
    return this.handOverAll([port], to).join('')
  }

  /**
   * Moves the ports of a transfer list there. Send the message that names the ids in the same turn of the event loop:
   * what waits in the ports follows in the next one. Throws what Electron throws on anything but a list of usable ports.
   */
  handOverAll(transfer: readonly MessagePortMain[], to: RemotePlace): PortId[] {
    return disentangle(portsIn(transfer)).map((end) => this.#move(end, to))
  }

  /** A port that came in from there under this id. */
  adopt(id: PortId, from: RemotePlace): MessagePortMain {
    return new MessagePortMain(this.#fetch(id, from))
  }

  /** A frame from the end that lives there under this id; frames for ends that are gone are lost. */
  receive(id: PortId, frame: PortFrame, from: RemotePlace): void {
    const end = this.#endsAt(from).get(id)
    if (frame.kind === 'close') {
      this.#endsAt(from).delete(id)
      end?.close()
      return
    }
    const ends = frame.ports.map((port) => this.#fetch(port, from))
    if (end !== undefined) end.send({ kind: 'message', data: frame.data, ends })
    else for (const lost of ends) lost.close()
  }

  /** The place is gone, and the ends that lived there with it. */
  dropped(place: RemotePlace): void {
    const ends = this.#endsAt(place)
    this.#away.delete(place)
    for (const end of ends.values()) end.close()
  }

  #endsAt(place: RemotePlace): Map<PortId, PortEnd> {
    const ends = this.#away.get(place) ?? new Map<PortId, PortEnd>()
    this.#away.set(place, ends)
    return ends
  }

  /** Sends an end of ours there. */
  #move(end: PortEnd, to: RemotePlace): PortId {
    const id = randomUUID()
    this.#endsAt(to).set(id, end)
    setImmediate(() => {
      if (this.#endsAt(to).get(id) === end) this.#forward(end, id, to)
    })
    return id
  }

  /** The end that `from` sends us: one we sent there, coming back, or the near end of a channel made there. */
  #fetch(id: PortId, from: RemotePlace): PortEnd {
    const ends = this.#endsAt(from)
    const ours = ends.get(id)
    if (ours !== undefined) {
      ends.delete(id)
      ours.comeBack()
      return ours
    }
    const [near, far] = PortEnd.pair()
    ends.set(id, far)
    this.#forward(far, id, from)
    return near
  }

  #forward(end: PortEnd, id: PortId, to: RemotePlace): void {
    end.sendOnTo((parcel) => {
      if (parcel.kind === 'close') this.#endsAt(to).delete(id)
      to.deliver(id, this.#frameOf(parcel, to))
    })
  }

  #frameOf(parcel: Parcel, to: RemotePlace): PortFrame {
    if (parcel.kind === 'close') return parcel
    return { kind: 'message', data: parcel.data, ports: parcel.ends.map((end) => this.#move(end, to)) }
  }
}

export const portHub = new PortHub()
