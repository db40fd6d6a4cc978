/** Whisper folders as transformers.js lays them out, with tiny weights and the whole vocabulary. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SUFFIXES } from './precision.ts'
import { optimumDecoder, whisperEncoder, type DecoderPart, type DecoderShape } from './seq2seq.ts'

/** In the order of their ids (openai/whisper, whisper/tokenizer.py). */
const LANGUAGES =
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ' +
  'ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd ' +
  'gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue'

export type WhisperKind = 'english' | '99 languages' | '100 languages'

export interface ToyWhisperOptions extends Partial<DecoderShape> {
  readonly kind?: WhisperKind
  readonly bands?: 80 | 128
  /** The decoder in two graphs. */
  readonly apart?: boolean
}

export const [HEADS, HEAD_SIZE, CONTEXT] = [2, 8, 448]

export interface ToyWhisperIds {
  readonly end: number
  readonly start: number
  readonly noTimestamps: number
  readonly firstTimestamp: number
  readonly size: number
}

/** The published ids. */
export function whisperIds(kind: WhisperKind = '99 languages'): ToyWhisperIds {
  const end = kind === 'english' ? 50_256 : 50_257
  const languages = kind === '100 languages' ? 100 : 99
  const noTimestamps = end + 2 + languages + 5
  return {
    end,
    start: end + 1,
    noTimestamps,
    firstTimestamp: noTimestamps + 1,
    size: noTimestamps + 1 + 1501,
  }
}

export async function writeToyWhisper(folder: string, options: ToyWhisperOptions = {}): Promise<void> {
  const { kind = '99 languages', bands = 80, apart = false, ...shape } = options
  const suffix = SUFFIXES[shape.precision ?? 'fp32']
  const width = HEADS * HEAD_SIZE
  await writeWhisperSettings(folder, {
    kind,
    bands,
    width,
    heads: HEADS,
    encoderLayers: 1,
    decoderLayers: 2,
  })
  const decoder = { ...toyDecoder(kind), ...shape }
  await writeFile(join(folder, 'onnx', `encoder_model${suffix}.onnx`), whisperEncoder(bands, width, shape))
  const parts: readonly [string, DecoderPart][] = apart
    ? [
        ['decoder_model', 'first'],
        ['decoder_with_past_model', 'next'],
      ]
    : [['decoder_model_merged', 'merged']]
  for (const [stem, part] of parts)
    await writeFile(join(folder, 'onnx', `${stem}${suffix}.onnx`), optimumDecoder(decoder, part))
}

export function toyDecoder(kind: WhisperKind): DecoderShape {
  const { size, end } = whisperIds(kind)
  const heads = { heads: HEADS, headSize: HEAD_SIZE }
  return { layers: 2, ...heads, vocabulary: size, context: CONTEXT, end, endsAt: 24, steps: 1500 }
}

export interface WhisperSettings {
  readonly kind: WhisperKind
  readonly bands: 80 | 128
  readonly width: number
  readonly heads: number
  readonly encoderLayers: number
  readonly decoderLayers: number
}

/** All but the graphs, whose folder is made: `onnx`. */
export async function writeWhisperSettings(folder: string, settings: WhisperSettings): Promise<void> {
  const { kind, bands, width, heads, encoderLayers, decoderLayers } = settings
  await mkdir(join(folder, 'onnx'), { recursive: true })
  const ids = whisperIds(kind)
  const special = specialTokens(kind)
  const json = {
    'config.json': {
      model_type: 'whisper',
      architectures: ['WhisperForConditionalGeneration'],
      is_encoder_decoder: true,
      d_model: width,
      num_mel_bins: bands,
      vocab_size: ids.size,
      encoder_layers: encoderLayers,
      encoder_attention_heads: heads,
      decoder_layers: decoderLayers,
      decoder_attention_heads: heads,
      max_source_positions: 1500,
      max_target_positions: CONTEXT,
      decoder_start_token_id: ids.start,
      eos_token_id: ids.end,
      pad_token_id: ids.end,
      bos_token_id: ids.end,
    },
    'generation_config.json': generationConfig(kind, special),
    'preprocessor_config.json': {
      feature_extractor_type: 'WhisperFeatureExtractor',
      processor_class: 'WhisperProcessor',
      feature_size: bands,
      sampling_rate: 16_000,
      n_fft: 400,
      hop_length: 160,
      chunk_length: 30,
      n_samples: 480_000,
      nb_max_frames: 3000,
    },
    'tokenizer_config.json': { tokenizer_class: 'WhisperTokenizer', model_max_length: 1024 },
    'tokenizer.json': tokenizerJson(special),
  }
  for (const [name, content] of Object.entries(json))
    await writeFile(join(folder, name), JSON.stringify(content))
}

