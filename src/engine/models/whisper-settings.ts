/** What Whisper's config.json, generation_config.json and tokenizer.json say, checked. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { StenoError, textOf } from '../../shared/errors.ts'
import type { SuppressionLists } from '../decode/whisper-rules.ts'
import type { ByteLevelTokenizer } from '../tokenizer/byte-level.ts'
import { readByteLevel } from '../tokenizer/tokenizer-json.ts'
import { whisperTokens, type WhisperTokens } from '../tokenizer/whisper-tokens.ts'
import { readConfig, readField, type ModelConfig } from './config.ts'

export interface WhisperSettings {
  /** Of the mel spectrogram. */
  readonly bands: 80 | 128
  /** Most tokens of a decode, prompt included. */
  readonly context: number
  readonly tokenizer: ByteLevelTokenizer
  readonly tokens: WhisperTokens
  readonly suppressed: SuppressionLists
}

/** The smallest vocabulary with languages in it (openai/whisper, whisper/model.py). */
const MULTILINGUAL_VOCABULARY = 51_865

const GENERATION = v.object({
  is_multilingual: v.optional(v.boolean()),
  suppress_tokens: v.nullish(v.array(v.number())),
  begin_suppress_tokens: v.nullish(v.array(v.number())),
})

/** Rejects with `model-missing`, `model-corrupt` or `model-unsupported`, naming the file. */
export async function readWhisperSettings(folder: string): Promise<WhisperSettings> {
  const config = await readConfig(folder)
  const tokenizer = await readByteLevel(folder)
  // Older folders keep in config.json what newer ones have in a file of its own.
  const generation =
    (await readGeneration(join(folder, 'generation_config.json'))) ?? parse(config.fields, config.file)
  const multilingual =
    generation.is_multilingual ?? readField(config, 'vocab_size', 'number') >= MULTILINGUAL_VOCABULARY
  const tokens = whisperTokens(tokenizer, multilingual, join(folder, 'tokenizer.json'))
  return {
    bands: bandsOf(config),
    context: readField(config, 'max_target_positions', 'number'),
    tokenizer,
    tokens,
    suppressed: {
      always: ids(generation.suppress_tokens, tokenizer),
      first: ids(generation.begin_suppress_tokens, tokenizer),
    },
  }
}

function ids(list: readonly number[] | null | undefined, tokenizer: ByteLevelTokenizer): number[] {
  // −1 stood for the default list once.
  return (list ?? []).filter((id) => Number.isInteger(id) && id >= 0 && id < tokenizer.size)
}

function bandsOf(config: ModelConfig): 80 | 128 {
  const bands = readField(config, 'num_mel_bins', 'number')
  if (bands === 80 || bands === 128) return bands
  throw new StenoError('model-unsupported', `The model wants ${bands} mel bands: ${config.file}`, {
    file: config.file,
    hint: 'Steno computes 80 or 128 of them: choose another model.',
  })
}

async function readGeneration(file: string): Promise<v.InferOutput<typeof GENERATION> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return parse(JSON.parse(text), file)
  } catch (error) {
    throw corrupt(file, error)
  }
}

function parse(value: unknown, file: string): v.InferOutput<typeof GENERATION> {
  const parsed = v.safeParse(GENERATION, value)
  if (parsed.success) return parsed.output
  throw corrupt(file, new Error(parsed.issues[0].message))
}

function corrupt(file: string, error: unknown): StenoError {
  if (error instanceof StenoError) return error
  return new StenoError('model-corrupt', `The model’s settings cannot be read: ${file}: ${textOf(error)}`, {
    file,
    hint: 'Fetch the model again.',
  })
}
