/**
 * The text of a segment while it is spoken: decides when to decode it, and what of it to show as final. In a pause it
 * reads the final ahead of time, in case nothing follows: at the end there is nothing left to wait for then.
 */
import { secondsOf, type Pcm } from '../../shared/audio.ts'
import type { PartialLine, Word } from '../../shared/transcript.ts'
import { Agreement } from './agreement.ts'
import type { Span } from '../vad/segmenter.ts'
import { Pace } from './pace.ts'
import type { SegmentReader } from './segment-reader.ts'

/** Silence after which an end is more likely than the next word: longer than between two words, short of a breath. */
const SPECULATE_AFTER_SECONDS = 0.23

/** Somebody watches the text grow, and waits for its end. */
export interface Live {
  /** More audio waits to be heard: that comes first. */
  behind(): boolean
  /** Milliseconds, monotonic. */
  now(): number
  /** A decode ahead of time went wrong; the final has yet to be tried. */
  failed(error: unknown): void
}

/** The speech of the segment as far as it was heard. */
export interface Growing {
  readonly span: Span
  readonly sound: () => Pcm
  /** Of its first sample. */
  readonly startSeconds: number
  /** Samples of the utterance, speech or not. */
  readonly heard: number
  /** The span stays as it is, unless somebody speaks again. */
  readonly complete: boolean
  /** Silence since. */
  readonly pauseSeconds: number
}

export class Preview {
  readonly #reader: SegmentReader
  readonly #live: Live
  readonly #signal: AbortSignal
  readonly #ending = new AbortController()
  readonly #partialSignal: AbortSignal
  readonly #pace: Pace
  readonly #agreement: Agreement
  /** Ends of the spans that were read last: as they grew, and as finals. */
  #decoded = 0
  #readAhead = 0

  constructor(reader: SegmentReader, live: Live, signal: AbortSignal) {
    this.#reader = reader
    this.#live = live
    this.#signal = signal
    this.#partialSignal = AbortSignal.any([signal, this.#ending.signal])
    this.#pace = new Pace(() => live.now())
    this.#agreement = new Agreement(reader.agreementSeconds)
  }

  /** The key was let go: no partial is worth a delay any more, and any pause is likely to be the end. */
  expectEnd(): void {
    this.#ending.abort()
  }

  /** Called after each frame. What to show, when there is something new. */
  async look(growing: Growing): Promise<PartialLine | undefined> {
    const { span, heard, complete, pauseSeconds } = growing
    const ending = this.#ending.signal.aborted
    const paused = complete && (ending || pauseSeconds >= SPECULATE_AFTER_SECONDS)
    const known = paused ? this.#readAhead : this.#decoded
    if (span.to === known || this.#live.behind()) return undefined
    if (!paused && (ending || !this.#pace.due(heard))) return undefined
    this.#decoded = span.to
    if (paused) this.#readAhead = span.to
    const words = await this.#pace.decode(heard, () => this.#words(growing, paused))
    if (words === undefined) return undefined
    const untilSeconds = growing.startSeconds + secondsOf(span.to - span.from)
    return this.#agreement.offer(words, { untilSeconds, paused })
  }

  /** The segment is over. */
  reset(): void {
    this.#agreement.reset()
    this.#decoded = 0
    this.#readAhead = 0
  }

  /** Undefined when it was given up or failed: the final, which is owed, will say why. */
  async #words({ sound, startSeconds }: Growing, ahead: boolean): Promise<readonly Word[] | undefined> {
    const reader = this.#reader
    try {
      const { words } = ahead
        ? await reader.ahead(sound(), this.#signal)
        : await reader.partial(sound(), reader.rereads ? this.#partialSignal : this.#signal)
      return words.map((word) => ({
        ...word,
        start: startSeconds + word.start,
        end: startSeconds + word.end,
      }))
    } catch (error) {
      this.#signal.throwIfAborted()
      if (!this.#ending.signal.aborted) this.#live.failed(error)
      // Whatever it had understood cannot be relied on.
      reader.reset()
      return undefined
    }
  }
}
