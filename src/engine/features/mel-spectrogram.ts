/** The part that all front ends share: frame → window → zero-padded FFT → power → mel energies → logarithm. */
import { RealFft } from './fft.ts'
import type { FrameMajor } from './matrix.ts'
import type { MelFilterbank } from './mel.ts'

export class MelSpectrogram {
  readonly #window: Float64Array
  readonly #filterbank: MelFilterbank
  readonly #fft: RealFft
  readonly #frame: Float64Array
  readonly #padded: Float64Array
  readonly #power: Float64Array
  readonly #energies: Float64Array

  /** @param window at most `fftSize` long; zeros fill the rest, where they do not change the power. */
  constructor(window: Float64Array, fftSize: number, filterbank: MelFilterbank) {
    this.#window = window
    this.#filterbank = filterbank
    this.#fft = new RealFft(fftSize)
    this.#frame = new Float64Array(window.length)
    this.#padded = new Float64Array(fftSize)
    this.#power = new Float64Array(this.#fft.bins)
    this.#energies = new Float64Array(filterbank.bands)
  }

  /**
   * [frames, bands] of compressed mel energies.
   * @param read fills its frame (as long as the window) with the samples of frame t
   * @param log compresses one energy
   */
  rows(
    frames: number,
    read: (frame: Float64Array, t: number) => void,
    log: (energy: number) => number,
  ): FrameMajor {
    const { bands } = this.#filterbank
    const data = new Float32Array(frames * bands)
    for (let t = 0; t < frames; t++) {
      read(this.#frame, t)
      this.#analyse()
      for (let band = 0; band < bands; band++) data[t * bands + band] = log(this.#energies[band] ?? 0)
    }
    return { layout: 'frame-major', data, frames, bands }
  }

  #analyse(): void {
    for (let i = 0; i < this.#window.length; i++)
      this.#padded[i] = (this.#frame[i] ?? 0) * (this.#window[i] ?? 0)
    this.#fft.power(this.#padded, this.#power)
    this.#filterbank.apply(this.#power, this.#energies)
  }
}
