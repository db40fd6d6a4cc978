/**
 * Main's commands → the sound of dictations. Two may take from one stream: while the tail of one still comes in, the
 * next has begun. What belongs to none is kept in the ring for the next.
 */
import type { CaptureApi } from '../../../shared/app-ipc.ts'
import type { Pcm } from '../../../shared/audio.ts'
import type { CaptureCommand, CaptureEvent, CaptureFault, Cue } from '../../../shared/capture.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { DictationId } from '../../../shared/dictation.ts'
import type { Tuning } from '../../../shared/tuning.ts'
import type { Failure } from './faults.ts'
import type { Microphones } from './microphones.ts'
import { MuteWatch } from './mute-watch.ts'
import { Ring } from './ring.ts'
import { Source, type SourceEvents, type SourceTuning } from './source.ts'
import { Take } from './take.ts'

export type CaptureTuning = SourceTuning &
  Pick<Tuning, 'preRollMs' | 'voiceBacklogMs' | 'captureTailMs' | 'captureTailGuardMs' | 'mutedAfterMs'>

/** The voice detector, as capture drives it; it tells main by itself. */
export interface VoiceListener {
  /** Loads it, or lets it go; then it hears nothing. */
  want(wanted: boolean): void
  /** Frames follow each other without a gap from here on. */
  begin(): void
  hear(frame: Pcm): void
  /** How much sound came in since the frame with which it noticed speech; 0 when that was asked before. */
  takeOnsetMs(): number
}

export interface CaptureParts {
  readonly main: Pick<CaptureApi, 'sendSound' | 'endSound' | 'tell'>
  readonly microphones: Microphones
  readonly voice: VoiceListener
  readonly play: (cue: Cue) => void
  readonly clock: Clock
  readonly tuning: CaptureTuning
}

type Configuration = Omit<Extract<CaptureCommand, { kind: 'configure' }>, 'kind'>
const UNCONFIGURED: Configuration = { microphones: [], keepOpen: false, handsFree: false, autoStop: false }

