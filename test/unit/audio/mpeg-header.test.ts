import { describe, expect, test } from 'vitest'
import { isMpegStream, mpegFrameAt, mpegLength } from '../../../src/audio/mpeg-header.ts'

/** Two frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes each without padding. */
function twoFrames(): Uint8Array {
  const bytes = new Uint8Array(417 * 2 + 10)
  bytes.set([0xff, 0xfb, 0x90, 0x00], 0)
  bytes.set([0xff, 0xfb, 0x90, 0x00], 417)
  return bytes
}

describe('MPEG frame headers', () => {
  test.each([
    [
      'MPEG-1 layer III, 128 kbit/s',
      [0xff, 0xfb, 0x90],
      { bytes: 417, samples: 1152, rate: 44_100, bitRate: 128_000 },
    ],
    ['padded', [0xff, 0xfb, 0x92], { bytes: 418, samples: 1152, rate: 44_100, bitRate: 128_000 }],
    [
      'MPEG-2 layer III, 64 kbit/s',
      [0xff, 0xf3, 0x84],
      { bytes: 192, samples: 576, rate: 24_000, bitRate: 64_000 },
    ],
    [
      'MPEG-2.5 layer III, 8 kbit/s',
      [0xff, 0xe3, 0x18],
      { bytes: 72, samples: 576, rate: 8_000, bitRate: 8_000 },
    ],
    [
      'MPEG-1 layer II, 192 kbit/s',
      [0xff, 0xfd, 0xa4],
      { bytes: 576, samples: 1152, rate: 48_000, bitRate: 192_000 },
    ],
    [
      'MPEG-1 layer I, 384 kbit/s',
      [0xff, 0xff, 0xc4],
      { bytes: 384, samples: 384, rate: 48_000, bitRate: 384_000 },
    ],
  ])('%s', (_, header, expected) => {
    expect(mpegFrameAt(Uint8Array.from(header), 0)).toEqual(expected)
  })

  test.each([
    ['no sync', [0xfe, 0xfb, 0x90]],
    ['reserved version', [0xff, 0xeb, 0x90]],
    ['layer 0, which is AAC', [0xff, 0xf1, 0x50]],
    ['forbidden bit rate', [0xff, 0xfb, 0xf0]],
    ['reserved sample rate', [0xff, 0xfb, 0x9c]],
    ['nothing', []],
  ])('is none: %s', (_, header) => {
    expect(mpegFrameAt(Uint8Array.from(header), 0)).toBeUndefined()
  })

  test('a stream is a frame with another behind it', () => {
    expect(isMpegStream(twoFrames(), 0)).toBe(true)
    expect(isMpegStream(twoFrames().fill(0, 417), 0)).toBe(false)
  })

  test('text in UTF-16, whose mark looks like a frame, is no stream', () => {
    const text = Buffer.concat([
      Buffer.of(0xff, 0xfe),
      Buffer.from('Two lines of text. '.repeat(200), 'utf16le'),
    ])
    expect(mpegFrameAt(text, 0)).toBeDefined()
    expect(isMpegStream(text, 0)).toBe(false)
  })

  test('the length is counted where the encoder counted, guessed elsewhere', () => {
    const frames = twoFrames()
    expect(mpegLength(frames, 160_000)).toEqual({ seconds: 10, counted: false })
    frames.set(Buffer.from('Xing\0\0\0\x01\0\0\x03\xe8', 'latin1'), 36)
    expect(mpegLength(frames, 160_000)).toEqual({ seconds: (1_000 * 1152) / 44_100, counted: true })
    expect(mpegLength(new Uint8Array(100), 100)).toBeUndefined()
  })
})
