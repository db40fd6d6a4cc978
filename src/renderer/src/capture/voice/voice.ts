/**
 * The page's side of the voice detector. It may load slowly, lag or fail: then there are fewer `voice` events or none,
 * and the sound does not wait.
 */
import { secondsOf, type Pcm } from '../../../../shared/audio.ts'
import type { CaptureEvent } from '../../../../shared/capture.ts'
import type { Tuning } from '../../../../shared/tuning.ts'
import type { VoiceListener } from '../capture.ts'
import type { FromVoice, ToVoice } from './messages.ts'

/** A thread that runs the detector; `Worker` is one. */
export interface VoiceThread extends Disposable {
  post(message: ToVoice): void
}

export interface ThreadEvents {
  message(message: FromVoice): void
  /** It could not start, or threw. */
  died(detail: string): void
}

export type StartThread = (events: ThreadEvents) => VoiceThread
type VoiceEvent = Extract<CaptureEvent, { kind: 'voice' | 'voice-failed' }>

export class Voice implements VoiceListener, Disposable {
  readonly #startThread: StartThread
  readonly #tuning: Pick<Tuning, 'voiceBacklogMs'>
  readonly #tell: (event: VoiceEvent) => void
  #thread: VoiceThread | undefined
  #waiting = 0

  constructor(start: StartThread, tuning: Pick<Tuning, 'voiceBacklogMs'>, tell: (event: VoiceEvent) => void) {
    this.#startThread = start
    this.#tuning = tuning
    this.#tell = tell
  }

  want(wanted: boolean): void {
    if (!wanted) this[Symbol.dispose]()
    else this.#thread ??= this.#start()
  }

  begin(): void {
    this.#thread?.post({ kind: 'reset' })
  }

  hear(pcm: Pcm): void {
    if (this.#thread === undefined) return
    if (1_000 * secondsOf(pcm.length * this.#waiting) >= this.#tuning.voiceBacklogMs) return
    this.#waiting += 1
    this.#thread.post({ kind: 'frame', pcm })
  }

  [Symbol.dispose](): void {
    this.#thread?.[Symbol.dispose]()
    this.#thread = undefined
    this.#waiting = 0
  }

  #start(): VoiceThread {
    const thread = this.#startThread({
      message: (message) => {
        if (this.#thread === thread) this.#take(message)
      },
      died: (detail) => {
        if (this.#thread === thread) this.#fail(detail)
      },
    })
    return thread
  }

  #take(message: FromVoice): void {
    switch (message.kind) {
      case 'taken':
        this.#waiting -= 1
        break
      case 'speaking':
      case 'silent':
        this.#tell({ kind: 'voice', speaking: message.kind === 'speaking' })
        break
      case 'failed':
        this.#fail(message.detail)
        break
    }
  }

  #fail(detail: string): void {
    this[Symbol.dispose]()
    this.#tell({ kind: 'voice-failed', detail })
  }
}
