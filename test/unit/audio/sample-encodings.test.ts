import { describe, expect, test } from 'vitest'
import { decodeMono, type Encoding } from '../../../src/audio/sample-encodings.ts'
import { encode } from '../../fakes/wav-files.ts'

function values(bytes: readonly number[], encoding: Encoding): number[] {
  return [...decodeMono(Uint8Array.from(bytes), encoding, 1).pcm]
}

describe('decodeMono', () => {
  test('knows the ends and the middle of whole-number scales', () => {
    expect(values([0, 128, 255], 'u8')).toEqual([-1, 0, 127 / 128])
    expect(values([0x00, 0x80, 0x00, 0x00, 0xff, 0x7f], 's16')).toEqual([-1, 0, 32_767 / 32_768])
    expect(values([0x00, 0x00, 0x80, 0xff, 0xff, 0xff, 0x01, 0x00, 0x40], 's24')).toEqual([
      -1,
      -(2 ** -23),
      Math.fround(0x400001 / 2 ** 23),
    ])
    expect(values([0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0x40], 's32')).toEqual([-1, 0.5])
  })

  // Values of the tables in ITU-T G.711, scaled to 16 bits.
  test.each([
    [0x00, -32_124],
    [0x80, 32_124],
    [0xff, 0],
    [0x7f, 0],
    [0xf0, 120],
    [0xe7, 260],
  ])('expands the mu-law byte %i', (byte, expected) => {
    expect((values([byte], 'mulaw')[0] ?? Number.NaN) * 32_768).toBeCloseTo(expected, 6)
  })

  test.each([
    [0xd5, 8],
    [0x55, -8],
    [0xaa, 32_256],
    [0x2a, -32_256],
    [0xc5, 264],
    [0xf5, 528],
  ])('expands the A-law byte %i', (byte, expected) => {
    expect((values([byte], 'alaw')[0] ?? Number.NaN) * 32_768).toBeCloseTo(expected, 6)
  })

  test('averages channels, however many', () => {
    expect([...decodeMono(encode([0.5, 0.25, -1, 1], 'f32'), 'f32', 2).pcm]).toEqual([0.375, 0])
    const seven = decodeMono(encode([7, 0, 0, 0, 0, 0, 0], 'f64'), 'f64', 7)
    expect([...seven.pcm]).toEqual([1])
  })

  test('leaves floats beyond full scale as they are', () => {
    expect([...decodeMono(encode([1.5, -3], 'f32'), 'f32', 1).pcm]).toEqual([1.5, -3])
  })

  test('makes silence of what is no number, and counts it', () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, -1e30, 0.5]
    const { pcm, impossible } = decodeMono(encode(odd, 'f64'), 'f64', 1)
    expect([...pcm]).toEqual([0, 0, 0, 0.5])
    expect(impossible).toBe(3)
  })

  test('leaves out an incomplete frame', () => {
    expect(decodeMono(new Uint8Array(11), 's16', 2).pcm.length).toBe(2)
  })
})
