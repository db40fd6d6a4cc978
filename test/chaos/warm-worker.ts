/** A real worker process that is asked without a supervisor: one model after another, and what became of each. */
import { childProcessAdapter } from '../../src/cli/child-process-adapter.ts'
import { modelRequest, WORKER_ENTRY } from '../../src/cli/resources.ts'
import type { Pcm } from '../../src/shared/audio.ts'
import type { WireError } from '../../src/shared/errors.ts'
import type { FromWorker, ToWorker } from '../../src/shared/worker-frames.ts'
import { describeExit, type OwnProcess } from '../../src/supervisor/process-adapter.ts'

export type Answer =
  | { readonly kind: 'text'; readonly text: string }
  /** `loading`: the model was refused; else it was loaded and failed at the clip. */
  | { readonly kind: 'error'; readonly error: WireError; readonly loading: boolean; readonly ms: number }
  | { readonly kind: 'died'; readonly how: string }
  | { readonly kind: 'hung' }

const SESSION = 1

export class WarmWorker implements AsyncDisposable {
  readonly #process: OwnProcess<ToWorker>
  readonly #exit = Promise.withResolvers<string>()
  #listener: (frame: FromWorker) => void = () => undefined
  #generation = 0

  private constructor() {
    this.#process = childProcessAdapter<ToWorker, FromWorker>(WORKER_ENTRY).fork({
      frame: (frame) => {
        if (frame.generation === this.#generation) this.#listener(frame)
      },
      stderr: () => undefined,
      exit: (exit) => {
        this.#exit.resolve(describeExit(exit))
      },
    })
  }

  /** Its engine is loaded: what is asked next takes as long as the model does. */
  static async start(): Promise<WarmWorker> {
    const worker = new WarmWorker()
    await worker.ask('/no/such/folder', new Float32Array(), 60_000)
    return worker
  }

  /** Loads the model and decodes one clip. @param patienceMs for all of it; what takes longer hangs. */
  async ask(folder: string, pcm: Pcm, patienceMs: number): Promise<Answer> {
    this.#generation += 1
    const generation = this.#generation
    const answer = Promise.withResolvers<Answer>()
    const timer = setTimeout(() => {
      answer.resolve({ kind: 'hung' })
    }, patienceMs)
    void this.#exit.promise.then((how) => {
      answer.resolve({ kind: 'died', how })
    })
    const lines: string[] = []
    let asked = performance.now()
    this.#listener = (frame) => {
      const ms = performance.now() - asked
      if (frame.kind === 'ready') {
        asked = performance.now()
        this.#process.post({ kind: 'open', generation, session: SESSION, from: 0, live: false })
        this.#process.post({ kind: 'audio', generation, session: SESSION, pcm })
        this.#process.post({ kind: 'finish', generation, session: SESSION })
      } else if (frame.kind === 'refused') {
        answer.resolve({ kind: 'error', error: frame.error, loading: true, ms })
      } else if (frame.kind === 'failed') {
        answer.resolve({ kind: 'error', error: frame.error, loading: false, ms })
      } else if (frame.kind === 'settled') lines.push(frame.line?.text ?? '')
      else if (frame.kind === 'final') answer.resolve({ kind: 'text', text: lines.join(' ').trim() })
    }
    this.#process.post({ kind: 'load', generation, model: modelRequest(folder, 1) })
    try {
      return await answer.promise
    } finally {
      clearTimeout(timer)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill()
    await this.#exit.promise
  }
}
