import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { PieceTokenizer } from '../../../../src/engine/tokenizer/pieces.ts'

const PIECES = ['<unk>', '▁the', '▁', 'c', 'at', '▁s', ',', '<0xC3>', '<0xA9>', '<0x21>', '<', '<blk>']
const tokenizer = PieceTokenizer.parse(PIECES.join('\n'), { file: 'tokens.txt' })
const idsOf = (...pieces: readonly string[]): number[] => pieces.map((piece) => PIECES.indexOf(piece))

describe('PieceTokenizer', () => {
  it('puts a space where a word begins', () => {
    expect(tokenizer.decode(idsOf('▁the', '▁', 'c', 'at', ',', '▁s', 'at'))).toBe('the cat, sat')
  })

  it('does not need the mark on the first word', () => {
    expect(tokenizer.decode(idsOf('c', 'at', '▁the'))).toBe('cat the')
  })

  it('leaves out the blank and control pieces, but not a lone bracket', () => {
    expect(tokenizer.decode(idsOf('▁the', '<blk>', '<unk>', '▁s', '<', 'at'))).toBe('the s<at')
  })

  it('joins the bytes of a character, and marks half a one', () => {
    expect(tokenizer.decode(idsOf('c', '<0xC3>', '<0xA9>', '<0x21>'))).toBe('cé!')
    expect(tokenizer.decode(idsOf('c', '<0xC3>', 'at'))).toBe('c\uFFFDat')
  })

  it('groups tokens into words', () => {
    expect(tokenizer.words(idsOf('▁the', '▁', 'c', 'at', '▁', '▁s'))).toEqual([
      { text: 'the', from: 0, to: 1 },
      { text: 'cat', from: 1, to: 4 },
      { text: 's', from: 5, to: 6 },
    ])
    expect(tokenizer.words([])).toEqual([])
  })

  it('covers every token once when each word has text', () => {
    const ids = idsOf('c', 'at', '▁the', '<unk>', '▁s', '<0xC3>', '<0xA9>', '▁', 'c')
    const words = tokenizer.words(ids)
    expect(words.flatMap(({ from, to }) => ids.slice(from, to))).toEqual(ids)
    expect(words.map((word) => word.text).join(' ')).toBe(tokenizer.decode(ids))
  })

  it('knows which pieces begin a word', () => {
    expect(PIECES.filter((_, id) => tokenizer.startsWord(id))).toEqual(['▁the', '▁', '▁s'])
    expect(tokenizer.startsWord(99)).toBe(false)
  })

  it('takes another mark', () => {
    const letters = PieceTokenizer.parse('<pad>\n|\na\nb', { file: 'vocab.txt', wordStart: '|' })
    expect(letters.decode([2, 1, 3, 2, 1, 3])).toBe('a ba b')
  })
})

describe('the blank', () => {
  it('is found by its name wherever it stands', () => {
    expect(tokenizer.blank).toBe(PIECES.length - 1)
    expect(PieceTokenizer.parse('<blank>\na', { file: 'tokens.txt' }).blank).toBe(0)
  })

  it('is what the settings say, and then has no text', () => {
    const other = PieceTokenizer.parse('a\n_\nb', { file: 'tokens.txt', blank: 1 })
    expect(other.blank).toBe(1)
    expect(other.decode([0, 1, 2])).toBe('ab')
  })

  it.each([
    ['is not there', 'a\nb', undefined],
    ['would lie outside the list', '<blank>\nb', 2],
  ])('makes the list corrupt when it %s', (_, text, blank) => {
    expect(() => PieceTokenizer.parse(text, { file: '/m/tokens.txt', blank })).toThrow(
      expect.objectContaining({ code: 'model-corrupt', file: '/m/tokens.txt' }),
    )
  })
})

describe('the tokens of the starter model', () => {
  it('are 500 pieces and a blank', async () => {
    const file = 'resources/models/starter-en/tokens.txt'
    const starter = PieceTokenizer.parse(await readFile(file, 'utf8'), { file, blank: 0 })
    expect([starter.size, starter.blank]).toEqual([501, 0])
    const ids = Array.from({ length: starter.size }, (_, id) => id)
    const find = (text: string): number => ids.find((id) => starter.textOf(id) === text) ?? -1
    expect(starter.decode([' the', ' ', 'l', 'ord', "'s", ' wor', 'd'].map(find))).toBe("the lord's word")
  })
})
