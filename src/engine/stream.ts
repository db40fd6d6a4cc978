/**
 * One utterance inside the engine: takes PCM of any length, cuts it at pauses, decodes each segment as it ends.
 * Holds at most one segment of audio, however long the utterance is.
 */
import { FRAME_SAMPLES, samplesOf, secondsOf, type Pcm } from '../shared/audio.ts'
import type { Line, PartialLine, Word } from '../shared/transcript.ts'
import type { Model } from './model.ts'
import { Preview, type Live } from './partials/preview.ts'
import { readerOf, type SegmentReader } from './partials/segment-reader.ts'
import { Segmenter, type Cut, type Span } from './vad/segmenter.ts'
import type { SpeechDetector } from './vad/silero.ts'

/**
 * Below one step of 16 bit audio nothing was recorded: a device that warms up, a muted one, the rim of a resampled
 * file. Such samples at the ends of speech would only shift the model's frames and its normalisation.
 */
const DIGITAL_SILENCE = 2 ** -15
const SILENCE_PIECE_SAMPLES = samplesOf(4)

export interface StreamEvents {
  /** The text of the segment in work, where somebody watches. */
  partial(line: PartialLine): void
  /** All samples below `samples` are done with; `line` is their text, if anybody spoke. */
  settled(samples: number, line: Line | undefined): void
}

export interface StreamParts {
  readonly model: Model
  readonly vad: SpeechDetector
  readonly events: StreamEvents
  readonly signal: AbortSignal
  readonly live?: Live | undefined
}

export class Stream {
  readonly #reader: SegmentReader
  readonly #vad: SpeechDetector
  readonly #events: StreamEvents
  readonly #signal: AbortSignal
  readonly #segmenter: Segmenter
  readonly #preview: Preview | undefined
  /** Audio since the last cut; `#filled` samples of it are real, `#seen` have gone through the VAD. */
  #segment = new Float32Array(FRAME_SAMPLES)
  #filled = 0
  #seen = 0
  #from: number
  #settled: number

  /** @param from index of the first sample that will be pushed. */
  constructor({ model, vad, events, signal, live }: StreamParts, from: number) {
    this.#reader = readerOf(model)
    this.#vad = vad
    this.#from = from
    this.#settled = from
    this.#events = events
    this.#signal = signal
    this.#segmenter = new Segmenter(model.info.maxSeconds)
    this.#preview = live === undefined ? undefined : new Preview(this.#reader, live, signal)
    this.#vad.reset()
  }

  /** Index after the last sample pushed. */
  get end(): number {
    return this.#from + this.#filled
  }

  async push(pcm: Pcm): Promise<void> {
    this.#append(pcm)
    while (this.#seen + FRAME_SAMPLES <= this.#filled) {
      await this.#frame()
    }
  }

  /** The user has let go: what is left is wanted at once. May be called while a `push` is under way. */
  expectEnd(): void {
    this.#preview?.expectEnd()
  }

  /** Decodes what is left. The last, incomplete frame is heard with zeros behind it, but decoded without them. */
  async finish(): Promise<void> {
    const end = this.end
    this.expectEnd()
    await this.push(
      new Float32Array((FRAME_SAMPLES - ((this.#filled - this.#seen) % FRAME_SAMPLES)) % FRAME_SAMPLES),
    )
    // The zeros may have been let go with a silence that ended there.
    this.#from = Math.min(this.#from, end)
    this.#filled = end - this.#from
    if (this.#filled > 0) await this.#settle({ samples: this.#filled, speech: this.#segmenter.speech })
    else if (this.#settled < end) this.#settledTo(end, undefined)
  }

  async #frame(): Promise<void> {
    this.#signal.throwIfAborted()
    const frame = this.#segment.subarray(this.#seen, this.#seen + FRAME_SAMPLES)
    this.#seen += FRAME_SAMPLES
    const cut = this.#segmenter.push(await this.#vad.probability(frame))
    if (cut !== undefined) await this.#settle(cut)
    else await this.#show()
  }

  async #show(): Promise<void> {
    const span = this.#segmenter.speech
    if (span === undefined || this.#preview === undefined) return
    const partial = await this.#preview.look({
      span,
      sound: () => this.#sound(span),
      startSeconds: secondsOf(this.#from + span.from),
      heard: this.#from + this.#seen,
      complete: this.#segmenter.fadedOut,
      pauseSeconds: this.#segmenter.pauseSeconds,
    })
    if (partial !== undefined) this.#events.partial(partial)
  }

  async #settle(cut: Cut): Promise<void> {
    this.#signal.throwIfAborted()
    const line = cut.speech === undefined ? undefined : await this.#decode(cut.speech)
    this.#reader.reset()
    this.#preview?.reset()
    this.#drop(cut.samples)
    // A cut is a full restart: what was heard behind it is heard again.
    this.#seen = 0
    this.#vad.reset()
    this.#settledTo(this.#from, line)
    this.#dropLead()
  }

  /** Lets digital silence at the start of a segment go: it then begins with sound, on the frame grid. */
  #dropLead(): void {
    const filled = this.#segment.subarray(0, this.#filled)
    const first = filled.findIndex(isSound)
    const silent = first < 0 ? filled.length : first
    this.#drop(silent)
    // Hours of it must not pile up in whoever keeps what is not settled.
    while (this.#from - this.#settled >= SILENCE_PIECE_SAMPLES) {
      this.#settledTo(this.#settled + SILENCE_PIECE_SAMPLES, undefined)
    }
  }

  #drop(samples: number): void {
    this.#segment.copyWithin(0, samples, this.#filled)
    this.#filled -= samples
    this.#from += samples
  }

  #settledTo(samples: number, line: Line | undefined): void {
    this.#settled = samples
    this.#events.settled(samples, line)
  }

  async #decode(span: Span): Promise<Line | undefined> {
    const { words, ...found } = await this.#reader.final(this.#sound(span), this.#signal)
    if (found.text === '') return undefined
    const offset = secondsOf(this.#from + span.from)
    const moved = words.map((word): Word => ({ ...word, start: offset + word.start, end: offset + word.end }))
    return {
      ...found,
      start: offset,
      end: secondsOf(this.#from + Math.min(span.to, this.#filled)),
      words: moved,
    }
  }

  #sound({ from, to }: Span): Pcm {
    const pcm = this.#segment.slice(from, Math.min(to, this.#filled))
    return pcm.subarray(0, pcm.findLastIndex(isSound) + 1)
  }

  #append(pcm: Pcm): void {
    const needed = this.#filled + pcm.length
    if (needed > this.#segment.length) {
      const larger = new Float32Array(Math.max(needed, 2 * this.#segment.length))
      larger.set(this.#segment.subarray(0, this.#filled))
      this.#segment = larger
    }
    this.#segment.set(pcm, this.#filled)
    this.#filled = needed
    if (this.#seen === 0) this.#dropLead()
  }
}

function isSound(sample: number): boolean {
  return Math.abs(sample) > DIGITAL_SILENCE
}
