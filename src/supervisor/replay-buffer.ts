/** The audio of one utterance that is not settled yet, kept to be sent again if the worker is replaced. */
import type { Pcm } from '../shared/audio.ts'

export class ReplayBuffer {
  readonly #pieces: Pcm[] = []
  #from = 0
  #end = 0

  /** Index of the first sample still held. */
  get from(): number {
    return this.#from
  }

  /** Index after the last sample. */
  get end(): number {
    return this.#end
  }

  append(pcm: Pcm): void {
    if (pcm.length === 0) return
    // A view would keep, and later clone, the whole buffer behind it; and the caller may reuse that.
    this.#pieces.push(pcm.slice())
    this.#end += pcm.length
  }

  /** Gives up the samples below `index`. */
  trimTo(index: number): void {
    for (let first = this.#pieces[0]; first !== undefined && index > this.#from; first = this.#pieces[0]) {
      const surplus = Math.min(index - this.#from, first.length)
      this.#from += surplus
      if (surplus === first.length) this.#pieces.shift()
      else this.#pieces[0] = first.slice(surplus)
    }
  }

  /** A tight copy of at most `limit` samples that start at `index`. */
  read(index: number, limit: number): Pcm {
    const start = Math.max(index, this.#from)
    const out = new Float32Array(Math.max(0, Math.min(limit, this.#end - start)))
    let filled = 0
    let pieceFrom = this.#from
    for (const piece of this.#pieces) {
      if (filled === out.length) break
      const skip = start + filled - pieceFrom
      if (skip < piece.length) {
        const part = piece.subarray(skip, skip + out.length - filled)
        out.set(part, filled)
        filled += part.length
      }
      pieceFrom += piece.length
    }
    return out
  }

  /** Everything still held. */
  rest(): Pcm {
    return this.read(this.#from, this.#end - this.#from)
  }
}
