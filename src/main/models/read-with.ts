/** A kept recording → its text by any model, beside the one that serves dictations: in a worker that ends after it. */
import { SAMPLE_RATE, secondsOf, type Pcm } from '../../shared/audio.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Transcript } from '../../shared/transcript.ts'
import type { ModelInfo, ModelRequest } from '../../shared/worker-frames.ts'
import type { SupervisorPool } from '../../supervisor/supervisor-pool.ts'
import type { Utterance } from '../../supervisor/utterance.ts'

export interface ReadResult extends Transcript {
  readonly model: ModelInfo
  /** Seconds of decoding per second of sound; loading does not count. */
  readonly realTimeFactor: number
}

/** Rejects with a StenoError, or with the reason of the signal. */
export type ReadWith = (
  request: ModelRequest,
  pcm: Pcm,
  options?: { readonly signal?: AbortSignal | undefined },
) => Promise<ReadResult>

export function readerOf(pool: SupervisorPool, clock: Clock): ReadWith {
  return async (request, pcm, { signal } = {}) => {
    signal?.throwIfAborted()
    await using lease = await pool.lease(request)
    const { supervisor } = lease
    const model = await supervisor.start(signal)
    const begun = clock.now()
    const transcript = await read(supervisor.open(), pcm, signal)
    const seconds = (clock.now() - begun) / 1000
    return { ...transcript, model, realTimeFactor: seconds / Math.max(secondsOf(pcm.length), 0.001) }
  }
}

async function read(utterance: Utterance, pcm: Pcm, signal: AbortSignal | undefined): Promise<Transcript> {
  try {
    for (let at = 0; at < pcm.length; at += SAMPLE_RATE) {
      signal?.throwIfAborted()
      await utterance.write(pcm.slice(at, at + SAMPLE_RATE))
    }
    return await utterance.finish(signal)
  } catch (error) {
    utterance.cancel(error)
    throw error
  }
}
