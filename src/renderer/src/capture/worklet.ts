/**
 * On the audio thread: averages the channels (some microphones speak on one only), fills frames and posts them.
 * The buffers it is given are used again by the browser, so samples are copied; its own are transferred.
 */

// The audio thread's globals; the DOM library does not describe them.
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

/** 50 ms: short enough for a live level, long enough not to flood the channel to main. */
const FRAME_SAMPLES = 800

class FrameProcessor extends AudioWorkletProcessor {
  #frame = new Float32Array(FRAME_SAMPLES)
  #filled = 0
  #stopped = false

  constructor() {
    super()
    this.port.onmessage = () => {
      this.#stopped = true
      this.#post(this.#frame.slice(0, this.#filled))
      this.port.postMessage('stopped')
    }
  }

  /** @param inputs channels of 128 samples each, of the one input. */
  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const channels = inputs[0] ?? []
    const length = this.#stopped ? 0 : (channels[0]?.length ?? 0)
    for (let index = 0; index < length; index++) {
      let sum = 0
      for (const channel of channels) sum += channel[index] ?? 0
      this.#frame[this.#filled++] = sum / channels.length
      if (this.#filled === FRAME_SAMPLES) {
        this.#post(this.#frame)
        this.#frame = new Float32Array(FRAME_SAMPLES)
        this.#filled = 0
      }
    }
    return !this.#stopped
  }

  #post(frame: Float32Array<ArrayBuffer>): void {
    if (frame.length > 0) this.port.postMessage(frame, [frame.buffer])
  }
}

registerProcessor('steno-frames', FrameProcessor)
