import { describe, expect, it } from 'vitest'
import { parseBinaryPieces } from '../../../../src/engine/tokenizer/binary-tokenizer.ts'
import { PieceTokenizer } from '../../../../src/engine/tokenizer/pieces.ts'
import type { StenoError } from '../../../../src/shared/errors.ts'
import { binaryPieces } from '../../../onnx/moonshine-streaming.ts'

describe('tokenizer.bin', () => {
  it('holds pieces of any length', () => {
    const pieces = [0, 1, 127, 128, 129, 255, 256, 300, 4000].map((length) => 'x'.repeat(length))
    expect(parseBinaryPieces(binaryPieces(pieces), 'f')).toEqual(pieces)
  })

  it('spells a character outside the vocabulary in bytes', () => {
    const bytes = Array.from(Buffer.from('é'), (byte) => Uint8Array.of(byte))
    const tokenizer = PieceTokenizer.of(parseBinaryPieces(binaryPieces(['▁caf', ...bytes, '</s>']), 'f'))
    expect(tokenizer.decode([0, 1, 2, 3])).toBe('café')
  })

  it.each([
    ['is empty', new Uint8Array(0)],
    ['ends within a piece', binaryPieces(['▁abc']).slice(0, -1)],
    ['ends within a length', Uint8Array.of(1, 97, 200)],
    ['holds what is no text', binaryPieces([Uint8Array.of(0xc3, 0x28)])],
  ])('is refused when it %s', (_what, bytes) => {
    expect(() => parseBinaryPieces(bytes, 'some.bin')).toThrow(
      expect.objectContaining({ code: 'model-corrupt', file: 'some.bin' }) as StenoError,
    )
  })
})
