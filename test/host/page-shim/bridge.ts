/**
 * Carries values and calls between a page's two JavaScript worlds, which share the DOM but no objects: synchronously,
 * with events on a node that neither world's document holds. Chromium clones an event's `detail` on the way; functions
 * and promises, which cannot be cloned, are left behind and called over the bridge.
 */
import { page } from './dom.ts'
import type { PageTarget } from './dom.ts'
import { Packer } from './packer.ts'
import type { Callable, Packed, Remote } from './packer.ts'

export type World = 'isolated' | 'main'

/** What one world asks of the other; `custom` requests are served by the world's own code. */
export type Request =
  | { readonly kind: 'call'; readonly id: number; readonly args: readonly Packed[] }
  | { readonly kind: 'settle'; readonly id: number; readonly fulfilled: boolean; readonly value: Packed }
  | { readonly kind: 'expose'; readonly key: string; readonly api: Packed }
  | { readonly kind: 'ask'; readonly question: unknown }
  | { readonly kind: 'marks'; readonly marks: readonly boolean[] }

type Reply = { readonly ok: true; readonly value: Packed } | { readonly ok: false; readonly message: string }

/** Electron's words for a thrown value that is not an error. */
const NOT_AN_ERROR =
  'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.'

export class Bridge implements Remote {
  readonly packer: Packer = new Packer(this)
  readonly #node: PageTarget
  readonly #there: World
  readonly #serveOwn: (request: Request) => unknown
  #reply: Reply | undefined

  constructor(node: PageTarget, here: World, serveOwn: (request: Request) => unknown) {
    this.#node = node
    this.#there = here === 'main' ? 'isolated' : 'main'
    this.#serveOwn = serveOwn
    node.addEventListener(`ask ${here}`, ({ detail }) => {
      this.#dispatch('reply', this.#serve(detail as Request))
    })
    node.addEventListener(`reply ${here}`, ({ detail }) => {
      this.#reply = detail as Reply
    })
  }

  /** Asks the other world and returns its answer; throws what it threw. */
  request(request: Request): unknown {
    this.#reply = undefined
    this.#dispatch('ask', request)
    // Set by the listener meanwhile.
    const reply = this.#reply as Reply | undefined
    if (reply === undefined) throw new Error('The other world is gone')
    if (!reply.ok) throw new Error(reply.message)
    return this.packer.unpack(reply.value)
  }

  call(id: number, args: readonly unknown[]): unknown {
    return this.request({ kind: 'call', id, args: args.map((arg) => this.packer.pack(arg)) })
  }

  settle(id: number, fulfilled: boolean, value: unknown): void {
    this.request({ kind: 'settle', id, fulfilled, value: this.#packReason(value) })
  }

  #dispatch(what: 'ask' | 'reply', detail: Request | Reply): void {
    this.#node.dispatchEvent(new page.CustomEvent(`${what} ${this.#there}`, { detail }))
  }

  #serve(request: Request): Reply {
    try {
      return { ok: true, value: this.packer.pack(this.#answer(request)) }
    } catch (error) {
      const message = (error as { readonly message?: unknown } | null | undefined)?.message
      return { ok: false, message: typeof message === 'string' ? message : NOT_AN_ERROR }
    }
  }

  #answer(request: Request): unknown {
    switch (request.kind) {
      case 'call': {
        const callable: Callable = this.packer.callable(request.id)
        return callable(...request.args.map((arg) => this.packer.unpack(arg)))
      }
      case 'settle':
        this.packer.settle(request.id, request.fulfilled, request.value)
        return undefined
      case 'expose':
      case 'ask':
      case 'marks':
        return this.#serveOwn(request)
    }
  }

  /** A promise must settle on the other side even when its value cannot go there. */
  #packReason(value: unknown): Packed {
    try {
      return this.packer.pack(value)
    } catch (error) {
      return this.packer.pack(error)
    }
  }
}
