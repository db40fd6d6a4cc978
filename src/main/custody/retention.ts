/** Which dictations are older, or more, than the user wants to keep. Pure. */
import { SAMPLE_RATE } from '../../shared/audio.ts'
import type { DictationId } from '../../shared/dictation.ts'
import type { Settings } from '../../shared/settings.ts'

export type Limits = Pick<Settings, 'keepDays' | 'keepCount' | 'keepMegabytes'>

export interface Kept {
  readonly id: DictationId
  readonly startedAt: number
  /** Of its sound. */
  readonly seconds: number
  readonly starred: boolean
  /** Not sealed: it may be spoken now. */
  readonly open: boolean
}

const DAY_MS = 86_400_000
const BYTES_PER_SECOND = 2 * SAMPLE_RATE

/**
 * What is to go. Starred ones and those under way stay, and count.
 * @param newestFirst all that there is.
 * @param now milliseconds since 1970.
 */
export function tooMany(newestFirst: readonly Kept[], limits: Limits, now: number): DictationId[] {
  const { keepDays, keepCount, keepMegabytes } = limits
  const oldest = now - (keepDays ?? Infinity) * DAY_MS
  const mostBytes = (keepMegabytes ?? Infinity) * 1e6
  let bytes = 0
  return newestFirst.flatMap(({ id, startedAt, seconds, starred, open }, index) => {
    bytes += BYTES_PER_SECOND * seconds
    const over = startedAt < oldest || index >= (keepCount ?? Infinity) || bytes > mostBytes
    if (!over || starred || open) return []
    bytes -= BYTES_PER_SECOND * seconds
    return [id]
  })
}

export function isLimited({ keepDays, keepCount, keepMegabytes }: Limits): boolean {
  return keepDays !== null || keepCount !== null || keepMegabytes !== null
}
