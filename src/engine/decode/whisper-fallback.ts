/**
 * When a decode is tried again, hotter, and which try is taken (openai/whisper, whisper/transcribe.py,
 * decode_with_fallback; thresholds are its defaults). Whisper goes up to 1.0 in steps of 0.2; here someone waits for
 * the text, and what fails at 0.4 is seldom better at 1.0.
 */
import type { Sequence } from './autoregressive.ts'
import { compressionRatio } from './repetition.ts'

export const TEMPERATURES = [0, 0.2, 0.4] as const
/** Above it, the prompt does more harm than good. */
const MOST_COMPRESSIBLE = 2.4
const LEAST_LOG_PROB = -1
const LIKELY_SILENCE = 0.6

export interface Attempt {
  readonly sequence: Sequence
  readonly text: string
  /** 0 to 1. */
  readonly noSpeech: number
}

/** `again`: its words cannot be trusted. `silence`: nobody spoke, whatever the text says. */
export type Judgement = 'good' | 'again' | 'silence'

export function judge(attempt: Attempt): Judgement {
  const unsure = meanLogProb(attempt.sequence) < LEAST_LOG_PROB
  if (unsure && attempt.noSpeech > LIKELY_SILENCE) return 'silence'
  return unsure || repetitive(attempt) ? 'again' : 'good'
}

/** Of tries none of which was good, the one that does not loop and is surest of itself. */
export function best<A extends Attempt>(attempts: readonly A[]): A | undefined {
  const [steady, all] = [attempts.filter((attempt) => !repetitive(attempt)), attempts]
  return (steady.length > 0 ? steady : [...all]).sort(
    (a, b) => meanLogProb(b.sequence) - meanLogProb(a.sequence),
  )[0]
}

function repetitive({ sequence, text }: Attempt): boolean {
  return sequence.ending === 'loop' || compressionRatio(text) > MOST_COMPRESSIBLE
}

/** The end counts as a token, whether it was reached or not. */
function meanLogProb({ tokens, logProbs }: Sequence): number {
  return logProbs.reduce((sum, logProb) => sum + logProb, 0) / (tokens.length + 1)
}
