/**
 * Every message between a window and main, by name and type. Sound goes through the capture port (capture-port.ts),
 * everything else through here.
 */
import type { AppSnapshot, DictationId } from './dictation.ts'
import type { WireError } from './errors.ts'

/** Answers cross as values: Electron would strip an Error of its code. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError }

/** window → main, with an answer. */
export interface Invokes {
  'begin-dictation': { readonly args: readonly []; readonly value: DictationId }
  'cancel-dictation': { readonly args: readonly [id: DictationId]; readonly value: null }
  /** The window cannot capture; the reason is for people to read. */
  'capture-failed': {
    readonly args: readonly [id: DictationId, message: string]
    readonly value: null
  }
  'get-snapshot': { readonly args: readonly []; readonly value: AppSnapshot }
}

/** main → window. */
export interface Sends {
  readonly snapshot: AppSnapshot
}

/** window → main, with one MessagePort: the sound of a dictation that has begun. Its message is the dictation's id. */
export const CAPTURE_PORT_CHANNEL = 'capture-port'

/** What the preload script puts on `window.steno`. */
export interface StenoApi {
  begin(): Promise<Answer<DictationId>>
  /** Sends one frame of a begun dictation; see capture-port.ts for what main accepts. */
  sendSound(id: DictationId, from: number, pcm: Float32Array): void
  /** All sound was sent: main decodes the rest. */
  endSound(id: DictationId, samples: number): void
  cancel(id: DictationId): Promise<Answer<null>>
  captureFailed(id: DictationId, message: string): Promise<Answer<null>>
  snapshot(): Promise<Answer<AppSnapshot>>
  /** Returns its own undo. */
  onSnapshot(listener: (snapshot: AppSnapshot) => void): () => void
  /** What main refused of the sound sent. */
  onRefused(listener: (message: string) => void): () => void
}
