/** Owns a loaded model and the voice detector beside it; opens one stream per utterance. */
import { loadModel } from './models/load.ts'
import type { Model } from './model.ts'
import type { Live } from './partials/preview.ts'
import { loadRuntime } from './runtime.ts'
import { Stream, type StreamEvents } from './stream.ts'
import { SileroVad, type SpeechDetector } from './vad/silero.ts'
import type { ModelInfo, ModelRequest } from '../shared/worker-frames.ts'

export class Transcriber implements AsyncDisposable {
  readonly #model: Model
  readonly #vad: SpeechDetector & Partial<AsyncDisposable>

  constructor(model: Model, vad: SpeechDetector & Partial<AsyncDisposable>) {
    this.#model = model
    this.#vad = vad
  }

  /** Loads both graphs. Rejects with a StenoError that names the file. */
  static async load(request: ModelRequest): Promise<Transcriber> {
    const ort = await loadRuntime()
    await using stack = new AsyncDisposableStack()
    const vad = stack.use(await SileroVad.load(ort, request.vad))
    const model = stack.use(await loadModel(ort, request))
    stack.move()
    return new Transcriber(model, vad)
  }

  get info(): ModelInfo {
    return this.#model.info
  }

  /** One stream at a time: the voice detector's state belongs to it. */
  openStream(from: number, events: StreamEvents, signal: AbortSignal, live?: Live): Stream {
    return new Stream({ model: this.#model, vad: this.#vad, events, signal, live }, from)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#model[Symbol.asyncDispose]()
    await this.#vad[Symbol.asyncDispose]?.()
  }
}
