/** Token ids → text, for vocabularies of sub-word pieces in which a mark begins every word (SentencePiece, byte-pair). */
import { corruptPieces, parsePieces } from './piece-file.ts'

/** SentencePiece's mark: U+2581, lower one eighth block. */
const WORD_START = '▁'
const NO_BLANK = -1
/** What the blank is called by Steno and ESPnet, NeMo and sherpa-onnx, k2, wav2vec 2.0. */
const BLANK_NAMES = ['<blank>', '<blk>', '<eps>', '<pad>']
/** SentencePiece's byte fallback: a character outside the vocabulary is spelt as its UTF-8 bytes. */
const BYTE_PIECE = /^<0x([0-9A-Fa-f]{2})>$/
/** `<unk>`, `<sos/eos>`, `<|nospeech|>`: they stand for no text. */
const CONTROL_PIECE = /^<.+>$/

/** What a piece stands for: text, with a space for the mark, or one byte of a character. */
type Piece = string | number

/** Lenient on purpose: half a character, where the model broke off, becomes U+FFFD. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export interface PieceOptions {
  /** The file of the list, for messages. */
  readonly file: string
  /** Id of the blank, where the model's settings say it; else it is found by its usual names. */
  readonly blank?: number | undefined
  readonly wordStart?: string | undefined
}

/** The tokens `from` to `to` (exclusive) of a sequence spell one word. */
export interface PieceWord {
  readonly text: string
  readonly from: number
  readonly to: number
}

export class PieceTokenizer {
  readonly blank: number
  readonly #pieces: readonly Piece[]

  private constructor(pieces: readonly Piece[], blank: number) {
    this.#pieces = pieces
    this.blank = blank
  }

  /**
   * @param text content of a tokens.txt or vocab.txt.
   * @throws StenoError `model-corrupt`, naming `options.file`, when the list is damaged or has no blank.
   */
  static parse(text: string, options: PieceOptions): PieceTokenizer {
    const pieces = parsePieces(text, options.file)
    const blank = options.blank ?? pieces.findIndex((piece) => BLANK_NAMES.includes(piece))
    if (pieces[blank] === undefined) throw corruptPieces(options.file, 'it has no blank')
    const mark = options.wordStart ?? WORD_START
    return new PieceTokenizer(
      pieces.map((piece, id) => (id === blank ? '' : meaningOf(piece, mark))),
      blank,
    )
  }

  /** Pieces by id, of a vocabulary without a blank; gaps are empty. */
  static of(pieces: readonly string[]): PieceTokenizer {
    return new PieceTokenizer(
      pieces.map((piece) => meaningOf(piece, WORD_START)),
      NO_BLANK,
    )
  }

  /** Number of pieces, blank and control pieces included. */
  get size(): number {
    return this.#pieces.length
  }

  startsWord(id: number): boolean {
    const piece = this.#pieces[id]
    return typeof piece === 'string' && piece.startsWith(' ')
  }

  /** The text of one token, a space for the mark; empty for the blank, control pieces and single bytes. */
  textOf(id: number): string {
    const piece = this.#pieces[id]
    return typeof piece === 'string' ? piece : ''
  }

  /** The text of a sequence, one space between words. */
  decode(ids: readonly number[]): string {
    return this.words(ids)
      .map((word) => word.text)
      .join(' ')
  }

  /** Groups a sequence into words: each reaches from a token with the mark to the next one. Words without text drop out. */
  words(ids: readonly number[]): PieceWord[] {
    const starts = ids.flatMap((id, index) => (index === 0 || this.startsWord(id) ? [index] : []))
    return starts
      .map((from, index) => {
        const to = starts[index + 1] ?? ids.length
        return { text: this.#join(ids.slice(from, to)).trim(), from, to }
      })
      .filter((word) => word.text !== '')
  }

  #join(ids: readonly number[]): string {
    let text = ''
    let bytes: number[] = []
    for (const id of ids) {
      const piece = this.#pieces[id] ?? ''
      if (typeof piece === 'number') {
        bytes.push(piece)
      } else {
        text += charactersOf(bytes) + piece
        bytes = []
      }
    }
    return text + charactersOf(bytes)
  }
}

function charactersOf(bytes: readonly number[]): string {
  return bytes.length === 0 ? '' : decoder.decode(Uint8Array.from(bytes))
}

function meaningOf(piece: string, mark: string): Piece {
  const byte = BYTE_PIECE.exec(piece)?.[1]
  if (byte !== undefined) return Number.parseInt(byte, 16)
  return CONTROL_PIECE.test(piece) ? '' : piece.replaceAll(mark, ' ')
}
