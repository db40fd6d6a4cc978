/**
 * One utterance as the supervisor keeps it: the audio that is not settled, the lines that are, and how it ended.
 * Its owner sees the `Utterance` half; the rest is the supervisor's.
 */
import { whenAborted } from '../process/abort.ts'
import { samplesOf, secondsOf, type Pcm } from '../shared/audio.ts'
import { StenoError } from '../shared/errors.ts'
import { joinLines, type Line, type PartialLine, type Transcript } from '../shared/transcript.ts'
import type { Tuning } from '../shared/tuning.ts'
import type { Generation, ModelInfo, ModelRequest, SessionId } from '../shared/worker-frames.ts'
import { wordsBehind } from '../shared/words.ts'
import { ReplayBuffer } from './replay-buffer.ts'

export interface Utterance {
  readonly id: SessionId
  /** Takes every sample, always. The promise settles when there is room for more, for callers who can wait. */
  write(pcm: Pcm): Promise<void>
  /** The user has let go: a little audio may still come, and the text is wanted as soon as it is there. */
  expectEnd(): void
  /** No more audio comes. Rejects with a StenoError; an aborted signal cancels and its reason is thrown. */
  finish(signal?: AbortSignal): Promise<Transcript>
  /** Gives the utterance up: `finish` rejects with `reason`. */
  cancel(reason?: unknown): void
  /** Each line once, in order, as soon as its text is final. */
  onLine(listener: (line: Line) => void): Disposable
  /** The segment in work as it grows, of an utterance opened `live`; empty once its line is there. */
  onPartial(listener: (partial: PartialLine) => void): Disposable
  /** The model that decodes it, once one does. */
  readonly model: ModelInfo | undefined
  /** Seconds of audio written. */
  readonly seconds: number
  /** Seconds of audio written that the worker has not taken in. */
  readonly lagSeconds: number
  /** What was recognised so far, and the audio from there to the end: nothing is lost by a failure. */
  remains(): Remains
}

export interface Remains {
  readonly lines: readonly Line[]
  readonly fromSeconds: number
  readonly audio: Pcm
}

const NOTHING: PartialLine = { stable: [], tentative: [] }

export interface UtteranceOwner {
  readonly tuning: Tuning
  changed(): void
  cancelled(): void
  listenerFailed(error: unknown): void
}

export class TrackedUtterance implements Utterance {
  readonly id: SessionId
  readonly live: boolean
  readonly audio = new ReplayBuffer()
  readonly #owner: UtteranceOwner
  readonly #lines: Line[] = []
  readonly #listeners = new Set<(line: Line) => void>()
  readonly #partialListeners = new Set<(partial: PartialLine) => void>()
  readonly #outcome = Promise.withResolvers<Transcript>()
  #room = Promise.withResolvers<undefined>()
  #over = false
  #partial = NOTHING
  ending = false
  complete = false
  /** Generations that ended while they held this utterance, since its last settled sample. */
  kills = 0
  /** Where the present generation stands with it. */
  openedIn: Generation = 0
  model: ModelInfo | undefined
  /** What is to decode it; undefined: whatever runs then. */
  request: ModelRequest | undefined
  sent = 0
  ingested = 0
  endingSent = false
  finishSent = false

  constructor(id: SessionId, live: boolean, owner: UtteranceOwner) {
    this.id = id
    this.live = live
    this.#owner = owner
    // Who never calls finish() must not bring the process down by an unhandled rejection.
    this.#outcome.promise.catch(() => undefined)
  }

  get seconds(): number {
    return secondsOf(this.audio.end)
  }

  get lagSeconds(): number {
    return secondsOf(this.audio.end - this.ingested)
  }

  write(pcm: Pcm): Promise<void> {
    if (this.complete) {
      return Promise.reject(new StenoError('usage', 'This utterance is finished: it takes no more audio.'))
    }
    this.audio.append(pcm)
    if (this.#over) return Promise.resolve()
    this.#owner.changed()
    return this.#hasRoom() ? Promise.resolve() : this.#room.promise
  }

  expectEnd(): void {
    this.ending = true
    if (!this.#over) this.#owner.changed()
  }

  async finish(signal?: AbortSignal): Promise<Transcript> {
    this.complete = true
    this.#owner.changed()
    using _listener = whenAborted(signal, (reason) => {
      this.cancel(reason)
    })
    return await this.#outcome.promise
  }

  cancel(reason: unknown = new DOMException('The utterance was cancelled.', 'AbortError')): void {
    if (this.#over) return
    this.reject(reason)
    this.#owner.cancelled()
  }

  onLine(listener: (line: Line) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  onPartial(listener: (partial: PartialLine) => void): Disposable {
    this.#partialListeners.add(listener)
    return { [Symbol.dispose]: () => void this.#partialListeners.delete(listener) }
  }

  remains(): Remains {
    return { lines: [...this.#lines], fromSeconds: secondsOf(this.audio.from), audio: this.audio.rest() }
  }

  /** The generation that held this utterance is gone. */
  rewind(): void {
    this.kills += 1
    this.sent = this.audio.from
    this.ingested = this.audio.from
    this.endingSent = false
    this.finishSent = false
  }

  tookIn(samples: number): void {
    this.ingested = Math.max(this.ingested, samples)
    if (this.#hasRoom()) this.#letOn()
  }

  settle(samples: number, line: Line | undefined): void {
    this.kills = 0
    this.audio.trimTo(samples)
    this.tookIn(samples)
    if (this.#partial !== NOTHING) this.#show(NOTHING)
    if (line === undefined) return
    this.#lines.push(line)
    this.#tell(this.#listeners, line)
  }

  /** A new worker begins the segment anew: what was shown as final stays until it has got there again. */
  preview(next: PartialLine): void {
    const { stable: shown } = this.#partial
    const stable = [...shown, ...wordsBehind(shown, next.stable)]
    this.#show({ stable, tentative: wordsBehind(stable, [...next.stable, ...next.tentative]) })
  }

  resolve(): void {
    this.#over = true
    this.#outcome.resolve(joinLines(this.#lines, this.seconds))
    this.#letOn()
  }

  reject(reason: unknown): void {
    this.#over = true
    this.#outcome.reject(reason)
    this.#letOn()
  }

  #show(partial: PartialLine): void {
    this.#partial = partial
    this.#tell(this.#partialListeners, partial)
  }

  #tell<T>(listeners: Iterable<(news: T) => void>, news: T): void {
    for (const listener of listeners) {
      try {
        listener(news)
      } catch (error) {
        this.#owner.listenerFailed(error)
      }
    }
  }

  #hasRoom(): boolean {
    return this.audio.end - this.ingested < samplesOf(this.#owner.tuning.highWaterSeconds)
  }

  #letOn(): void {
    this.#room.resolve(undefined)
    this.#room = Promise.withResolvers()
  }
}
