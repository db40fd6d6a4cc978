/**
 * Kaldi's fbank (feat/feature-fbank.cc) as icefall's Zipformers and FunASR's SenseVoice use it: 80 bands, 25 ms
 * every 10 ms, offset removal and pre-emphasis within each frame, no dither.
 */
import { SAMPLE_RATE, type Pcm } from '../../shared/audio.ts'
import { mirror, readFrame } from './framing.ts'
import type { FrameMajor } from './matrix.ts'
import { kaldiFilterbank } from './mel.ts'
import { MelSpectrogram } from './mel-spectrogram.ts'
import { hamming, povey } from './windows.ts'

const BANDS = 80
const WINDOW = 400
const FFT_SIZE = 512
const HOP = 160
const PRE_EMPHASIS = 0.97
/** FLT_EPSILON. */
const ENERGY_FLOOR = 2 ** -23

export interface KaldiOptions {
  readonly window: 'povey' | 'hamming'
  readonly low: number
  readonly high: number
  /** What samples in [−1, 1] are multiplied by: 32768 for models trained on 16-bit numbers. */
  readonly scale: number
  /** True: only frames that lie within the audio. False: one frame per hop, the audio mirrored at its ends. */
  readonly snipEdges: boolean
}

export const ZIPFORMER: KaldiOptions = { window: 'povey', low: 20, high: 7600, scale: 1, snipEdges: false }
export const SENSE_VOICE: KaldiOptions = {
  window: 'hamming',
  low: 20,
  high: 8000,
  scale: 32768,
  snipEdges: true,
}

export class KaldiFrontEnd {
  readonly #options: KaldiOptions
  readonly #spectrogram: MelSpectrogram

  constructor(options: KaldiOptions) {
    this.#options = options
    const { low, high } = options
    const window = options.window === 'povey' ? povey(WINDOW) : hamming(WINDOW)
    const mel = kaldiFilterbank({ bands: BANDS, fftSize: FFT_SIZE, sampleRate: SAMPLE_RATE, low, high })
    this.#spectrogram = new MelSpectrogram(window, FFT_SIZE, mel)
  }

  /** Natural-log mels [frames, 80]; frames = 1 + ⌊(N − 400)/160⌋ with snipped edges, else ⌊(N + 80)/160⌋. */
  logMel(pcm: Pcm): FrameMajor {
    const { scale, snipEdges } = this.#options
    const frames = Math.floor((pcm.length + (snipEdges ? HOP - WINDOW : HOP / 2)) / HOP)
    const first = snipEdges ? 0 : (HOP - WINDOW) / 2
    return this.#spectrogram.rows(
      Math.max(0, frames),
      (frame, t) => {
        readFrame(frame, pcm, first + t * HOP, mirror)
        removeOffset(frame, scale)
        preEmphasise(frame)
      },
      (energy) => Math.log(Math.max(energy, ENERGY_FLOOR)),
    )
  }
}

function removeOffset(frame: Float64Array, scale: number): void {
  let sum = 0
  for (const sample of frame) sum += sample
  const mean = sum / frame.length
  for (let i = 0; i < frame.length; i++) frame[i] = scale * ((frame[i] ?? 0) - mean)
}

/** In place, hence from the end; the first sample counts as its own predecessor. */
function preEmphasise(frame: Float64Array): void {
  for (let i = frame.length - 1; i >= 0; i--) {
    frame[i] = (frame[i] ?? 0) - PRE_EMPHASIS * (frame[Math.max(0, i - 1)] ?? 0)
  }
}
