/**
 * Decides where to cut a stream of speech probabilities into segments a model can take. Pure: one probability per
 * 32 ms frame in, at most one decision out. A cut is a full restart, nothing crosses it, so that decoding again from
 * any cut gives the same text as decoding without interruption.
 */
import { FRAME_SAMPLES, samplesOf, secondsOf } from '../../shared/audio.ts'

/** Silero's own thresholds: speech begins at 0.5 and ends 0.15 below. */
const SPEECH_BEGINS = 0.5
const SPEECH_ENDS = 0.35
/** Fewer frames than these (96 ms) above the threshold are a click, not a word. */
const SPEECH_FRAMES_AT_LEAST = 3
/** Silence is let go in pieces of this length … */
const SILENCE_PIECE_SECONDS = 4
/** … but its end stays, as the run-up to a word that starts softly. */
const KEPT_SECONDS = 0.8
/** What is decoded before the first frame of speech: it may begin softly. */
const RUN_UP_SECONDS = 0.3
/** What is decoded behind the last frame of speech: a last consonant is too soft to count as speech. */
const FADING_SECONDS = 0.1
/** Without any pause the cut falls at the quietest frame of this stretch before the limit. */
const FORCED_CUT_WINDOW_SECONDS = 4

/**
 * The pause, in seconds, that ends a segment of at least so many seconds. Long segments read better than short ones
 * (less is cut off), so a short one ends only at a real stop; towards the limit any breath will do.
 */
const PAUSES: readonly { readonly after: (limit: number) => number; readonly pause: number }[] = [
  { after: (limit) => 0.8 * limit, pause: 0.1 },
  { after: (limit) => 0.6 * limit, pause: 0.3 },
  { after: (limit) => 0.35 * limit, pause: 0.6 },
  { after: () => 1.5, pause: 1.2 },
]

/** What of a segment is decoded, in samples from the last cut. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Cut {
  /** Samples from the last cut to this one. */
  readonly samples: number
  /** Undefined when nobody spoke there. */
  readonly speech: Span | undefined
}

export class Segmenter {
  readonly #limitFrames: number
  #probabilities: number[] = []
  #speechFrames = 0
  #speaking = false
  #speechFrom = 0
  #pauseFrom = 0

  /** @param maxSeconds longest segment the model can take. */
  constructor(maxSeconds: number) {
    this.#limitFrames = Math.floor(samplesOf(maxSeconds) / FRAME_SAMPLES)
  }

  /** Frames since the last cut. */
  get frames(): number {
    return this.#probabilities.length
  }

  /**
   * The speech since the last cut with its run-up and its fading. It depends on nothing that comes after the fading,
   * so a decode that was begun in a pause is still right when the pause turns out to be the end.
   */
  get speech(): Span | undefined {
    return this.#speechUntil(this.frames)
  }

  /** `speech` stays as it is unless somebody speaks again. */
  get fadedOut(): boolean {
    return !this.#speaking && this.frames - this.#pauseFrom >= framesOf(FADING_SECONDS)
  }

  /** Seconds of silence after the speech; 0 while it lasts. */
  get pauseSeconds(): number {
    return this.#speaking ? 0 : secondsOf((this.frames - this.#pauseFrom) * FRAME_SAMPLES)
  }

  /** Takes the next frame's probability; after a cut, the frames behind it are to be offered again. */
  push(probability: number): Cut | undefined {
    this.#probabilities.push(probability)
    if (probability >= SPEECH_BEGINS) {
      if (this.#speechFrames === 0) this.#speechFrom = this.frames - 1
      this.#speaking = true
      this.#speechFrames += 1
    } else if (probability < SPEECH_ENDS && this.#speaking) {
      this.#speaking = false
      this.#pauseFrom = this.frames - 1
    }
    const at = this.#heardSpeech ? this.#speechCut() : this.#silenceCut()
    if (at === undefined) return undefined
    const cut = { samples: at * FRAME_SAMPLES, speech: this.#speechUntil(at) }
    this.#restart()
    return cut
  }

  get #heardSpeech(): boolean {
    return this.#speechFrames >= SPEECH_FRAMES_AT_LEAST
  }

  #speechUntil(frame: number): Span | undefined {
    if (!this.#heardSpeech) return undefined
    const from = this.#speechFrom - framesOf(RUN_UP_SECONDS)
    const to = this.#speaking ? frame : this.#pauseFrom + framesOf(FADING_SECONDS)
    return { from: Math.max(0, from) * FRAME_SAMPLES, to: Math.min(to, frame) * FRAME_SAMPLES }
  }

  #silenceCut(): number | undefined {
    const frames = framesOf(SILENCE_PIECE_SECONDS)
    return this.frames < frames ? undefined : frames - framesOf(KEPT_SECONDS)
  }

  #speechCut(): number | undefined {
    if (!this.#speaking) {
      const seconds = secondsOf(this.frames * FRAME_SAMPLES)
      const limit = secondsOf(this.#limitFrames * FRAME_SAMPLES)
      const needed = PAUSES.find(({ after }) => seconds >= after(limit))?.pause ?? Infinity
      const pause = this.frames - this.#pauseFrom
      if (pause >= framesOf(needed)) return this.#pauseFrom + Math.ceil(pause / 2)
    }
    return this.frames < this.#limitFrames ? undefined : this.#quietestFrame()
  }

  #quietestFrame(): number {
    const first = this.frames - framesOf(FORCED_CUT_WINDOW_SECONDS)
    let best = Math.max(1, first)
    for (let frame = best; frame < this.frames; frame++) {
      if ((this.#probabilities[frame] ?? 1) <= (this.#probabilities[best] ?? 1)) best = frame
    }
    return best
  }

  #restart(): void {
    this.#probabilities = []
    this.#speechFrames = 0
    this.#speaking = false
    this.#speechFrom = 0
    this.#pauseFrom = 0
  }
}

function framesOf(seconds: number): number {
  return Math.ceil(samplesOf(seconds) / FRAME_SAMPLES)
}
