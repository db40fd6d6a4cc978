/**
 * All dictations of this run. At most one records; those before it may still be decoded or delivered. Requests and
 * facts come in here, are given to the session they belong to, and what windows may know of it goes out.
 */
import type { CaptureFault } from '../../shared/capture.ts'
import type { Clock } from '../../shared/clock.ts'
import {
  EMPTY_PREVIEW,
  type AppSnapshot,
  type DictationId,
  type DictationState,
  type Grip,
  type Meter,
  type Outcome,
} from '../../shared/dictation.ts'
import type { Written } from '../../shared/edits.ts'
import { asStenoError, StenoError, toWire } from '../../shared/errors.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Tuning } from '../../shared/tuning.ts'
import type { Log } from '../../shared/log.ts'
import type { Utterance } from '../../supervisor/utterance.ts'
import type { Tell } from '../notices.ts'
import { captureError } from './capture-faults.ts'
import type { Capture, Custody, Output, Transcription } from './ports.ts'
import { Recovery } from './recovery.ts'
import { redecode } from './redecode.ts'
import { Session } from './session.ts'
import { SilenceStop, silenceLimitMs } from './silence-stop.ts'
import type { SoundPort } from './sound-intake.ts'
import { otherWay, withUndone, write } from './writing.ts'

export interface DictationsWorld {
  readonly capture: Capture
  readonly transcription: Transcription
  readonly custody: Custody
  readonly output: Output
  readonly clock: Clock
  readonly tuning: Tuning
  readonly log: Log
  readonly settings: () => Settings
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly tell: Tell
  /** What people call the model with this id. */
  readonly modelName: (id: string) => string
  readonly publish: (slices: Partial<AppSnapshot>) => void
}

const SILENT: Meter = { seconds: 0, lagSeconds: 0, level: 0 }
const IDLE: DictationState = { kind: 'idle' }

export class Dictations implements Disposable {
  readonly #world: DictationsWorld
  /** In the order they began; the last one may be recording. */
  #sessions: readonly Session[] = []
  readonly #silence: SilenceStop
  readonly #recovery: Recovery
  #shown:
    { readonly session: Session; readonly of: Session['state']; readonly view: DictationState } | undefined
  #outcome: Outcome | undefined
  /** Whose text is shown. */
  #onStage: DictationId | undefined
  #closed = false

  constructor(world: DictationsWorld) {
    this.#world = world
    this.#recovery = new Recovery({ ...world, busy: () => this.#front !== undefined })
    this.#silence = new SilenceStop(
      world.clock,
      () => {
        const grip = gripOf(this.#recording)
        return grip === undefined ? undefined : silenceLimitMs(grip, world.settings())
      },
      world.tuning.firstWordMs,
      () => {
        this.stop()
      },
    )
  }

  /** Loads the model ahead of the first word; a failure is shown, and tried again with the first dictation. */
  async warm(): Promise<void> {
    const { publish, transcription, modelName } = this.#world
    try {
      publish({ model: { state: 'loading' } })
      transcription.reset()
      const { id } = await transcription.start()
      publish({ model: { state: 'ready', name: modelName(id) } })
    } catch (error) {
      publish({ model: { state: 'failed', error: toWire(error) } })
    }
  }

