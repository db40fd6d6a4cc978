/**
 * What the supervisor and one transcription worker say to each other. Every frame carries the generation (one
 * process from fork to exit) and, where it is about an utterance, the session: a receiver ignores strangers.
 * Both sides ship in one build, so there are types here and no parser.
 */
import type { Pcm } from './audio.ts'
import type { WireError } from './errors.ts'
import type { Line, PartialLine } from './transcript.ts'

export type Generation = number
export type SessionId = number

/** What the user may ask of a decode. A model does what it can and ignores the rest. */
export interface Wishes {
  /** ISO 639 code the text is locked to; left out, the model decides or detects. */
  readonly language?: string | undefined
  /** English text whatever is spoken. */
  readonly translate?: boolean | undefined
  /** Names and words to favour, as they are to be written. */
  readonly vocabulary?: readonly string[] | undefined
}

export interface ModelRequest {
  /** Folder with the graphs and their settings. */
  readonly folder: string
  /** Silero VAD graph (v5 or v6 layout). */
  readonly vad: string
  /** Threads of one native run. */
  readonly threads: number
  readonly wishes?: Wishes
}

export interface ModelInfo {
  /** Name of the folder. */
  readonly id: string
  readonly family: string
  readonly language: string
  /** Longest audio one decode may take. */
  readonly maxSeconds: number
  /** However short the audio, a decode works on so much: Whisper fills up to 30 s. */
  readonly leastSeconds?: number
}

export interface Usage {
  readonly rssBytes: number
  /** User and system time since the process began. */
  readonly cpuMs: number
}

interface Addressed {
  readonly generation: Generation
}
interface Session extends Addressed {
  readonly session: SessionId
}

export type ToWorker =
  | (Addressed & { readonly kind: 'load'; readonly model: ModelRequest })
  /**
   * Opens an utterance whose first sample has the index `from`; what lies before it is settled already. `live`:
   * somebody watches the text grow and waits for its end.
   */
  | (Session & { readonly kind: 'open'; readonly from: number; readonly live: boolean })
  | (Session & { readonly kind: 'audio'; readonly pcm: Pcm })
  /** The user has let go; a little audio may still come. */
  | (Session & { readonly kind: 'ending' })
  | (Session & { readonly kind: 'finish' })
  | (Session & { readonly kind: 'cancel' })
  | (Addressed & { readonly kind: 'ping' })
  | (Addressed & { readonly kind: 'shutdown' })

export type FromWorker =
  | (Addressed & { readonly kind: 'ready'; readonly model: ModelInfo })
  /** The model cannot be loaded: trying again would not help. */
  | (Addressed & { readonly kind: 'refused'; readonly error: WireError })
  /** All samples below this index have gone through the VAD; credit for as many new ones. */
  | (Session & { readonly kind: 'ingested'; readonly samples: number })
  /** What the segment in work says so far; the next one replaces it, and so does the line that settles it. */
  | (Session & { readonly kind: 'partial'; readonly partial: PartialLine })
  /** All samples below this index have their final text (none, where nobody spoke) and are not needed again. */
  | (Session & { readonly kind: 'settled'; readonly samples: number; readonly line: Line | undefined })
  | (Session & { readonly kind: 'final'; readonly samples: number })
  /** This utterance could not be decoded; the worker is well. */
  | (Session & { readonly kind: 'failed'; readonly error: WireError })
  | (Addressed & { readonly kind: 'pong'; readonly usage: Usage })
