/** A signal anyone can compute, one second long, and what to look at in the features of it. */
import { expect } from 'vitest'
import type { BandMajor, FrameMajor } from '../../../../src/engine/features/matrix.ts'

/** A chirp from 200 Hz to 3.8 kHz under the noise of a linear congruential generator (Numerical Recipes' constants). */
export function referenceSignal(length = 16_000): Float32Array {
  let state = 1
  return Float32Array.from({ length }, (_, n) => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0
    const t = n / 16_000
    return 0.5 * Math.sin(2 * Math.PI * (200 * t + 1800 * t * t)) + 0.01 * (state / 2 ** 31 - 1)
  })
}

export function valueAt(
  { layout, data, frames, bands }: FrameMajor | BandMajor,
  band: number,
  frame: number,
): number {
  return data[layout === 'band-major' ? band * frames + frame : frame * bands + band] ?? NaN
}

export interface Statistics {
  readonly mean: number
  readonly std: number
  readonly min: number
  readonly max: number
}

export function statistics({ data }: FrameMajor | BandMajor): Statistics {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length
  const squares = data.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  return {
    mean,
    std: Math.sqrt(squares / data.length),
    min: data.reduce((a, b) => Math.min(a, b), Infinity),
    max: data.reduce((a, b) => Math.max(a, b), -Infinity),
  }
}

/** [band, frame, value] triples. */
export type Points = readonly (readonly [band: number, frame: number, value: number])[]

/** Largest distance from the expected values. */
export function deviation(matrix: FrameMajor | BandMajor, points: Points): number {
  return Math.max(...points.map(([band, frame, value]) => Math.abs(valueAt(matrix, band, frame) - value)))
}

/** Expects the named statistics to 5 decimals. */
export function expectStatistics(matrix: FrameMajor | BandMajor, expected: Partial<Statistics>): void {
  const found = new Map(Object.entries(statistics(matrix)))
  for (const [name, value] of Object.entries(expected)) expect(found.get(name), name).toBeCloseTo(value, 5)
}
