/**
 * One dictation and what belongs to it: its state, its sound file, its utterance, the timer of its stage. Events come
 * in through `happened`, one at a time; the machine decides, this carries out.
 */
import type { Clock } from '../../shared/clock.ts'
import {
  EMPTY_PREVIEW,
  type DictationId,
  type Grip,
  type Preview,
  type ShownText,
} from '../../shared/dictation.ts'
import { unedited, type Written } from '../../shared/edits.ts'
import { StenoError, toWire } from '../../shared/errors.ts'
import type { Transcript } from '../../shared/transcript.ts'
import { joinShown } from '../../shared/shown.ts'
import type { Tuning } from '../../shared/tuning.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import type { Utterance } from '../../supervisor/utterance.ts'
import { silentCapture } from './capture-faults.ts'
import { levelOf } from './level.ts'
import { IDLE, reduce, type SessionCommand, type SessionEvent, type SessionState } from './machine.ts'
import type { Capture, Custody, Keeping, Output } from './ports.ts'
import { shownLine, shownPreview, shownWritten } from './shown-text.ts'
import { takeSound, type SoundPort } from './sound-intake.ts'
import { StageWatch } from './stage-watch.ts'

export interface SessionWorld {
  readonly capture: Capture
  /** Or why there is none: the sound is kept all the same. */
  openUtterance(): Utterance | StenoError
  /** @param model the one that decoded. */
  write(transcript: Transcript, model: ModelInfo | undefined): Written
  readonly custody: Custody
  readonly output: Output
  readonly clock: Clock
  readonly tuning: Tuning
  /** Whether the user wants to hear them. */
  cues(): boolean
  /** Something of this dictation has changed. */
  changed(): void
  /** Sound went missing. */
  complain(error: StenoError): void
  /** The key is held, and nothing was said for a long time. */
  keyStuck(): void
}

export class Session implements Disposable {
  readonly #world: SessionWorld
  readonly #keeping: Keeping
  readonly #utterance: Utterance | StenoError
  readonly #watch: StageWatch
  readonly #queue: SessionEvent[] = []
  readonly #grip: Grip
  #state: SessionState = IDLE
  #timer: Disposable | undefined
  #intake: Disposable | undefined
  #soundOver = false
  #lines: readonly ShownText[] = []
  #preview = EMPTY_PREVIEW
  #written = unedited('')
  #transcript: Transcript | undefined
  /** Seconds into the sound: the end of the last line. */
  #spokenUntil = 0
  #level = 0

