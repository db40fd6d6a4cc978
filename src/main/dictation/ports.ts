/** What a dictation needs of the world. Each is given by the composition root, or by a test. */
import type { Pcm } from '../../shared/audio.ts'
import type { Cue } from '../../shared/capture.ts'
import type { DictationId, DictationRow, Grip, Outcome, Stage } from '../../shared/dictation.ts'
import type { Written } from '../../shared/edits.ts'
import type { Word } from '../../shared/transcript.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import type { Utterance } from '../../supervisor/utterance.ts'

/** The page that owns the microphone. Facts come back through `Dictations`. */
export interface Capture {
  start(id: DictationId): void
  stop(id: DictationId): void
  play(cue: Cue): void
}

/** The supervisor. */
export interface Transcription {
  start(signal?: AbortSignal): Promise<ModelInfo>
  /** Throws when no worker may be started. */
  open(options: {
    readonly live: boolean
    /** With the model of the other talk key. */
    readonly other?: boolean
  }): Utterance
  /** Lets the worker be tried again. */
  reset(): void
}

export type StageTimes = Partial<Readonly<Record<Stage, number>>>

export interface SealedFacts {
  readonly outcome: Outcome
  readonly written: Written
  readonly timesMs: StageTimes
  /** Name of the model that decoded it … */
  readonly model?: string | undefined
  /** … and the words it heard; what is left out stays as it was. */
  readonly words?: readonly Word[] | undefined
}

/** Sound and text on disk. None of these throws: what cannot be kept is told to the user by whoever implements it. */
export interface Custody {
  /**
   * Opens a row and its sound file before the first sample.
   * @param full is called when neither disk nor memory has room for more.
   */
  open(grip: Grip, full: () => void): Keeping
  rows(): readonly DictationRow[]
  writtenOf(id: DictationId): Written | undefined
  /** Undefined when there is none. */
  soundOf(id: DictationId): Promise<Pcm | undefined>
  /** A dictation that ended is decoded again: its outcome is open meanwhile. */
  reopen(id: DictationId): void
  seal(id: DictationId, facts: SealedFacts): void
  /** Other edits of its text are undone than before. */
  rewrite(id: DictationId, written: Written): void
  /** The newest with a text … */
  last(): DictationId | undefined
  /** … with sound, that has ended … */
  lastHeard(): DictationId | undefined
  /** … and that was cancelled. */
  lastCancelled(): DictationId | undefined
}

/** One dictation that is being recorded. */
export interface Keeping {
  readonly id: DictationId
  /** Before anything else sees the frame. */
  append(pcm: Pcm): void
  /** No more comes. */
  close(): void
  /** It was no dictation: row and sound go. */
  discard(): void
}

/** Where the text goes. Rejects with a StenoError. */
export interface Output {
  deliver(text: string): Promise<void>
}
