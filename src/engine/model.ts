/** What every model family offers to the rest of the engine. */
import type { Pcm } from '../shared/audio.ts'
import type { Word } from '../shared/transcript.ts'
import type { ModelInfo } from '../shared/worker-frames.ts'

/** The text of one segment. Word times are seconds from the segment's first sample. */
export interface Hypothesis {
  readonly text: string
  readonly words: readonly Word[]
}

export interface Model extends AsyncDisposable {
  readonly info: ModelInfo
  /**
   * Decodes one segment of at most `info.maxSeconds`. Blocks the thread inside native code; the signal is looked at
   * between native calls only.
   */
  transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis>
}
