/** Canary's vocabulary, and the tokens its decoder reads before it writes. */
import { readFile } from 'node:fs/promises'
import type { Wishes } from '../../shared/worker-frames.ts'
import { corruptPieces, parsePieces } from '../tokenizer/piece-file.ts'
import { PieceTokenizer } from '../tokenizer/pieces.ts'

export interface CanaryVocabulary {
  readonly tokenizer: PieceTokenizer
  /** @throws StenoError `model-corrupt` when there is no such piece. */
  id(piece: string): number
  has(piece: string): boolean
}

export const END = '<|endoftext|>'
/** What begins a context, which is empty here: the tokenizer writes the mark of a word before it. */
const CONTEXT_START = ['▁', '<|startofcontext|>']

/**
 * What the decoder reads first (NeMo, prompts/canary2.py): context, transcript, the emotion left open; the language
 * that is spoken and the one to write; with punctuation, figures as spoken, without times or speakers.
 */
export function canaryPrompt(vocabulary: CanaryVocabulary, { language = 'en', translate }: Wishes): number[] {
  const slots = [
    '<|startoftranscript|>',
    '<|emo:undefined|>',
    `<|${language}|>`,
    `<|${translate === true ? 'en' : language}|>`,
    '<|pnc|>',
    '<|noitn|>',
    '<|notimestamp|>',
    '<|nodiarize|>',
  ]
  const context = CONTEXT_START.filter((piece, index) => index > 0 || vocabulary.has(piece))
  return [...context, ...slots].map((piece) => vocabulary.id(piece))
}

/** Rejects with `model-corrupt` or `model-missing`, naming the file. */
export async function readCanaryVocabulary(file: string): Promise<CanaryVocabulary> {
  const pieces = parsePieces(await readFile(file, 'utf8'), file, { repeats: true })
  const ids = new Map<string, number>()
  for (const [id, piece] of pieces.entries()) if (!ids.has(piece)) ids.set(piece, id)
  return {
    tokenizer: PieceTokenizer.of(pieces),
    has: (piece) => ids.has(piece),
    id: (piece) => {
      const id = ids.get(piece)
      if (id === undefined) throw corruptPieces(file, `it has no ${piece}`)
      return id
    },
  }
}
