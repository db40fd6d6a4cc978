/** Stage timings of the last dictations as percentiles. Pure. */
import { STAGES, type StageTiming } from '../../shared/dictation.ts'
import type { StageTimes } from './ports.ts'

export function summarise(times: readonly StageTimes[]): StageTiming[] {
  return STAGES.flatMap((stage) => {
    const values = times
      .map((one) => one[stage])
      .filter((ms) => ms !== undefined)
      .sort((a, b) => a - b)
    if (values.length === 0) return []
    return [{ stage, count: values.length, p50Ms: percentile(values, 0.5), p95Ms: percentile(values, 0.95) }]
  })
}

/** Nearest rank of sorted values. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}
