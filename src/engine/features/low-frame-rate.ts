import type { FrameMajor } from './matrix.ts'

export interface LowFrameRate {
  /** Frames stacked into one, and frames from one to the next: 7 and 6 for FunASR's models. */
  readonly window: number
  readonly shift: number
}

/**
 * Stacks frames (Pundak & Sainath 2016) as FunASR's `apply_lfr` does: output i holds the `window` frames around
 * `shift · i`, the first and the last repeated beyond the ends. [frames, bands] → [1 + ⌊(frames − 1) / shift⌋,
 * window · bands].
 */
export function lowFrameRate(features: FrameMajor, { window, shift }: LowFrameRate): FrameMajor {
  const { data, frames, bands } = features
  const stacked = frames === 0 ? 0 : 1 + Math.floor((frames - 1) / shift)
  const before = Math.floor((window - 1) / 2)
  const rows = new Float32Array(stacked * window * bands)
  for (let i = 0; i < stacked * window; i++) {
    const wanted = Math.floor(i / window) * shift + (i % window) - before
    const frame = Math.min(frames - 1, Math.max(0, wanted))
    rows.set(data.subarray(frame * bands, (frame + 1) * bands), i * bands)
  }
  return { layout: 'frame-major', data: rows, frames: stacked, bands: window * bands }
}

/** (x + shift) · scale for each band, in place of a mean and a deviation: Kaldi's CMVN as FunASR stores it. */
export function scaleBands(
  features: FrameMajor,
  negativeMean: Float32Array,
  inverseDeviation: Float32Array,
): FrameMajor {
  const data = features.data.map((x, i) => {
    const band = i % features.bands
    return (x + (negativeMean[band] ?? 0)) * (inverseDeviation[band] ?? 1)
  })
  return { ...features, data }
}
