/** Moonshine v1 folders as transformers.js lays them out, with tiny weights and a vocabulary of the published size. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SUFFIXES } from './precision.ts'
import { optimumDecoder, moonshineEncoder, type DecoderShape } from './seq2seq.ts'

export const MOONSHINE_VOCABULARY = 32_768
export const MOONSHINE_START = 1
export const MOONSHINE_END = 2
const HEADS = 8
const HEAD_SIZE = 4
const CONTEXT = 512

export async function writeToyMoonshine(folder: string, shape: Partial<DecoderShape> = {}): Promise<void> {
  const suffix = SUFFIXES[shape.precision ?? 'fp32']
  const width = HEADS * HEAD_SIZE
  const decoder = optimumDecoder({
    layers: 2,
    heads: HEADS,
    headSize: HEAD_SIZE,
    vocabulary: MOONSHINE_VOCABULARY,
    context: CONTEXT,
    end: MOONSHINE_END,
    endsAt: 12,
    ...shape,
  })
  await writeMoonshineSettings(folder, { width, heads: HEADS, layers: 2 })
  await writeFile(join(folder, 'onnx', `encoder_model${suffix}.onnx`), moonshineEncoder(width, shape))
  await writeFile(join(folder, 'onnx', `decoder_model_merged${suffix}.onnx`), decoder)
}

export interface MoonshineSettings {
  readonly width: number
  readonly heads: number
  readonly layers: number
}

/** All but the graphs, whose folder is made: `onnx`. */
export async function writeMoonshineSettings(
  folder: string,
  { width, heads, layers }: MoonshineSettings,
): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true })
  const ids = { bos_token_id: MOONSHINE_START, eos_token_id: MOONSHINE_END, pad_token_id: MOONSHINE_END }
  const json = {
    'config.json': {
      model_type: 'moonshine',
      architectures: ['MoonshineForConditionalGeneration'],
      is_encoder_decoder: true,
      hidden_size: width,
      vocab_size: MOONSHINE_VOCABULARY,
      encoder_num_hidden_layers: layers,
      encoder_num_attention_heads: heads,
      encoder_num_key_value_heads: heads,
      decoder_num_hidden_layers: layers,
      decoder_num_attention_heads: heads,
      decoder_num_key_value_heads: heads,
      max_position_embeddings: CONTEXT,
      decoder_start_token_id: MOONSHINE_START,
      ...ids,
    },
    'generation_config.json': { decoder_start_token_id: MOONSHINE_START, max_length: 194, ...ids },
    'preprocessor_config.json': {
      feature_extractor_type: 'Wav2Vec2FeatureExtractor',
      processor_class: 'MoonshineProcessor',
      feature_size: 1,
      sampling_rate: 16_000,
    },
    'processor_config.json': { processor_class: 'MoonshineProcessor' },
    'tokenizer_config.json': { tokenizer_class: 'PreTrainedTokenizerFast' },
    'tokenizer.json': tokenizerJson(),
  }
  for (const [name, content] of Object.entries(json))
    await writeFile(join(folder, name), JSON.stringify(content))
}

function tokenizerJson(): object {
  const pieces = ['<unk>', '<s>', '</s>']
  for (let byte = 0; byte < 256; byte++)
    pieces.push(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)
  for (let index = 0; pieces.length < MOONSHINE_VOCABULARY; index++) {
    pieces.push(`${index % 3 === 2 ? '' : '▁'}w${index.toString(36)}`)
  }
  return {
    version: '1.0',
    added_tokens: ['<unk>', '<s>', '</s>'].map((content, id) => ({ id, content, special: true })),
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: {
      type: 'BPE',
      byte_fallback: true,
      unk_token: '<unk>',
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
      merges: [],
    },
  }
}
