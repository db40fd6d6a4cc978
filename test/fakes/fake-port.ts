import { EventEmitter } from 'node:events'
import type { SoundPort } from '../../src/main/dictation/sound-intake.ts'
import type { CaptureRefusal } from '../../src/shared/capture-port.ts'

/** Main's end of a capture port; the test is the page. */
export class FakePort extends EventEmitter implements SoundPort {
  readonly refusals: CaptureRefusal[] = []
  closed = false

  start(): void {
    // Messages are said by the test, when it wants.
  }

  postMessage(message: CaptureRefusal): void {
    this.refusals.push(message)
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.emit('close')
  }

  /** A message from the page. */
  say(data: unknown): void {
    this.emit('message', { data })
  }
}
