/** streaming_config.json of Moonshine's streaming models, checked. */
import { StenoError } from '../../shared/errors.ts'
import { readConfig, readField } from './config.ts'

export const SETTINGS_FILE = 'streaming_config.json'

export interface MoonshineStreamingSettings {
  /** Of a frame before the first and the second convolution of the frontend. */
  readonly frontendWidth: number
  readonly middleWidth: number
  /** Of a frame of the encoder, and of what the decoder reads of it. */
  readonly encoderWidth: number
  readonly decoderWidth: number
  /** Of the decoder; the encoder has as many. */
  readonly layers: number
  readonly heads: number
  readonly headSize: number
  readonly vocabulary: number
  readonly start: number
  readonly end: number
  /** Frames that must be heard behind one before it is final. */
  readonly lookahead: number
  /** Most positions of the decoder. */
  readonly context: number
}

/** The original's, where the file does not say it. */
const CONTEXT = 448

/** Rejects with `model-missing` or `model-corrupt`, naming the file. */
export async function readStreamingSettings(folder: string): Promise<MoonshineStreamingSettings> {
  const config = await readConfig(folder, SETTINGS_FILE)
  const count = (name: string): number => {
    const value = readField(config, name, 'number')
    if (Number.isInteger(value) && value <= 1e6) return value
    throw damaged(config.file, `its field “${name}” is no count`)
  }
  const size = (name: string): number => {
    const value = count(name)
    if (value > 0) return value
    throw damaged(config.file, `its field “${name}” is 0`)
  }
  return {
    frontendWidth: size('d_model_frontend'),
    middleWidth: size('c1'),
    encoderWidth: size('encoder_dim'),
    decoderWidth: size('decoder_dim'),
    layers: size('depth'),
    heads: size('nheads'),
    headSize: size('head_dim'),
    vocabulary: size('vocab_size'),
    start: count('bos_id'),
    end: count('eos_id'),
    lookahead: count('total_lookahead'),
    context: config.fields['max_seq_len'] === undefined ? CONTEXT : size('max_seq_len'),
  }
}

function damaged(file: string, why: string): StenoError {
  return new StenoError('model-corrupt', `The model’s settings cannot be read: ${file}: ${why}`, {
    file,
    hint: 'Fetch the model again.',
  })
}
