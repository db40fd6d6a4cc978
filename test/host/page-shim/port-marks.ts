/** Ports lose their identity on the way from the preload to the page; which of them lead to main must not get lost. */
import { page } from './dom.ts'
import type { PageEvent } from './dom.ts'
import { LostBuffers, transferOf } from './lost-buffers.ts'

type Native = (...args: unknown[]) => unknown

/** In the isolated world: tells the other one of each port that goes there and leads to main. */
export function announceMarks(buffers: LostBuffers, announce: (marks: readonly boolean[]) => void): void {
  page['postMessage'] = new Proxy(page['postMessage'] as Native, {
    apply: (target, self, args: unknown[]): unknown => {
      const transfer = transferOf(args[2] ?? args[1])
      const marks = transfer.filter((item) => item instanceof MessagePort).map((port) => buffers.leads(port))
      if (marks.includes(true)) announce(marks)
      return Reflect.apply(target, self, args)
    },
  })
}

/** In the main world: takes what was announced and waits for the ports, ahead of the page's own listeners. */
export class MarkReceiver {
  readonly #announced: (readonly boolean[])[] = []
  #buffers: LostBuffers | undefined

  constructor() {
    page.addEventListener('message', ({ source, ports = [] }: PageEvent) => {
      if (source !== page || ports.length === 0) return
      const marks = this.#announced.shift() ?? []
      for (const [index, port] of ports.entries()) if (marks[index] === true) this.#buffers?.mark(port)
    })
  }

  receive(marks: readonly boolean[]): void {
    // Pages that get no port from main keep their own MessagePort untouched.
    this.#buffers ??= new LostBuffers()
    this.#announced.push(marks)
  }
}
