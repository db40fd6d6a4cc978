/** Frames as lines of JSON over a duplex pipe: one end in main, one in a utility process. */
import type { Socket } from 'node:net'
import type { ChildFrame } from '../shared/child-frames.ts'

export class FramePipe {
  readonly #socket: Socket
  #line: string[] = []

  /** `onEnd` is called once, when the other side is gone. */
  constructor(socket: Socket, onFrame: (frame: ChildFrame) => void, onEnd: () => void = () => undefined) {
    this.#socket = socket
    socket.setEncoding('utf8')
    // A write that fails because the other side is gone is followed by `close`, and that is what counts.
    socket.on('error', () => undefined)
    socket.on('close', onEnd)
    socket.on('data', (text: string) => {
      for (const line of this.#lines(text)) onFrame(JSON.parse(line) as ChildFrame)
    })
  }

  send(frame: ChildFrame): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(frame)}\n`)
  }

  close(): void {
    this.#socket.destroy()
  }

  /** The lines that are complete with this piece of text. */
  *#lines(text: string): Generator<string> {
    const pieces = text.split('\n')
    const rest = pieces.pop() ?? ''
    for (const piece of pieces) {
      yield this.#line.join('') + piece
      this.#line = []
    }
    this.#line.push(rest)
  }
}
