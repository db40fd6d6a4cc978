/** The sound of one dictation on its way to main: counts samples, and knows when its tail is complete. Pure. */
import type { CaptureApi } from '../../../shared/app-ipc.ts'
import { samplesOf, type Pcm } from '../../../shared/audio.ts'
import type { DictationId } from '../../../shared/dictation.ts'

export class Take {
  readonly id: DictationId
  readonly #main: Pick<CaptureApi, 'sendSound' | 'endSound'>
  #sent = 0
  #left = Infinity

  constructor(id: DictationId, main: Pick<CaptureApi, 'sendSound' | 'endSound'>) {
    this.id = id
    this.#main = main
  }

  get stopping(): boolean {
    return this.#left !== Infinity
  }

  /** Whether all that was under way when it was stopped has come. */
  get complete(): boolean {
    return this.#left <= 0
  }

  push(frame: Pcm): void {
    this.#main.sendSound(this.id, this.#sent, frame)
    this.#sent += frame.length
    this.#left -= frame.length
  }

  /** @param tailMs of sound that is still to come: measured in samples, for those are what is waited for. */
  stop(tailMs: number): void {
    this.#left = samplesOf(tailMs / 1_000)
  }

  end(): void {
    this.#main.endSound(this.id, this.#sent)
  }
}
