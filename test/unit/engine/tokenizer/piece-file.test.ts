import { describe, expect, it } from 'vitest'
import { parsePieces } from '../../../../src/engine/tokenizer/piece-file.ts'

describe('parsePieces', () => {
  it('takes the line number as the id of a lone piece', () => {
    expect(parsePieces('<blank>\na\n▁the\n', 'tokens.txt')).toEqual(['<blank>', 'a', '▁the'])
  })

  it('takes the id beside the piece, in any order', () => {
    expect(parsePieces('▁the 1\nb\t2\na 0\n<blk> 3\n', 'vocab.txt')).toEqual(['a', '▁the', 'b', '<blk>'])
  })

  it('takes digits as pieces, in both layouts', () => {
    expect(parsePieces('<blank>\n1\n0\n', 'tokens.txt')).toEqual(['<blank>', '1', '0'])
    expect(parsePieces('<blk> 0\n1 2\n0 1\n', 'tokens.txt')).toEqual(['<blk>', '0', '1'])
  })

  it('takes a space before a piece for its mark', () => {
    expect(parsePieces('<unk> 0\n the 1\n  2\n', 'tokens.txt')).toEqual(['<unk>', '▁the', '▁'])
  })

  it('takes a piece twice where that may be', () => {
    expect(parsePieces('a 0\na 1\n', 'vocab.txt', { repeats: true })).toEqual(['a', 'a'])
  })

  it('reads files as Windows saves them', () => {
    expect(parsePieces('\uFEFF<blank>\r\na\r\n\r\n', 'tokens.txt')).toEqual(['<blank>', 'a'])
  })

  it.each([
    ['nothing', '', 'it is empty'],
    ['only ends of lines', '\n\n', 'it is empty'],
    ['a piece twice', '<blank>\na\na\n', '“a” twice'],
    ['a piece twice under different ids', 'a 0\na 1\n', '“a” twice'],
    ['an empty line in the middle', '<blank>\n\na\n', 'line 2 '],
    ['two pieces on a line', '<blank>\na b\n', 'line 2 '],
    ['a missing id', '<blk> 0\na\n', 'line 2 '],
    ['an id that is no number', '<blk> 0\na b\n', 'line 2 '],
    ['an id twice', '<blk> 0\na 0\n', 'line 2 '],
    ['a gap between the ids', '<blk> 0\na 2\n', 'id 1 '],
  ])('refuses %s', (_, text, reason) => {
    expect(() => parsePieces(text, '/models/x/tokens.txt')).toThrow(
      expect.objectContaining({
        name: 'StenoError',
        code: 'model-corrupt',
        file: '/models/x/tokens.txt',
        message: expect.stringContaining(reason) as string,
      }),
    )
  })
})
