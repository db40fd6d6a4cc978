/**
 * The page's side of the voice detector. It may load slowly, lag or fail: then there are fewer `voice` events or none,
 * and the sound does not wait.
 */
import { FRAME_SAMPLES, secondsOf, type Pcm } from '../../../../shared/audio.ts'
import type { CaptureEvent } from '../../../../shared/capture.ts'
import type { Tuning } from '../../../../shared/tuning.ts'
import type { VoiceListener } from '../capture.ts'
import type { FromVoice, NumberedFrame, ToVoice } from './messages.ts'

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
  #loaded = false
  /** Whether the thread waits for a frame: it gets one at a time. */
  #ready = false
  #waiting: NumberedFrame[] = []
  /** Frames that came, and the one with which speech was noticed that nobody has asked for. */
  #heard = 0
  #onset: number | undefined

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
    this.#waiting = []
    this.#thread?.post({ kind: 'reset' })
    // Nobody speaks until it is heard: main counts the silence from here.
    if (this.#loaded) this.#tell({ kind: 'voice', speaking: false })
  }

  /** One that lags hears the newest: what it would say of older sound comes too late. */
  hear(pcm: Pcm): void {
    if (this.#thread === undefined) return
    this.#heard += 1
    this.#waiting.push({ at: this.#heard, pcm })
    if (msOf(this.#waiting.length) > this.#tuning.voiceBacklogMs) this.#waiting.shift()
    this.#feed()
  }

  takeOnsetMs(): number {
    const frames = this.#heard - (this.#onset ?? this.#heard)
    this.#onset = undefined
    return msOf(frames)
  }

  [Symbol.dispose](): void {
    this.#thread?.[Symbol.dispose]()
    this.#thread = undefined
    this.#loaded = false
    this.#ready = false
    this.#waiting = []
    this.#onset = undefined
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

  #feed(): void {
    const frame = this.#ready ? this.#waiting.shift() : undefined
    if (frame === undefined) return
    this.#ready = false
    this.#thread?.post({ kind: 'frame', ...frame })
  }

  #take(message: FromVoice): void {
    switch (message.kind) {
      case 'ready':
        this.#ready = true
        if (!this.#loaded) this.#tell({ kind: 'voice', speaking: false })
        this.#loaded = true
        this.#feed()
        break
      case 'speaking':
        this.#onset = message.at
        this.#tell({ kind: 'voice', speaking: true })
        break
      case 'silent':
        this.#tell({ kind: 'voice', speaking: false })
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

function msOf(frames: number): number {
  return 1_000 * secondsOf(FRAME_SAMPLES * frames)
}
