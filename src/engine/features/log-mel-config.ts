/** Reads the `features` object of a model's config.json, refusing what `LogMelFrontEnd` would not compute right. */
import { SAMPLE_RATE } from '../../shared/audio.ts'
import { StenoError } from '../../shared/errors.ts'
import { isFftSize } from './fft.ts'

const SCALES = ['htk', 'slaney'] as const
const WINDOWS = ['hann-periodic', 'hann-symmetric', 'hamming', 'povey'] as const
const NORMALISATION = 'per utterance and band: (x - mean) / (std + 1e-3), population std'
/** Far above any real front end; keeps a damaged number from filling the memory. */
const FFT_MAXIMUM = 4096

export type MelScaleName = (typeof SCALES)[number]
export type WindowName = (typeof WINDOWS)[number]

export interface LogMelConfig {
  readonly bands: number
  readonly scale: MelScaleName
  /** Hz. */
  readonly low: number
  readonly high: number
  /** Points of the FFT. */
  readonly fft: number
  readonly window: WindowName
  readonly windowSamples: number
  readonly hopSamples: number
  /** Added to each energy before the logarithm. */
  readonly logFloor: number
}

/**
 * Throws `model-unsupported` naming the field that is missing, malformed or of a kind Steno cannot compute.
 * @param file it is from, for messages
 */
export function parseLogMelConfig(features: unknown, file: string): LogMelConfig {
  const field = fieldsOf(features, file)
  oneOf(field, 'type', ['log-mel'])
  oneOf(field, 'centred', [false])
  oneOf(field, 'power', [2])
  oneOf(field, 'normalisation', [NORMALISATION])
  const fft = integer(field, 'fft', 2, FFT_MAXIMUM)
  if (!isFftSize(fft)) throw unsupported(field, 'fft', fft, 'an even number made of 2, 3 and 5')
  const low = number(field, 'low', 0, SAMPLE_RATE / 2)
  return {
    bands: integer(field, 'bands', 1, fft / 2),
    scale: oneOf(field, 'scale', SCALES),
    low,
    high: number(field, 'high', low + 1, SAMPLE_RATE / 2),
    fft,
    window: oneOf(field, 'window', WINDOWS),
    windowSamples: integer(field, 'windowSamples', 2, fft),
    hopSamples: integer(field, 'hopSamples', 1, SAMPLE_RATE),
    logFloor: number(field, 'logFloor', Number.MIN_VALUE, 1),
  }
}

interface Fields {
  readonly file: string
  readonly values: ReadonlyMap<string, unknown>
}

function fieldsOf(features: unknown, file: string): Fields {
  const nothing = { file, values: new Map<string, unknown>() }
  if (typeof features !== 'object' || features === null) throw unsupported(nothing, '', features, 'an object')
  return { file, values: new Map<string, unknown>(Object.entries(features)) }
}

function oneOf<const T>(field: Fields, name: string, known: readonly T[]): T {
  const found = known.find((value) => value === field.values.get(name))
  if (found === undefined)
    throw unsupported(
      field,
      name,
      field.values.get(name),
      known.map((value) => JSON.stringify(value)).join(' or '),
    )
  return found
}

function number(field: Fields, name: string, least: number, most: number): number {
  const value = field.values.get(name)
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw unsupported(field, name, value, `a number from ${least} to ${most}`)
}

function integer(field: Fields, name: string, least: number, most: number): number {
  const value = number(field, name, least, most)
  if (Number.isInteger(value)) return value
  throw unsupported(field, name, value, 'a whole number')
}

function unsupported({ file }: Fields, name: string, value: unknown, wanted: string): StenoError {
  const path = name === '' ? 'features' : `features.${name}`
  const shown = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`
  return new StenoError(
    'model-unsupported',
    `In the model’s settings, ${path} ${shown}; Steno needs ${wanted}: ${file}`,
    {
      file,
      hint: 'Use a model made for this version of Steno, or update Steno.',
    },
  )
}
