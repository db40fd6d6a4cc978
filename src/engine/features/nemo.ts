/**
 * NeMo's front end (AudioToMelSpectrogramPreprocessor) for Parakeet, Canary and other FastConformers. Streaming
 * models take the raw logs, the others normalised ones.
 */
import { SAMPLE_RATE, type Pcm } from '../../shared/audio.ts'
import { readFrame, zeros } from './framing.ts'
import { toBandMajor, type BandMajor, type FrameMajor } from './matrix.ts'
import { slaneyFilterbank } from './mel.ts'
import { MelSpectrogram } from './mel-spectrogram.ts'
import { normaliseBands } from './normalise.ts'
import { hannSymmetric } from './windows.ts'

const WINDOW = 400
const FFT_SIZE = 512
const HOP = 160
const PRE_EMPHASIS = 0.97
const LOG_GUARD = 2 ** -24

export class NemoFrontEnd {
  readonly #spectrogram: MelSpectrogram

  constructor(bands: 80 | 128) {
    const mel = { bands, fftSize: FFT_SIZE, sampleRate: SAMPLE_RATE, low: 0, high: SAMPLE_RATE / 2 }
    this.#spectrogram = new MelSpectrogram(hannSymmetric(WINDOW), FFT_SIZE, slaneyFilterbank(mel))
  }

  /** Natural-log mels [⌊N/160⌋, bands]; what streaming models (normalize = "NA") want, once transposed. */
  logMel(pcm: Pcm): FrameMajor {
    const emphasised = preEmphasise(pcm)
    return this.#spectrogram.rows(
      Math.floor(pcm.length / HOP),
      (frame, t) => {
        // Upstream centres the window in 512 points: as many samples either side, and the same power spectrum.
        readFrame(frame, emphasised, t * HOP - WINDOW / 2, zeros)
      },
      (energy) => Math.log(energy + LOG_GUARD),
    )
  }
}

/** Raw logs → encoder input [bands, frames] of models with normalize = "per_feature". */
export function normaliseNemo(raw: FrameMajor): BandMajor {
  return toBandMajor(normaliseBands(raw, { epsilon: 1e-5, deviation: 'sample' }))
}

function preEmphasise(pcm: Pcm): Float64Array {
  const emphasised = new Float64Array(pcm)
  for (let n = 1; n < pcm.length; n++) emphasised[n] = (pcm[n] ?? 0) - PRE_EMPHASIS * (pcm[n - 1] ?? 0)
  return emphasised
}
