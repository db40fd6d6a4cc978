/** Mel filterbanks, stored sparsely: each triangle covers a few neighbouring FFT bins. */

export interface MelOptions {
  readonly bands: number
  readonly fftSize: number
  readonly sampleRate: number
  /** Lower edge of the first triangle and upper edge of the last, in Hz. */
  readonly low: number
  readonly high: number
}

interface MelScale {
  readonly toMel: (hz: number) => number
  readonly toHz: (mel: number) => number
}

/** Slaney's Auditory Toolbox (1998): linear to 1 kHz, then 27 logarithmic steps to 6.4 kHz. */
const SLANEY: MelScale = {
  toMel: (hz) => (hz < 1000 ? (3 * hz) / 200 : 15 + (27 * Math.log(hz / 1000)) / Math.log(6.4)),
  toHz: (mel) => (mel < 15 ? (200 * mel) / 3 : 1000 * Math.exp(((mel - 15) * Math.log(6.4)) / 27)),
}

/** O'Shaughnessy (1987), as in HTK. */
const HTK: MelScale = {
  toMel: (hz) => 2595 * Math.log10(1 + hz / 700),
  toHz: (mel) => 700 * (10 ** (mel / 2595) - 1),
}

/** The same curve with Kaldi's rounded constant. */
const KALDI: MelScale = {
  toMel: (hz) => 1127 * Math.log(1 + hz / 700),
  toHz: (mel) => 700 * (Math.exp(mel / 1127) - 1),
}

export class MelFilterbank {
  readonly bands: number
  /** First bin of each band. */
  readonly starts: Int32Array
  /** Where each band's weights begin in `weights`; one more entry closes the last band. */
  readonly offsets: Int32Array
  readonly weights: Float64Array

  /** @param weight of `bin` in `band`; above zero on one run of bins only. */
  constructor(bands: number, bins: number, weight: (band: number, bin: number) => number) {
    this.bands = bands
    this.starts = new Int32Array(bands)
    this.offsets = new Int32Array(bands + 1)
    const weights: number[] = []
    for (let band = 0; band < bands; band++) {
      const row = Array.from({ length: bins }, (_, bin) => weight(band, bin))
      this.starts[band] = Math.max(
        0,
        row.findIndex((value) => value > 0),
      )
      weights.push(...row.filter((value) => value > 0))
      this.offsets[band + 1] = weights.length
    }
    this.weights = Float64Array.from(weights)
  }

  /** Writes the weighted sum of the power bins for each band into `out`. */
  apply(power: Float64Array, out: Float64Array): void {
    for (let band = 0; band < this.bands; band++) {
      const begin = this.offsets[band] ?? 0
      const end = this.offsets[band + 1] ?? 0
      const shift = (this.starts[band] ?? 0) - begin
      let sum = 0
      for (let i = begin; i < end; i++) sum += (this.weights[i] ?? 0) * (power[i + shift] ?? 0)
      out[band] = sum
    }
  }
}

/** Slaney's scale, triangles in Hz of equal area: librosa's default, which Whisper and NeMo were trained with. */
export function slaneyFilterbank(options: MelOptions): MelFilterbank {
  return triangles(options, SLANEY, (low, high) => 2 / (high - low))
}

/** HTK's scale, triangles in Hz with peaks of 1. */
export function htkFilterbank(options: MelOptions): MelFilterbank {
  return triangles(options, HTK, () => 1)
}

/** Kaldi's: triangles straight in the mel domain, peaks of 1, no Nyquist bin. */
export function kaldiFilterbank(options: MelOptions): MelFilterbank {
  const { bands, fftSize, sampleRate } = options
  const edges = melEdges(options, KALDI)
  const mels = Float64Array.from({ length: fftSize / 2 }, (_, bin) =>
    KALDI.toMel((bin * sampleRate) / fftSize),
  )
  return new MelFilterbank(bands, mels.length, (band, bin) => triangle(edges, band, mels[bin] ?? 0))
}

function triangles(
  options: MelOptions,
  scale: MelScale,
  gain: (low: number, high: number) => number,
): MelFilterbank {
  const { bands, fftSize, sampleRate } = options
  const edges = melEdges(options, scale).map(scale.toHz)
  // Exactly, lest rounding leave a weight of 1e-17 at a bin on the edge.
  edges[0] = options.low
  edges[bands + 1] = options.high
  return new MelFilterbank(
    bands,
    fftSize / 2 + 1,
    (band, bin) =>
      triangle(edges, band, (bin * sampleRate) / fftSize) * gain(edges[band] ?? 0, edges[band + 2] ?? 0),
  )
}

/** bands + 2 points at equal mel distances. */
function melEdges({ bands, low, high }: MelOptions, { toMel }: MelScale): Float64Array {
  const first = toMel(low)
  const step = (toMel(high) - first) / (bands + 1)
  return Float64Array.from({ length: bands + 2 }, (_, i) => first + i * step)
}

/** Rises from edge `band` to 1 at the next edge and falls to the one after. */
function triangle(edges: Float64Array, band: number, x: number): number {
  const [low = 0, peak = 0, high = 0] = edges.subarray(band, band + 3)
  return Math.max(0, Math.min((x - low) / (peak - low), (high - x) / (high - peak)))
}