  /** What is being recorded goes on: its id is the answer. Throws once Steno ends. */
  start(grip: Grip, { other = false }: { readonly other?: boolean } = {}): DictationId {
    const running = this.#recording
    if (running !== undefined) return running.id
    if (this.#closed) throw new StenoError('disposed', 'Steno is closing.')
    this.#outcome = undefined
    this.#recovery.giveWay()
    this.#silence.begin()
    // As it is now: a change takes effect with the next dictation.
    const settings = this.#world.settings()
    const session = new Session(
      {
        ...this.#world,
        openUtterance: () => this.#openUtterance(other),
        write: (transcript, model) => write(transcript, settings, model),
        cues: () => this.#world.settings().sounds,
        changed: () => {
          this.#publish()
        },
        complain: (error) => {
          this.#tellError(error)
        },
        keyStuck: () => {
          this.#keyStuck()
        },
      },
      grip,
    )
    this.#sessions = [...this.#sessions, session]
    this.#publish()
    return session.id
  }

  get recording(): boolean {
    return this.#recording !== undefined
  }

  latch(): void {
    this.#recording?.happened({ kind: 'latchRequested' })
  }

  stop(): void {
    this.#silence[Symbol.dispose]()
    this.#recording?.happened({ kind: 'stopRequested' })
  }

  /** Takes back what is recorded or still decoded; the sound is kept for `undo`. */
  cancel(): void {
    this.#silence[Symbol.dispose]()
    this.#front?.happened({ kind: 'cancelRequested' })
  }

  /** It was no dictation after all: no trace is left. */
  discard(): void {
    this.#recording?.happened({ kind: 'discardRequested' })
  }

  /** Decodes the last cancelled dictation after all. */
  async undo(): Promise<void> {
    const id = this.#world.custody.lastCancelled()
    if (id === undefined)
      this.#world.tell('info', 'There is no cancelled dictation to bring back.', undefined)
    else await this.retry(id)
  }

  async retryLast(): Promise<void> {
    const id = this.#world.custody.lastHeard()
    if (id === undefined) this.#world.tell('info', 'There is nothing to transcribe again.', undefined)
    else await this.retry(id)
  }

  async retry(id: DictationId): Promise<void> {
    if (this.#sessions.some((session) => session.id === id && session.state.kind !== 'over')) {
      throw new StenoError('usage', 'This dictation is still under way.')
    }
    this.#writtenOf(id)
    await redecode(this.#world, id, { deliver: true })
    const row = this.#world.custody.rows().find((one) => one.id === id)
    this.#outcome = row?.outcome
    if (this.#front === undefined && row !== undefined) this.#stage(id, row)
    this.#publish()
  }

  /** The last text as it was heard; where it reads so already, as it was edited. */
  async rawLast(): Promise<void> {
    const id = this.#world.custody.last()
    const written = id === undefined ? undefined : this.#writtenOf(id)
    if (id === undefined || written === undefined)
      this.#world.tell('info', 'There is no text to show as it was heard.', undefined)
    else if (written.edits.length === 0)
      this.#world.tell('info', 'The last text is as it was heard: nothing was edited.', undefined)
    else {
      this.#onStage = id
      await this.#rewrite(id, otherWay(written))
    }
  }

  /** Exactly these edits are undone from now on, and the text is copied. Rejects when the clipboard does. */
  async undoEdits(id: DictationId, undone: readonly number[]): Promise<void> {
    await this.#rewrite(id, withUndone(this.#writtenOf(id), undone))
  }

  async copyLast(): Promise<void> {
    const id = this.#world.custody.last()
    if (id === undefined) this.#world.tell('info', 'There is no text to copy yet.', undefined)
    else await this.copy(id)
  }

  /** Rejects when the clipboard does. */
  async copy(id: DictationId): Promise<void> {
    const text = this.#world.custody.writtenOf(id)?.text ?? ''
    if (text === '') throw new StenoError('dictation-unknown', 'This dictation has no text.')
    await this.#world.output.deliver(text)
  }

  /** Dictations that a former run left unfinished are decoded, oldest first; a new one comes before them. */
  async recover(interrupted: readonly DictationId[]): Promise<void> {
    await this.#recovery.run(interrupted)
  }

  /** The sound of a dictation comes through this port. */
  attach(id: DictationId, port: SoundPort): void {
    const session = this.#sessions.find((one) => one.id === id)
    if (session === undefined) throw new StenoError('dictation-unknown', `There is no dictation ${id}.`)
    session.attach(port)
  }

  captureFailed(id: DictationId, fault: CaptureFault, detail: string): void {
    const error = captureError(fault)
    this.#world.log('warn', `capture failed (${fault}): ${detail}`)
    const session = this.#sessions.find((one) => one.id === id)
    if (session?.state.kind === 'listening') this.#tellError(error)
    session?.happened({ kind: 'captureFailed', error: toWire(error) })
  }

  /** The page that owns the microphone is gone: what it had sent is decoded. */
  captureGone(): void {
    this.#recording?.happened({ kind: 'captureFailed', error: toWire(captureError('broken')) })
  }

  /** Nobody can say any more whether it is silent: nothing is ended for it. */
  deaf(): void {
    this.#silence[Symbol.dispose]()
  }

  voice(speaking: boolean): void {
    if (speaking && this.#recording === undefined && this.#world.settings().handsFree)
      this.start('hands-free')
    else this.#silence.voice(speaking)
  }

  /** Steno ends: sound files are closed, what is not decoded waits for the next start. */
  [Symbol.dispose](): void {
    this.#closed = true
    this.#recovery[Symbol.dispose]()
    this.#silence[Symbol.dispose]()
    for (const session of this.#sessions) session[Symbol.dispose]()
  }

  get #recording(): Session | undefined {
    return this.#sessions.findLast(({ state }) => state.kind === 'starting' || state.kind === 'listening')
  }

  /** The newest that is not over. */
  get #front(): Session | undefined {
    return this.#sessions.findLast(({ state }) => state.kind !== 'over')
  }

  /** Throws for a dictation that there is not. */
  #writtenOf(id: DictationId): Written {
    const written = this.#world.custody.writtenOf(id)
    if (written === undefined) throw new StenoError('dictation-unknown', `There is no dictation ${id}.`)
    return written
  }

  async #rewrite(id: DictationId, written: Written): Promise<void> {
    const { custody, output } = this.#world
    custody.rewrite(id, written)
    if (written.text !== '') await output.deliver(written.text)
    if (this.#front !== undefined || this.#onStage !== id) return
    this.#outcome = { kind: 'copied' }
    this.#stage(id, written)
    this.#publish()
  }

  #stage(id: DictationId, { text }: Written): void {
    this.#onStage = id
    this.#world.publish({ lines: text === '' ? [] : [{ text, doubts: [] }] })
  }

  /** Its release may have been lost: a person does not hold a key for a minute and say nothing. */
  #keyStuck(): void {
    this.#world.tell(
      'warning',
      'The key was held for a long time in silence: the dictation was ended.',
      'Its release may have been lost. What was said is transcribed.',
    )
    this.stop()
  }

  #openUtterance(other: boolean): Utterance | StenoError {
    try {
      return this.#world.transcription.open({ live: true, other })
    } catch (error) {
      return asStenoError(error)
    }
  }

  #publish(): void {
    for (const { state } of this.#sessions) {
      if (state.kind === 'over') this.#outcome = state.outcome
    }
    this.#sessions = this.#sessions.filter(({ over }) => !over)
    const front = this.#front
    if (front === undefined) {
      this.#recovery.goOn()
      this.#world.publish({ dictation: IDLE, meter: SILENT, preview: EMPTY_PREVIEW, outcome: this.#outcome })
      return
    }
    this.#onStage = front.id
    if (this.#shown?.session !== front || this.#shown.of !== front.state) {
      this.#shown = { session: front, of: front.state, view: viewOf(front) }
    }
    this.#world.publish({
      dictation: this.#shown.view,
      meter: front.meter,
      lines: front.lines,
      preview: front.preview,
      outcome: undefined,
    })
  }

  #tellError({ message, hint }: StenoError): void {
    this.#world.tell('error', message, hint)
  }
}

function gripOf(session: Session | undefined): Grip | undefined {
  const state = session?.state
  return state?.kind === 'starting' || state?.kind === 'listening' ? state.grip : undefined
}

function viewOf({ id, state }: Session): DictationState {
  switch (state.kind) {
    case 'idle':
    case 'over':
      return IDLE
    case 'starting':
      return { kind: 'starting', id, grip: state.grip }
    case 'listening':
      return { kind: 'listening', id, grip: state.grip, readyMs: state.readyMs }
    case 'finishing':
    case 'delivering':
      return { kind: state.kind, id }
  }
}
