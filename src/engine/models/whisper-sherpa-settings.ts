/** What the encoder of sherpa-onnx's Whisper says of itself, and its token list: `‹bytes in base64› ‹id›`. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mismatch } from '../graph.ts'
import { assertFile } from '../runtime.ts'
import { ByteLevelTokenizer, standInsOf } from '../tokenizer/byte-level.ts'
import { corruptPieces } from '../tokenizer/piece-file.ts'
import { whisperTokens } from '../tokenizer/whisper-tokens.ts'
import { readOnnxMetadata, type OnnxMetadata } from './onnx-metadata.ts'
import type { SherpaWhisperFiles } from './whisper-sherpa.ts'
import type { WhisperSettings } from './whisper-settings.ts'

/** The names their settings have for special tokens, and openai/whisper's. */
const SPECIAL = {
  eot: 'endoftext',
  sot: 'startoftranscript',
  translate: 'translate',
  transcribe: 'transcribe',
  sot_lm: 'startoflm',
  sot_prev: 'startofprev',
  no_speech: 'nospeech',
  no_timestamps: 'notimestamps',
} as const
const LINE = /^([A-Za-z0-9+/]+=*) (\d+)$/

/** Rejects with `model-missing`, `model-corrupt` or `model-mismatch`, naming the file. */
export async function readSherpaWhisperSettings(
  folder: string,
  files: SherpaWhisperFiles,
): Promise<WhisperSettings> {
  const encoder = join(folder, files.encoder)
  const settings = await readOnnxMetadata(encoder)
  const bands = settings.integer('n_mels')
  if (bands !== 80 && bands !== 128) throw mismatch(encoder, `it wants ${bands} mel bands, Whisper 80 or 128`)
  const list = join(folder, files.tokens)
  const vocabulary = await readTokens(list)
  const tokenizer = new ByteLevelTokenizer({ vocabulary, special: specialOf(settings) })
  return {
    bands,
    context: settings.integer('n_text_ctx'),
    tokenizer,
    tokens: whisperTokens(tokenizer, settings.integer('is_multilingual') === 1, encoder),
    suppressed: {
      always: settings.integers('non_speech_tokens'),
      first: [settings.integer('blank_id'), settings.integer('eot')],
    },
  }
}

function specialOf(settings: OnnxMetadata): Map<string, number> {
  const special = new Map<string, number>()
  for (const [key, name] of Object.entries(SPECIAL)) special.set(`<|${name}|>`, settings.integer(key))
  if (settings.integer('is_multilingual') !== 1) return special
  const codes = (settings.get('all_language_codes') ?? '').split(',')
  for (const [index, id] of settings.integers('all_language_tokens').entries()) {
    const code = codes[index]
    if (code !== undefined) special.set(`<|${code}|>`, id)
  }
  return special
}

/** Ids by token, tokens in the stand-ins of their bytes. */
async function readTokens(file: string): Promise<Map<string, number>> {
  await assertFile(file)
  const vocabulary = new Map<string, number>()
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    const [, bytes, id] = LINE.exec(line) ?? []
    if (bytes !== undefined) vocabulary.set(standInsOf(Buffer.from(bytes, 'base64')), Number(id))
    else if (line !== '') throw corruptPieces(file, `line ${index + 1} is not “token id”`)
  }
  if (vocabulary.size === 0) throw corruptPieces(file, 'it is empty')
  return vocabulary
}
