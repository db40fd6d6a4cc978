/**
 * Silero VAD (v5 and v6 graphs) over onnxruntime. Each frame goes in behind the last 64 samples of the one before:
 * without that context v5 loses accuracy and v6 never reports speech (measured on real clips; upstream's own
 * `OnnxWrapper` does the same).
 */
import { FRAME_SAMPLES, SAMPLE_RATE, type Pcm } from '../../shared/audio.ts'
import { StenoError } from '../../shared/errors.ts'
import { openSession, type Ort, type Session } from '../runtime.ts'

const CONTEXT_SAMPLES = 64
const STATE_SIZE = 2 * 128

/** Gives the probability that a frame holds speech. Frames of one recording come in order; `reset` between them. */
export interface SpeechDetector {
  /** @param frame exactly FRAME_SAMPLES samples. */
  probability(frame: Pcm): Promise<number>
  reset(): void
}

export class SileroVad implements SpeechDetector, AsyncDisposable {
  readonly #ort: Ort
  readonly #session: Session
  readonly #sampleRate
  readonly #input = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES)
  #state = new Float32Array(STATE_SIZE)

  private constructor(ort: Ort, session: Session) {
    this.#ort = ort
    this.#session = session
    this.#sampleRate = new ort.Tensor('int64', BigInt64Array.of(BigInt(SAMPLE_RATE)), [])
  }

  static async load(ort: Ort, path: string): Promise<SileroVad> {
    const session = await openSession(ort, path, 1)
    if (!['input', 'state', 'sr'].every((name) => session.inputNames.includes(name))) {
      throw new StenoError('model-mismatch', `This is not a Silero VAD of version 5 or 6: ${path}`, {
        file: path,
        hint: 'Install Steno again.',
      })
    }
    return new SileroVad(ort, session)
  }

  async probability(frame: Pcm): Promise<number> {
    this.#input.set(frame, CONTEXT_SAMPLES)
    const { Tensor } = this.#ort
    const { output, stateN } = await this.#session.run({
      input: new Tensor('float32', this.#input, [1, this.#input.length]),
      state: new Tensor('float32', this.#state, [2, 1, 128]),
      sr: this.#sampleRate,
    })
    this.#input.copyWithin(0, FRAME_SAMPLES)
    if (!(output?.data instanceof Float32Array) || !(stateN?.data instanceof Float32Array)) {
      throw new StenoError('model-mismatch', 'The voice detector answered in an unknown form.')
    }
    this.#state = new Float32Array(stateN.data)
    return output.data[0] ?? 0
  }

  reset(): void {
    this.#state = new Float32Array(STATE_SIZE)
    this.#input.fill(0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.release()
  }
}