export function specialTokens(kind: WhisperKind): Map<string, number> {
  const { end, size } = whisperIds(kind)
  const languages = LANGUAGES.split(' ').slice(0, kind === '100 languages' ? 100 : 99)
  const names = [
    'endoftext',
    'startoftranscript',
    ...languages,
    'translate',
    'transcribe',
    'startoflm',
    'startofprev',
    'nospeech',
    'notimestamps',
    ...Array.from({ length: 1501 }, (_, index) => (index * 0.02).toFixed(2)),
  ]
  if (names.length !== size - end) throw new RangeError('the special tokens are not as many as their ids')
  return new Map(names.map((name, index) => [`<|${name}|>`, end + index]))
}

function generationConfig(kind: WhisperKind, special: ReadonlyMap<string, number>): object {
  const { end, start, noTimestamps } = whisperIds(kind)
  const task = (name: string): number => special.get(`<|${name}|>`) ?? 0
  const specials = [start, ...['translate', 'transcribe', 'startoflm', 'startofprev', 'nospeech'].map(task)]
  const multilingual = {
    is_multilingual: true,
    lang_to_id: Object.fromEntries([...special].filter(([, id]) => id > start && id < task('translate'))),
    task_to_id: { translate: task('translate'), transcribe: task('transcribe') },
  }
  return {
    decoder_start_token_id: start,
    eos_token_id: end,
    pad_token_id: end,
    bos_token_id: end,
    max_length: CONTEXT,
    max_initial_timestamp_index: 50,
    no_timestamps_token_id: noTimestamps,
    suppress_tokens: [1, 2, 7, 8, 9, 10, 14, 25, 26, 27, 28, 29, 31, 58, 59, 60, 61, 62, 63, ...specials],
    begin_suppress_tokens: [220, end],
    ...(kind === 'english' ? { is_multilingual: false } : multilingual),
  }
}

const MERGES = ['Ġ S', 't e', 'n o', 'ĠS te', 'ĠSte no']

/** By id, in GPT-2's stand-ins. */
export function tokensBefore(first: number): string[] {
  const tokens = [...standIns(), ...MERGES.map((merge) => merge.replace(' ', ''))]
  for (let index = 0; tokens.length < first; index++)
    tokens.push(`${index % 3 === 0 ? '' : 'Ġ'}${word(index)}`)
  return tokens
}

/** The bytes in GPT-2's order, a few words that arise by merging, and fillers, each with an id of its own. */
function tokenizerJson(special: ReadonlyMap<string, number>): object {
  const tokens = tokensBefore(Math.min(...special.values()))
  return {
    version: '1.0',
    added_tokens: [...special].map(([content, id]) => ({ id, content, special: true, normalized: false })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: MERGES,
    },
  }
}

/** Distinct: `qa`, `qb`, … in base 25. */
function word(index: number): string {
  const tail = index < 25 ? '' : word(Math.floor(index / 25) - 1).slice(1)
  return `q${tail}${String.fromCodePoint(97 + (index % 25))}`
}

/** GPT-2's ids of single bytes: the printable ones first. */
function standIns(): string[] {
  const printable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  const bytes = Array.from({ length: 256 }, (_, byte) => byte)
  const others = bytes.filter((byte) => !printable(byte)).length
  return [
    ...bytes.filter(printable).map((byte) => String.fromCodePoint(byte)),
    ...Array.from({ length: others }, (_, index) => String.fromCodePoint(256 + index)),
  ]
}
