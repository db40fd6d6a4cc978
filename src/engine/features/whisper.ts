/**
 * Whisper's front end (openai/whisper, whisper/audio.py): power spectra of 25 ms every 10 ms, log10 mel bands.
 * The raw logs are worth keeping while an utterance grows: only the final scaling looks at all frames at once.
 */
import { SAMPLE_RATE, samplesOf, type Pcm } from '../../shared/audio.ts'
import { readFrame, reflect } from './framing.ts'
import { toBandMajor, type BandMajor, type FrameMajor } from './matrix.ts'
import { slaneyFilterbank } from './mel.ts'
import { MelSpectrogram } from './mel-spectrogram.ts'
import { hannPeriodic } from './windows.ts'

const WINDOW = 400
const HOP = 160
/** The encoder's positions are learned for this much audio. */
const WINDOW_SECONDS = 30
const ENERGY_FLOOR = 1e-10

export class WhisperFrontEnd {
  readonly #bands: number
  readonly #spectrogram: MelSpectrogram

  /** @param bands 128 for large-v3 and its kin, 80 for the others. */
  constructor(bands: 80 | 128) {
    this.#bands = bands
    const mel = { bands, fftSize: WINDOW, sampleRate: SAMPLE_RATE, low: 0, high: SAMPLE_RATE / 2 }
    this.#spectrogram = new MelSpectrogram(hannPeriodic(WINDOW), WINDOW, slaneyFilterbank(mel))
  }

  /** Raw log10 mels [⌊N/160⌋, bands] of the audio as it is. */
  logMel(pcm: Pcm): FrameMajor {
    return this.#rows(pcm, Math.floor(pcm.length / HOP), pcm.length)
  }

  /** Raw log10 mels [3000, bands] of the audio cut or zero-padded to 30 s, as the encoder was trained. */
  paddedLogMel(pcm: Pcm): FrameMajor {
    const length = samplesOf(WINDOW_SECONDS)
    const frames = length / HOP
    const audio = pcm.subarray(0, length)
    // Frames behind the audio hold only zeros: no need to transform them.
    const heard = Math.min(frames, Math.ceil((audio.length + WINDOW / 2) / HOP))
    const { data } = this.#rows(audio, heard, length)
    const padded = new Float32Array(frames * this.#bands).fill(Math.log10(ENERGY_FLOOR))
    padded.set(data)
    return { layout: 'frame-major', data: padded, frames, bands: this.#bands }
  }

  #rows(audio: Pcm, frames: number, length: number): FrameMajor {
    return this.#spectrogram.rows(
      frames,
      (frame, t) => {
        readFrame(frame, audio, t * HOP - WINDOW / 2, reflect, length)
      },
      (energy) => Math.log10(Math.max(energy, ENERGY_FLOOR)),
    )
  }
}

/** Raw log10 mels → encoder input [bands, frames]: at most 8 below the loudest value, then (x + 4) / 4. */
export function scaleWhisper(raw: FrameMajor): BandMajor {
  let loudest = -Infinity
  for (const value of raw.data) loudest = Math.max(loudest, value)
  const scaled = toBandMajor(raw)
  const { data } = scaled
  for (let i = 0; i < data.length; i++) data[i] = (Math.max(data[i] ?? 0, loudest - 8) + 4) / 4
  return scaled
}
