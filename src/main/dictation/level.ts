/** How loud a frame is, on the scale people hear. Pure. */
import type { Pcm } from '../../shared/audio.ts'

/** Below this a room is silent: the left end of the meter. */
const FLOOR_DBFS = -60

/** @returns 0 (at or below -60 dBFS) to 1 (full scale), linear in decibels of the root mean square. */
export function levelOf(pcm: Pcm): number {
  if (pcm.length === 0) return 0
  const power = pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length
  const dbfs = 10 * Math.log10(Math.max(power, Number.MIN_VALUE))
  return Math.min(1, Math.max(0, 1 - dbfs / FLOOR_DBFS))
}
