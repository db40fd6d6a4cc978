/** What every model family offers to the rest of the engine. */
import type { Pcm } from '../shared/audio.ts'
import type { Line } from '../shared/transcript.ts'
import type { ModelInfo } from '../shared/worker-frames.ts'

/** A segment before it has a place in the utterance: word times are seconds from its own first sample. */
export type Hypothesis = Omit<Line, 'start' | 'end'>

export interface Model extends AsyncDisposable {
  readonly info: ModelInfo
  /**
   * Decodes one segment of at most `info.maxSeconds`. Blocks the thread inside native code; the signal is looked at
   * between native calls only.
   */
  transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis>
}

/** A model that hears as speech comes in: its cost per second does not grow with the segment. */
export interface StreamingModel extends Model {
  /** Its text only grows at the end; else what it said may change as it hears on. */
  readonly appendOnly: boolean
  /** A decode of its own state. What it says may change until `finish`. */
  open(): StreamingDecode
}

/** A segment that is all there, read by a model that could hear it grow. */
export async function transcribeWhole(
  decode: StreamingDecode,
  pcm: Pcm,
  signal?: AbortSignal,
): Promise<Hypothesis> {
  await decode.push(pcm, signal)
  return await decode.finish(signal)
}

export interface StreamingDecode {
  /** Audio of any length, in order. The text so far. */
  push(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis>
  /** No more audio comes: the final text. The same however the audio was cut into pushes. */
  finish(signal?: AbortSignal): Promise<Hypothesis>
  /** Another decode that goes on from here, so that the end can be read ahead of time. This one is left as it is. */
  fork(): StreamingDecode
}
