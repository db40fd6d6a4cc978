import { describe, expect, it } from 'vitest'
import { StenoError } from '../../../../src/shared/errors.ts'
import { parseLogMelConfig } from '../../../../src/engine/features/log-mel-config.ts'

const FILE = '/models/own/config.json'

const VALID = {
  type: 'log-mel',
  bands: 64,
  scale: 'htk',
  low: 20,
  high: 7600,
  fft: 512,
  window: 'hann-periodic',
  windowSamples: 400,
  hopSamples: 160,
  centred: false,
  power: 2,
  logFloor: 1e-6,
  normalisation: 'per utterance and band: (x - mean) / (std + 1e-3), population std',
}

function refusal(features: unknown): StenoError {
  try {
    parseLogMelConfig(features, FILE)
  } catch (error) {
    if (error instanceof StenoError) return error
  }
  throw new Error('nothing was refused')
}

describe('parseLogMelConfig', () => {
  it('keeps what the front end needs', () => {
    expect(parseLogMelConfig(VALID, FILE)).toEqual({
      bands: 64,
      scale: 'htk',
      low: 20,
      high: 7600,
      fft: 512,
      window: 'hann-periodic',
      windowSamples: 400,
      hopSamples: 160,
      logFloor: 1e-6,
    })
  })

  it.each(Object.keys(VALID))('asks for %s', (name) => {
    const rest = Object.fromEntries(Object.entries(VALID).filter(([key]) => key !== name))
    const error = refusal(rest)
    expect(error.code).toBe('model-unsupported')
    expect(error.message).toContain(`features.${name} is missing`)
  })

  it.each([
    ['type', 'mfcc'],
    ['bands', 0],
    ['bands', 64.5],
    ['bands', '64'],
    ['bands', 1e9],
    ['scale', 'bark'],
    ['low', -1],
    ['low', NaN],
    ['high', 8001],
    ['high', 20],
    ['fft', 14],
    ['fft', 2 ** 30],
    ['window', 'kaiser'],
    ['windowSamples', 513],
    ['hopSamples', 0],
    ['centred', true],
    ['power', 1],
    ['logFloor', 0],
    ['normalisation', 'none'],
  ])('refuses %s = %j, naming the field and what to do', (name, value) => {
    const error = refusal({ ...VALID, [name]: value })
    expect(error.code).toBe('model-unsupported')
    expect(error.message).toContain(`features.${name} is `)
    expect(error.hint).toContain('update Steno')
    expect(error.file).toBe(FILE)
  })

  it.each([undefined, null, 'log-mel', 7])('refuses %j for features', (features) => {
    expect(refusal(features).code).toBe('model-unsupported')
  })
})
