/** Which model of the catalogue fits this machine and this language best. Pure. */
import type { ModelCard, ModelName } from '../shared/models.ts'

export interface Machine {
  readonly cores: number
  readonly memoryBytes: number
  /** Seconds of decoding per second of sound that the built-in model was seen to take; undefined before it was used. */
  readonly starterSpeed: number | undefined
}

/** Best first, per language: what Steno's own measures and published word error rates say. */
const BEST: Readonly<Record<string, readonly ModelName[]>> = {
  en: [
    'parakeet-tdt-0.6b-v2',
    'moonshine-streaming-medium',
    'moonshine-streaming-small',
    'moonshine-streaming-tiny',
  ],
  zh: ['sense-voice-small'],
  yue: ['sense-voice-small'],
  ja: ['sense-voice-small'],
  ko: ['sense-voice-small'],
}
const EUROPEAN: readonly ModelName[] = ['parakeet-tdt-0.6b-v3', 'canary-180m-flash']
const ANYTHING: readonly ModelName[] = [
  'whisper-large-v3-turbo',
  'whisper-small',
  'whisper-base',
  'whisper-tiny',
]

/** Beside the system, the browser and whatever one dictates into. */
const MEMORY_SHARE = 0.25
/** A core of today reads with the built-in model in this share of real time. */
const STARTER_SPEED_TODAY = 0.03
/** How many such cores keep up with speech, by speed class. */
const CORES_FOR: Readonly<Record<ModelCard['speed'], number>> = { instant: 0.5, steady: 3, slow: 7 }

/** @param language null: the model is to find out. */
export function recommend(
  cards: readonly ModelCard[],
  machine: Machine,
  language: string | null,
): ModelName | undefined {
  const wanted = language ?? 'en'
  const names = [...(BEST[wanted] ?? EUROPEAN), ...ANYTHING]
  const fitting = names
    .map((name) => cards.find((card) => card.name === name))
    .filter((card) => card?.languages.includes(wanted) === true)
    .filter((card) => card !== undefined && card.memoryBytes <= MEMORY_SHARE * machine.memoryBytes)
  // Where none keeps up with speech, the lightest comes nearest.
  return (fitting.find((card) => card !== undefined && keepsUp(card, machine)) ?? fitting.at(-1))?.name
}

function keepsUp({ speed }: ModelCard, machine: Machine): boolean {
  const slower = Math.max(1, (machine.starterSpeed ?? 0) / STARTER_SPEED_TODAY)
  return machine.cores / slower >= CORES_FOR[speed]
}
