/**
 * One end of a channel, wherever it lives: waiting here, read by a port of this process, or away at another place
 * (a page, a child). Messages that reach an end wait in it until somebody reads or it goes away; so nothing is lost
 * or overtaken while an end moves.
 */

/** What is on its way to an end: the message still encoded, the ends that travel with it not yet anybody's ports. */
export type Parcel =
  | { readonly kind: 'message'; readonly data: string; readonly ends: readonly PortEnd[] }
  | { readonly kind: 'close' }

export class PortEnd {
  #peer: PortEnd | undefined
  #waiting: Parcel[] = []
  #forward: ((parcel: Parcel) => void) | undefined
  #wake: (() => void) | undefined

  static pair(): readonly [PortEnd, PortEnd] {
    const ends = [new PortEnd(), new PortEnd()] as const
    ends[0].#peer = ends[1]
    ends[1].#peer = ends[0]
    return ends
  }

  /** To the other end; where there is none, the ends that travel along are lost with the parcel, which closes them. */
  send(parcel: Parcel): void {
    if (this.#peer === undefined) drop(parcel)
    else this.#peer.#arrive(parcel)
  }

  #arrive(parcel: Parcel): void {
    if (this.#forward !== undefined) {
      this.#forward(parcel)
      return
    }
    this.#waiting.push(parcel)
    this.#wake?.()
  }

  /** A port of this process reads from now on, and no other: `wake` is called when there is something to `take`. */
  readBy(wake: () => void): void {
    this.#wake = wake
    if (this.#waiting.length > 0) wake()
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  take(): Parcel | undefined {
    return this.#waiting.shift()
  }

  /** The end lives elsewhere from now on: what waits goes there first, then everything as it comes. */
  sendOnTo(forward: (parcel: Parcel) => void): void {
    this.#forward = forward
    for (const parcel of this.#waiting.splice(0)) forward(parcel)
  }

  /** Back from elsewhere: what comes waits here again. */
  comeBack(): void {
    this.#forward = undefined
  }

  /**
   * Takes this end out of use: its peer hears of it after all that was sent before. Left behind is what Electron
   * leaves: an end whose only news is that it is closed, should somebody still move and start it.
   */
  close(): void {
    const unread = this.#waiting
    this.#wake = undefined
    this.#forward = undefined
    this.#waiting = [{ kind: 'close' }]
    const peer = this.#peer
    this.#peer = undefined
    if (peer !== undefined) {
      peer.#peer = undefined
      peer.#arrive({ kind: 'close' })
    }
    for (const parcel of unread) drop(parcel)
  }
}

function drop(parcel: Parcel): void {
  if (parcel.kind === 'message') for (const end of parcel.ends) end.close()
}