  constructor(world: SessionWorld, grip: Grip) {
    this.#world = world
    this.#grip = grip
    this.#watch = new StageWatch(world.clock)
    this.#keeping = world.custody.open(grip, () => {
      this.happened({ kind: 'stopRequested' })
    })
    this.#utterance = world.openUtterance()
    if (!(this.#utterance instanceof StenoError)) {
      this.#utterance.onLine((line) => {
        this.#spokenUntil = line.end
        if (line.text === '') return
        this.#lines = [...this.#lines, shownLine(line)]
        world.changed()
      })
      this.#utterance.onPartial((partial) => {
        this.#preview = shownPreview(partial)
        world.changed()
      })
    }
    this.happened({ kind: 'startRequested', grip })
  }

  get id(): DictationId {
    return this.#keeping.id
  }

  get state(): SessionState {
    return this.#state
  }

  get preview(): Preview {
    return this.#preview
  }

  get lines(): readonly ShownText[] {
    return this.#lines
  }

  get meter(): { readonly seconds: number; readonly lagSeconds: number; readonly level: number } {
    const { seconds, lagSeconds } =
      this.#utterance instanceof StenoError ? { seconds: 0, lagSeconds: 0 } : this.#utterance
    return { seconds, lagSeconds, level: this.#soundOver ? 0 : this.#level }
  }

  /** Nothing more will happen: it can be forgotten. */
  get over(): boolean {
    return this.#state.kind === 'over' && this.#soundOver
  }

  /** The sound comes through this port. */
  attach(port: SoundPort): void {
    if (this.#intake !== undefined || this.#soundOver) {
      throw new StenoError('ipc-malformed', 'This dictation has its sound already.')
    }
    this.#intake = takeSound(port, {
      sound: (pcm) => {
        this.#keeping.append(pcm)
        if (!(this.#utterance instanceof StenoError)) void this.#utterance.write(pcm)
        this.#level = levelOf(pcm)
        this.#watch.mark('sound')
        this.happened({ kind: 'soundCame', afterMs: this.#watch.sinceRequest() })
        this.#world.changed()
        if (this.#isStuck()) this.#world.keyStuck()
      },
      ended: (fault) => {
        if (fault !== undefined) this.#world.complain(fault)
        this.#endSound()
      },
    })
  }

  happened(event: SessionEvent): void {
    // A command may report at once: its event waits until this one is carried out.
    this.#queue.push(event)
    if (this.#queue.length > 1) return
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const before = this.#state
      const { state, commands } = reduce(before, next)
      this.#state = state
      if (stageOf(state) !== stageOf(before)) this.#setTimer(state)
      for (const command of commands) this.#carryOut(command)
      if (state !== before) this.#world.changed()
      this.#queue.shift()
    }
  }

  /** Steno ends: what was said is on disk, and the row stays open for the next start. */
  [Symbol.dispose](): void {
    this.#state = { kind: 'over', outcome: undefined }
    this.#timer?.[Symbol.dispose]()
    this.#endSound()
    if (!(this.#utterance instanceof StenoError)) this.#utterance.cancel()
  }

  #carryOut(command: SessionCommand): void {
    const { capture, custody } = this.#world
    switch (command.kind) {
      case 'openCapture':
        capture.start(this.id)
        break
      case 'closeCapture':
        this.#watch.mark('release')
        capture.stop(this.id)
        if (!(this.#utterance instanceof StenoError)) this.#utterance.expectEnd()
        break
      case 'finishUtterance':
        this.#endSound()
        void this.#decode()
        break
      case 'giveUpUtterance':
        if (!(this.#utterance instanceof StenoError)) this.#utterance.cancel()
        // Nothing was captured, and nothing will be.
        if (this.#intake === undefined) this.#endSound()
        break
      case 'deliver':
        void this.#deliver(command.text)
        break
      case 'play':
        if (this.#world.cues()) capture.play(command.cue)
        break
      case 'seal': {
        const { outcome } = command
        custody.seal(this.id, {
          outcome,
          written: this.#written,
          timesMs: this.#watch.times(),
          model: this.#utterance instanceof StenoError ? undefined : this.#utterance.model?.id,
          words: this.#transcript?.words,
        })
        break
      }
      case 'discard':
        this.#endSound()
        this.#keeping.discard()
        break
    }
  }

  /** The worker gives a line every twenty seconds at the latest while somebody speaks, unless it lags. */
  #isStuck(): boolean {
    if (this.#state.kind !== 'listening' || this.#state.grip !== 'held') return false
    const { seconds, lagSeconds } = this.meter
    return 1000 * (seconds - lagSeconds - this.#spokenUntil) > this.#world.tuning.heldSilenceMs
  }

  /** No more sound is taken; the file is whole. */
  #endSound(): void {
    if (this.#soundOver) return
    this.#soundOver = true
    this.#watch.mark('lastSample')
    this.#intake?.[Symbol.dispose]()
    this.#keeping.close()
    this.happened({ kind: 'soundEnded' })
    this.#world.changed()
  }

  async #decode(): Promise<void> {
    try {
      if (this.#utterance instanceof StenoError) throw this.#utterance
      const transcript = await this.#utterance.finish()
      this.#transcript = transcript
      this.#written = this.#world.write(transcript, this.#utterance.model)
      this.#lines = shownWritten(this.#written, this.#lines)
      const { text } = this.#written
      this.#world.changed()
      this.#watch.mark('text')
      // A door that slammed is no dictation: nobody asked for one.
      const misheard = text === '' && this.#grip === 'hands-free'
      this.happened(misheard ? { kind: 'discardRequested' } : { kind: 'decoded', text })
    } catch (error) {
      // The lines that were read before it failed are worth keeping.
      this.#written = unedited(joinShown(this.#lines).text)
      this.happened({ kind: 'decodeFailed', error: toWire(error) })
    }
  }

  async #deliver(text: string): Promise<void> {
    try {
      await this.#world.output.deliver(text)
      this.#watch.mark('delivered')
      this.happened({ kind: 'delivered' })
    } catch (error) {
      this.happened({ kind: 'deliveryFailed', error: toWire(error) })
    }
  }

  #setTimer(state: SessionState): void {
    const { clock, tuning } = this.#world
    const expires = (error: StenoError) => () => {
      this.happened({ kind: 'stageExpired', error: toWire(error) })
    }
    this.#timer?.[Symbol.dispose]()
    this.#timer = undefined
    if (state.kind === 'starting') {
      this.#timer = clock.after(tuning.captureStartMs, expires(silentCapture(tuning.captureStartMs / 1000)))
    } else if (state.kind === 'finishing' && state.draining) {
      this.#timer = clock.after(
        tuning.captureDrainMs,
        expires(new StenoError('capture-failed', 'The microphone did not end.')),
      )
    } else if (state.kind === 'delivering') {
      this.#timer = clock.after(tuning.deliverMs, expires(deliveryTooSlow()))
    } else if (state.kind === 'over' && !this.#soundOver) {
      this.#timer = clock.after(tuning.captureDrainMs, () => {
        this.#endSound()
      })
    }
  }
}

function stageOf(state: SessionState): string {
  return state.kind === 'finishing' && state.draining ? 'draining' : state.kind
}

function deliveryTooSlow(): StenoError {
  return new StenoError('delivery-failed', 'The clipboard did not answer.', {
    hint: 'The text is in today’s list: copy it from there.',
  })
}
