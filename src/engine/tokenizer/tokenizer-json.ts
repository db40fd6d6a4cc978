/** tokenizer.json of the Hugging Face layout: a byte-pair vocabulary, its merges, and the added tokens. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { StenoError, textOf } from '../../shared/errors.ts'
import { assertFile } from '../runtime.ts'
import { ByteLevelTokenizer } from './byte-level.ts'
import { PieceTokenizer } from './pieces.ts'

/** Far above any real vocabulary; keeps a damaged number from filling the memory. */
const MOST_TOKENS = 10_000_000
const ID = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_TOKENS))

const SCHEMA = v.object({
  added_tokens: v.optional(v.array(v.object({ id: ID, content: v.string() })), []),
  model: v.object({
    // Not v.record, which leaves out keys like “constructor”: they are words.
    vocab: v.custom<Readonly<Record<string, number>>>(isVocabulary, 'its vocabulary is malformed'),
    /** Older files join the halves of a pair with a space, newer ones keep them apart. */
    merges: v.optional(v.array(v.union([v.string(), v.tuple([v.string(), v.string()])])), []),
  }),
})

type TokenizerJson = v.InferOutput<typeof SCHEMA>

/** Whisper's kind. Rejects with `model-missing` or `model-corrupt`, naming the file. */
export async function readByteLevel(folder: string): Promise<ByteLevelTokenizer> {
  const { added_tokens, model } = await readTokenizerJson(folder)
  return new ByteLevelTokenizer({
    vocabulary: new Map(Object.entries(model.vocab)),
    merges: model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' '))),
    special: new Map(added_tokens.map(({ content, id }) => [content, id])),
  })
}

/** SentencePiece's kind, with `▁` before words and bytes as `<0x0A>`. Rejects with `model-missing` or `model-corrupt`. */
export async function readPieces(folder: string): Promise<PieceTokenizer> {
  const { added_tokens, model } = await readTokenizerJson(folder)
  const pieces: string[] = []
  for (const [piece, id] of Object.entries(model.vocab)) pieces[id] = piece
  for (const { content, id } of added_tokens) pieces[id] = content
  return PieceTokenizer.of(Array.from(pieces, (piece: string | undefined) => piece ?? ''))
}

async function readTokenizerJson(folder: string): Promise<TokenizerJson> {
  const file = join(folder, 'tokenizer.json')
  await assertFile(file)
  try {
    return v.parse(SCHEMA, JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    throw new StenoError(
      'model-corrupt',
      `The model’s token list cannot be read: ${file}: ${textOf(error)}`,
      {
        file,
        hint: 'Fetch the model again.',
      },
    )
  }
}

function isVocabulary(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(
      (id: unknown) => Number.isInteger(id) && Number(id) >= 0 && Number(id) < MOST_TOKENS,
    )
  )
}
