/**
 * `process.parentPort` of a utility process. Messages wait while nobody listens for them: the first listener starts the
 * port and taking away the last one pauses it, so `once` takes exactly one (electron/lib/utility/init.ts).
 */
import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import type { PortMessageEvent } from '../main-shim/message-port.ts'
import { encode } from '../shared/codec.ts'

export class ParentPort extends EventEmitter implements Pick<Electron.ParentPort, 'postMessage'> {
  readonly #post: (data: string) => void
  readonly #waiting: (() => PortMessageEvent)[] = []
  #started = false
  #due = false

  constructor(post: (data: string) => void) {
    super()
    this.#post = post
    this.on('newListener', (event) => {
      if (event === 'message' && this.listenerCount('message') === 0) this.start()
    })
    this.on('removeListener', (event) => {
      if (event === 'message' && this.listenerCount('message') === 0) this.pause()
    })
  }

  /** Copies `message` now; takes no ports, and ignores them when given, as Electron does. */
  postMessage(message: unknown): void {
    this.#post(encode(message))
  }

  start(): void {
    this.#started = true
    this.#schedule()
  }

  pause(): void {
    this.#started = false
  }

  /** Something came in; it is unpacked when somebody listens. */
  receive(unpack: () => PortMessageEvent): void {
    this.#waiting.push(unpack)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#due || !this.#started || this.#waiting.length === 0) return
    this.#due = true
    setImmediate(() => {
      this.#due = false
      if (!this.#started) return
      const unpack = this.#waiting.shift()
      // First the next one: a listener that throws must not hold up what comes after.
      this.#schedule()
      if (unpack !== undefined) this.emit('message', unpack())
    })
  }
}
