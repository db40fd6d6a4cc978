/** The front end of Steno's own models, configured by the `features` object of their config.json. */
import { SAMPLE_RATE, type Pcm } from '../../shared/audio.ts'
import { readFrame, zeros } from './framing.ts'
import type { LogMelConfig, MelScaleName, WindowName } from './log-mel-config.ts'
import type { FrameMajor } from './matrix.ts'
import { htkFilterbank, slaneyFilterbank, type MelFilterbank, type MelOptions } from './mel.ts'
import { MelSpectrogram } from './mel-spectrogram.ts'
import { normaliseBands } from './normalise.ts'
import { hamming, hannPeriodic, hannSymmetric, povey } from './windows.ts'

const WINDOWS: Readonly<Record<WindowName, (length: number) => Float64Array>> = {
  'hann-periodic': hannPeriodic,
  'hann-symmetric': hannSymmetric,
  hamming,
  povey,
}

const FILTERBANKS: Readonly<Record<MelScaleName, (options: MelOptions) => MelFilterbank>> = {
  htk: htkFilterbank,
  slaney: slaneyFilterbank,
}

export class LogMelFrontEnd {
  readonly #config: LogMelConfig
  readonly #spectrogram: MelSpectrogram

  constructor(config: LogMelConfig) {
    this.#config = config
    const { bands, fft, low, high } = config
    const mel = FILTERBANKS[config.scale]({ bands, fftSize: fft, sampleRate: SAMPLE_RATE, low, high })
    this.#spectrogram = new MelSpectrogram(WINDOWS[config.window](config.windowSamples), fft, mel)
  }

  /**
   * Natural-log mels [frames, bands], each band with mean 0 and deviation 1 over the utterance;
   * frames = 1 + ⌊(N − window)/hop⌋, and 1 when the audio is shorter than a window.
   */
  features(pcm: Pcm): FrameMajor {
    return normaliseBands(this.logMel(pcm), { epsilon: 1e-3, deviation: 'population' })
  }

  /** The same before normalisation. */
  logMel(pcm: Pcm): FrameMajor {
    const { windowSamples, hopSamples, logFloor } = this.#config
    return this.#spectrogram.rows(
      1 + Math.floor(Math.max(0, pcm.length - windowSamples) / hopSamples),
      (frame, t) => {
        readFrame(frame, pcm, t * hopSamples, zeros)
      },
      (energy) => Math.log(energy + logFloor),
    )
  }
}
