import type { FrameMajor } from './matrix.ts'

export interface BandNormalisation {
  /** Added to the standard deviation. */
  readonly epsilon: number
  /** Divide the squares by frames (population) or by frames − 1 (sample). */
  readonly deviation: 'population' | 'sample'
}

/** (x − mean) / (std + epsilon) for each band over all frames. Bands of one frame become 0. */
export function normaliseBands(features: FrameMajor, { epsilon, deviation }: BandNormalisation): FrameMajor {
  const { data, frames, bands } = features
  const normalised = new Float32Array(data.length)
  const degrees = deviation === 'population' ? frames : Math.max(1, frames - 1)
  for (let band = 0; band < bands; band++) {
    let sum = 0
    for (let i = band; i < data.length; i += bands) sum += data[i] ?? 0
    const mean = sum / frames
    let squares = 0
    for (let i = band; i < data.length; i += bands) squares += ((data[i] ?? 0) - mean) ** 2
    const scale = 1 / (Math.sqrt(squares / degrees) + epsilon)
    for (let i = band; i < data.length; i += bands) normalised[i] = ((data[i] ?? 0) - mean) * scale
  }
  return { ...features, data: normalised }
}
