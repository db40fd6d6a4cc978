/** What the models of sherpa-onnx's kind hear, and what they may say. */
import { samplesOf, type Pcm } from '../../src/shared/audio.ts'
import { babble } from '../onnx/random.ts'

export interface AgreementClip {
  readonly seconds: number
  readonly pcm: Pcm
}

export const CLIPS: readonly AgreementClip[] = [0.4, 1, 2.3, 4, 7.1].map((seconds, index) => ({
  seconds,
  pcm: babble(index + 1, samplesOf(seconds)),
}))

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz')
/** Each letter within a word and at the start of one. */
export const PIECES = [...LETTERS, ...LETTERS.map((letter) => `▁${letter}`)]

/** With silence behind it. */
export function padded(pcm: Pcm, samples: number): Pcm {
  const longer = new Float32Array(pcm.length + samples)
  longer.set(pcm)
  return longer
}