export class Capture implements AsyncDisposable {
  readonly #parts: CaptureParts
  readonly #stack = new AsyncDisposableStack()
  readonly #source: Source
  readonly #takes = new Map<DictationId, Take>()
  readonly #guards = new Map<DictationId, Disposable>()
  readonly #ring: Ring
  readonly #mute: MuteWatch
  #configuration = UNCONFIGURED
  #released = false
  /** Why the microphone is closed, if it is not by our will. */
  #fault: CaptureFault | undefined
  #idle: { readonly open: boolean; readonly fault: CaptureFault | undefined } = {
    open: false,
    fault: undefined,
  }

  constructor(parts: CaptureParts) {
    const { microphones, clock, tuning } = parts
    this.#parts = parts
    // Behind a voice detector that lags, a dictation begins that much later.
    this.#ring = new Ring(tuning.preRollMs + tuning.voiceBacklogMs)
    this.#mute = new MuteWatch(tuning.mutedAfterMs)
    this.#source = this.#stack.use(new Source(microphones, clock, tuning, this.#sourceEvents()))
  }

  handle(command: CaptureCommand): void {
    switch (command.kind) {
      case 'configure':
        this.#configure(command)
        break
      case 'start':
        this.#start(command.id)
        break
      case 'stop':
        this.#stop(command.id)
        break
      case 'release':
        this.#released = true
        for (const id of this.#takes.keys()) this.#stop(id)
        this.#settle()
        break
      case 'reopen':
        this.#released = false
        this.#wantVoice()
        if (this.#takes.size === 0) this.#close()
        this.#openIfWanted()
        break
      case 'play':
        this.#parts.play(command.cue)
        break
    }
  }

  /** Ends every dictation with what it has. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const take of [...this.#takes.values()]) this.#end(take)
    await this.#stack.disposeAsync()
  }

  get #live(): readonly Take[] {
    return [...this.#takes.values()].filter(({ stopping }) => !stopping)
  }

  /** Whether the microphone is open while nobody dictates. */
  get #keepsOpen(): boolean {
    return this.#configuration.keepOpen && !this.#released
  }

  #configure(configuration: Configuration): void {
    const begins = configuration.handsFree && !this.#configuration.handsFree
    this.#configuration = configuration
    this.#wantVoice()
    if (begins) this.#parts.voice.begin()
    this.#source.prefer(configuration.microphones)
    this.#settle()
    this.#openIfWanted()
  }

  #wantVoice(): void {
    const { handsFree, autoStop } = this.#configuration
    this.#parts.voice.want(handsFree || autoStop)
  }

  #start(id: DictationId): void {
    if (this.#takes.has(id)) return
    const take = new Take(id, this.#parts.main)
    this.#takes.set(id, take)
    this.#mute.skip()
    const { voice, tuning } = this.#parts
    const { handsFree } = this.#configuration
    // Hands-free it has heard these, and hears on without a break.
    if (!handsFree) voice.begin()
    const kept = tuning.preRollMs + (handsFree ? voice.takeOnsetMs() : 0)
    for (const frame of this.#ring.take(kept)) {
      take.push(frame)
      if (!handsFree) voice.hear(frame)
    }
    this.#source.open()
  }

  #stop(id: DictationId): void {
    const take = this.#takes.get(id)
    if (take === undefined || take.stopping) return
    const { clock, tuning } = this.#parts
    take.stop(tuning.captureTailMs)
    if (this.#source.state === 'open') {
      const end = (): void => {
        this.#end(take)
      }
      this.#guards.set(id, clock.after(tuning.captureTailGuardMs, end))
    } else {
      // Nothing is under way.
      this.#end(take)
    }
  }

  #end(take: Take): void {
    this.#guards.get(take.id)?.[Symbol.dispose]()
    this.#guards.delete(take.id)
    this.#takes.delete(take.id)
    take.end()
    // The tail was this dictation's: said again in the next, a word would come twice.
    if (this.#takes.size === 0) this.#ring.clear()
    this.#settle()
  }

  /** What may only change while nobody dictates. */
  #settle(): void {
    if (this.#takes.size > 0) return
    if (this.#keepsOpen) this.#source.improve()
    else this.#close()
    this.#tellIdle()
  }

  #close(): void {
    this.#source.close()
    this.#ring.clear()
    this.#fault = undefined
  }

  #openIfWanted(): void {
    if (this.#keepsOpen) this.#source.open()
  }

  #hear(frame: Pcm): void {
    const takes = [...this.#takes.values()]
    const live = this.#live.length > 0
    if (!live) this.#ring.push(frame)
    for (const take of takes) {
      take.push(frame)
      if (take.complete) this.#end(take)
    }
    const { handsFree } = this.#configuration
    if (handsFree || takes.length > 0) this.#parts.voice.hear(frame)
    if (handsFree || live) this.#watchMute(frame)
  }

  #watchMute(frame: Pcm): void {
    const change = this.#mute.push(frame)
    if (change !== undefined) this.#tell({ kind: change })
  }

  #opened(): void {
    this.#fault = undefined
    if (this.#configuration.handsFree) this.#parts.voice.begin()
    this.#tellIdle()
  }

  #fail({ fault, detail }: Failure): void {
    this.#fault = fault
    for (const take of [...this.#takes.values()]) {
      const { id, stopping } = take
      this.#end(take)
      if (!stopping) this.#tell({ kind: 'failed', id, fault, detail })
    }
    this.#ring.clear()
    this.#tellIdle()
  }

  #sourceEvents(): SourceEvents {
    return {
      frame: (pcm) => {
        this.#hear(pcm)
      },
      opened: () => {
        this.#opened()
      },
      failed: (failure) => {
        this.#fail(failure)
      },
      switched: (to, because) => {
        this.#tell({ kind: 'switched', to, because })
      },
      devices: (devices) => {
        this.#tell({ kind: 'devices', devices })
        this.#settle()
        this.#openIfWanted()
      },
    }
  }

  /** Once per change; of interest only where the setting wants it open. */
  #tellIdle(): void {
    const { state } = this.#source
    if (this.#keepsOpen && state === 'opening') return
    const open = this.#keepsOpen && state === 'open'
    const fault = this.#keepsOpen ? this.#fault : undefined
    if (open === this.#idle.open && fault === this.#idle.fault) return
    this.#idle = { open, fault }
    this.#tell({ kind: 'idle', open, fault })
  }

  #tell(event: CaptureEvent): void {
    // A main that is gone cannot be told that it is.
    this.#parts.main.tell(event).catch(() => undefined)
  }
}
