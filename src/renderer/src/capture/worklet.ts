/** On the audio thread: posts mono frames, at the context's rate, until it is told to stop. */
import type { Pcm } from '../../../shared/audio.ts'
import { Framer } from './framer.ts'
import type { FromWorklet, ToWorklet } from './worklet-messages.ts'

// The audio thread's globals; the DOM library does not describe them.
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

class FrameProcessor extends AudioWorkletProcessor {
  readonly #framer = new Framer((frame) => {
    // Within a process a transfer is safe, and the frame is nobody else's.
    this.port.postMessage(frame satisfies FromWorklet, [frame.buffer as ArrayBuffer])
  })
  #stopped = false

  constructor() {
    super()
    this.port.onmessage = ({ data }: MessageEvent<ToWorklet>) => {
      if (data === 'stop') this.#stopped = true
      this.#framer.flush()
      this.port.postMessage('flushed' satisfies FromWorklet)
    }
  }

  /** @param inputs channels of 128 samples each, of the one input; none before the device has given any. */
  process(inputs: readonly (readonly Pcm[])[]): boolean {
    if (!this.#stopped) this.#framer.push(inputs[0] ?? [])
    return !this.#stopped
  }
}

registerProcessor('steno-frames', FrameProcessor)
