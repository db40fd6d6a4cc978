/** Speaks to a supervised worker as a person does, and measures what is waited for at the end. */
import { setTimeout as sleep } from 'node:timers/promises'
import { FRAME_SAMPLES, samplesOf, secondsOf, type Pcm } from '../src/shared/audio.ts'
import type { Supervisor } from '../src/supervisor/supervisor.ts'

/** What the app still takes in after the release (captureTailMs). */
export const TAIL_SECONDS = 0.15
/** The end of a dictation is spoken in real time; what comes before it is read as fast as it is decoded. */
const SPOKEN_SECONDS = 6

/**
 * Seconds from the last sample to the final text.
 * @param releaseAt sample at which the key is let go.
 * @param spokenSeconds that come in real time before that.
 */
export async function waitBehind(
  supervisor: Supervisor,
  pcm: Pcm,
  releaseAt: number,
  spokenSeconds = SPOKEN_SECONDS,
): Promise<number> {
  const utterance = supervisor.open({ live: true })
  const spokenFrom = Math.max(0, releaseAt - samplesOf(spokenSeconds))
  const frame = (from: number): Pcm => pcm.slice(from, from + FRAME_SAMPLES)
  let at = 0
  for (; at < spokenFrom; at += FRAME_SAMPLES) await utterance.write(frame(at))
  while (utterance.lagSeconds > 0) await sleep(5)
  const begun = performance.now() - 1000 * secondsOf(at)
  let released = false
  for (; at < pcm.length; at += FRAME_SAMPLES) {
    if (!released && at >= releaseAt) utterance.expectEnd()
    released ||= at >= releaseAt
    const early = begun + 1000 * secondsOf(at) - performance.now()
    if (early > 1) await sleep(early)
    void utterance.write(frame(at))
  }
  const last = performance.now()
  await utterance.finish()
  return (performance.now() - last) / 1000
}
