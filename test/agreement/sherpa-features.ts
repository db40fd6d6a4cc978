/**
 * The features that sherpa-onnx computes for NeMo's models, which are not NeMo's: Kaldi's framing (frames centred half
 * a hop later, pre-emphasis within each frame), a Povey window and mels up to 7600 Hz where its defaults are left, and
 * a deviation over all frames (offline-recognizer-transducer-nemo-impl.h, offline-stream.cc).
 */
import type { Pcm } from '../../src/shared/audio.ts'
import { mirror, readFrame } from '../../src/engine/features/framing.ts'
import { toBandMajor, type BandMajor, type FrameMajor } from '../../src/engine/features/matrix.ts'
import { slaneyFilterbank } from '../../src/engine/features/mel.ts'
import { MelSpectrogram } from '../../src/engine/features/mel-spectrogram.ts'
import { normaliseBands } from '../../src/engine/features/normalise.ts'
import { hannPeriodic, hannSymmetric, povey } from '../../src/engine/features/windows.ts'

const HOP = 160
const WINDOW = 400
const PRE_EMPHASIS = 0.97

/** Whisper's, but with Kaldi's framing: centred half a hop later, and as many as there are whole hops to half a one. */
export class SherpaWhisperFrontEnd {
  readonly #spectrogram: MelSpectrogram

  constructor(bands: 80 | 128) {
    const mel = { bands, fftSize: WINDOW, sampleRate: 16_000, low: 0, high: 8000 }
    this.#spectrogram = new MelSpectrogram(hannPeriodic(WINDOW), WINDOW, slaneyFilterbank(mel))
  }

  /** Log10 mels. */
  logMel(pcm: Pcm): FrameMajor {
    return this.#spectrogram.rows(
      Math.floor((pcm.length + HOP / 2) / HOP),
      (frame, t) => {
        readFrame(frame, pcm, t * HOP + (HOP - WINDOW) / 2, mirror)
      },
      (energy) => Math.log10(Math.max(energy, 1e-10)),
    )
  }
}

export class SherpaNemoFrontEnd {
  readonly #spectrogram: MelSpectrogram

  constructor(bands: 80 | 128, window: 'povey' | 'hann', high: number) {
    const mel = slaneyFilterbank({ bands, fftSize: 512, sampleRate: 16_000, low: 0, high })
    this.#spectrogram = new MelSpectrogram(
      window === 'povey' ? povey(WINDOW) : hannSymmetric(WINDOW),
      512,
      mel,
    )
  }

  logMel(pcm: Pcm): FrameMajor {
    return this.#spectrogram.rows(
      Math.floor((pcm.length + HOP / 2) / HOP),
      (frame, t) => {
        readFrame(frame, pcm, t * HOP + (HOP - WINDOW) / 2, mirror)
        for (let i = frame.length - 1; i >= 0; i--)
          frame[i] = (frame[i] ?? 0) - PRE_EMPHASIS * (frame[Math.max(0, i - 1)] ?? 0)
      },
      (energy) => Math.log(Math.max(energy, 2 ** -23)),
    )
  }

  normalised(pcm: Pcm): BandMajor {
    return toBandMajor(normaliseBands(this.logMel(pcm), { epsilon: 1e-5, deviation: 'population' }))
  }
}
