import { truncateSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { openAudio } from '../../../src/audio/read.ts'
import {
  amplitudeOf,
  chunk,
  encode,
  sine,
  TempFolder,
  wavFile,
  WRITERS,
  type WavParts,
} from '../../fakes/wav-files.ts'

const folder = new TempFolder()
afterAll(() => {
  folder[Symbol.dispose]()
})

interface Heard {
  readonly pcm: Float32Array
  readonly warnings: readonly string[]
  readonly durationSeconds: number | undefined
}

async function hear(bytes: Uint8Array): Promise<Heard> {
  await using file = await openAudio(folder.write('sound.wav', bytes))
  const samples: number[] = []
  for await (const piece of file.pcm()) samples.push(...piece)
  return { pcm: Float32Array.from(samples), warnings: file.warnings, durationSeconds: file.durationSeconds }
}

/** 16-bit mono with the numbers 1, 2, 3 … so that any shift shows. */
function counting(count: number): Uint8Array {
  return encode(
    Array.from({ length: count }, (_, index) => (index + 1) / 32_767),
    's16',
  )
}

function counted(pcm: Float32Array): number[] {
  return Array.from(pcm, (value) => Math.round(value * 32_768))
}

const UPTO = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

describe('a WAV file', () => {
  const tags = { u8: 1, s16: 1, s24: 1, s32: 1, f32: 3, f64: 3 }
  const depths = ['u8', 's16', 's24', 's32', 'f32', 'f64'] as const
  const shapes = [
    { channels: 1, rate: 8_000 },
    { channels: 2, rate: 44_100 },
    { channels: 6, rate: 48_000 },
  ]
  test.each(depths.flatMap((depth) => shapes.map((shape) => ({ depth, ...shape }))))(
    'keeps a sine: $depth, $channels channels, $rate Hz',
    async ({ depth, channels, rate }) => {
      const tone = sine(1_000, rate, rate / 2, 0.5)
      const frames = Array.from(tone).flatMap((value) => Array.from({ length: channels }, () => value))
      for (const extensible of [false, true]) {
        const { bytes } = WRITERS[depth]
        const heard = await hear(
          wavFile({
            tag: tags[depth],
            channels,
            rate,
            bits: bytes * 8,
            extensible,
            data: encode(frames, depth),
          }),
        )
        expect(heard.pcm.length).toBe(8_000)
        expect(heard.durationSeconds).toBe(0.5)
        expect(heard.warnings).toEqual([])
        const middle = heard.pcm.subarray(800, 7_200)
        expect(Math.abs(20 * Math.log10(amplitudeOf(middle) / 0.5))).toBeLessThan(0.1)
        const ideal = sine(1_000, 16_000, 8_000, 0.5).subarray(800, 7_200)
        const error = middle.map((value, index) => value - (ideal[index] ?? 0))
        expect(amplitudeOf(error)).toBeLessThan(depth === 'u8' ? 0.01 : 0.001)
      }
    },
  )

  test.each([
    { tag: 6, name: 'A-law', loud: 0xaa },
    { tag: 7, name: 'mu-law', loud: 0x80 },
  ])('may be $name', async ({ tag, loud }) => {
    const heard = await hear(wavFile({ tag, bits: 8, data: new Uint8Array(100).fill(loud) }))
    expect(heard.pcm.length).toBe(100)
    expect(heard.pcm[50]).toBeCloseTo(0.98, 1)
  })

  test('averages its channels', async () => {
    const frames = Array.from({ length: 200 }, () => [0.5, -0.25]).flat()
    const heard = await hear(wavFile({ tag: 3, bits: 32, channels: 2, data: encode(frames, 'f32') }))
    expect(new Set(heard.pcm)).toEqual(new Set([0.125]))
  })

  test('is not misread where read blocks end inside a frame', async () => {
    // 3 channels of 24 bits: nine bytes a frame, which divides no power of two.
    const count = 40_000
    const frames = Array.from({ length: count }, (_, index) => (index % 1_000) / 1_000).flatMap((v) => [
      v,
      v,
      v,
    ])
    const heard = await hear(wavFile({ channels: 3, bits: 24, data: encode(frames, 's24') }))
    expect(heard.pcm.length).toBe(count)
    expect(heard.pcm.every((value, index) => Math.abs(value - (index % 1_000) / 1_000) < 1e-5)).toBe(true)
  })

  test('may have chunks before and behind, odd ones too', async () => {
    const odd = chunk('LIST', Buffer.from('odd'))
    const heard = await hear(
      wavFile({ data: counting(50), before: [odd, chunk('bext', new Uint8Array(602))], after: [odd] }),
    )
    expect(counted(heard.pcm)).toEqual(UPTO(50))
    expect(heard.warnings).toEqual([])
  })

  test('may have odd data with a pad byte and a chunk behind', async () => {
    const heard = await hear(
      wavFile({ bits: 8, data: new Uint8Array(51).fill(192), after: [chunk('id3 ', Buffer.of(1, 2))] }),
    )
    expect([...heard.pcm]).toEqual(Array.from({ length: 51 }, () => 0.5))
    expect(heard.warnings).toEqual([])
  })

  test('may stand behind an ID3 tag', async () => {
    const tag = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\x01\x02', 'latin1'), Buffer.alloc(130)])
    const heard = await hear(Buffer.concat([tag, wavFile({ data: counting(20) })]))
    expect(counted(heard.pcm)).toEqual(UPTO(20))
  })

  test('may be RF64, with its size in ds64', async () => {
    const sizes = Buffer.alloc(28)
    sizes.writeBigUInt64LE(100n, 8)
    const file = wavFile({
      container: 'RF64',
      before: [chunk('ds64', sizes)],
      data: counting(50),
      claimedBytes: 0xffffffff,
      after: [chunk('LIST', new Uint8Array(4))],
    })
    const heard = await hear(file)
    expect(counted(heard.pcm)).toEqual(UPTO(50))
    expect(heard.warnings).toEqual([])
  })
})

describe('a WAV header that lies', () => {
  test.each([0, 0xffffffff])('about its length (%i) costs nothing', async (claimedBytes) => {
    const heard = await hear(wavFile({ data: counting(1_600), claimedBytes }))
    expect(counted(heard.pcm)).toEqual(UPTO(1_600))
    expect(heard.warnings).toEqual([
      'its header does not say how long it is; the 0.1 s that the file holds were read',
    ])
  })

  test('by promising more gives what there is', async () => {
    const heard = await hear(wavFile({ data: counting(16_000), claimedBytes: 12 * 32_000 }))
    expect(heard.pcm.length).toBe(16_000)
    expect(heard.durationSeconds).toBe(1)
    expect(heard.warnings).toEqual(['its header promises 12.0 s but the file holds 1.0 s'])
  })

  test('by promising less is believed, with a warning', async () => {
    const data = encode(
      Array.from({ length: 3_200 }, () => 0.9),
      's16',
    )
    const heard = await hear(wavFile({ data, claimedBytes: 3_200 }))
    expect(heard.pcm.length).toBe(1_600)
    expect(heard.warnings).toEqual([
      'its header ends the sound after 0.1 s; 3200 bytes behind that were not read',
    ])
  })

  test('is overtaken by a file that shrinks while it is read', async () => {
    const path = folder.write('shrinks.wav', wavFile({ data: counting(16_000) }))
    await using file = await openAudio(path)
    truncateSync(path, 44 + 8_000)
    const samples: number[] = []
    for await (const piece of file.pcm()) samples.push(...piece)
    expect(counted(Float32Array.from(samples))).toEqual(UPTO(4_000))
    expect(file.warnings).toEqual(['it was cut off at 0.3 s while it was read'])
  })

  test('is not suspected where the data end inside a frame', async () => {
    const heard = await hear(wavFile({ data: counting(10).subarray(0, 19) }))
    expect(counted(heard.pcm)).toEqual(UPTO(9))
    expect(heard.warnings).toEqual([])
  })

  test('does not turn samples that are no numbers into noise', async () => {
    const data = encode([0.5, Number.NaN, Number.NEGATIVE_INFINITY, 0.5], 'f32')
    const heard = await hear(wavFile({ tag: 3, bits: 32, data }))
    expect([...heard.pcm]).toEqual([0.5, 0, 0, 0.5])
    expect(heard.warnings).toEqual(['samples that are no numbers became silence: 2'])
  })
})

describe('a WAV file that cannot be read', () => {
  const nonsense: [string, WavParts][] = [
    ['no channels', { channels: 0, frameBytes: 2 }],
    ['0 Hz', { rate: 0 }],
    ['4 GHz', { rate: 4_000_000_000 }],
    ['999 Hz', { rate: 999 }],
    ['a frame of 0 bytes', { frameBytes: 0 }],
    ['a frame of 7 bytes', { frameBytes: 7 }],
    ['samples of 0 bits', { bits: 0, frameBytes: 2 }],
  ]
  test.each(nonsense)('is broken: %s', async (_, parts) => {
    const bytes = wavFile({ data: counting(10), ...parts })
    await expect(hear(bytes)).rejects.toMatchObject({
      code: 'audio-broken',
      hint: expect.any(String) as string,
    })
  })

  test.each([1, 4, 8, 12, 19, 20, 30, 36, 40, 43])('is broken: cut off after %i bytes', async (length) => {
    const bytes = wavFile({ data: counting(10) }).subarray(0, length)
    // One letter is not yet a RIFF header.
    const code = length < 4 ? 'audio-unsupported' : 'audio-broken'
    await expect(hear(bytes)).rejects.toMatchObject({ code })
  })

  test('is empty: all header', async () => {
    await expect(hear(wavFile())).rejects.toMatchObject({ code: 'audio-empty' })
    await expect(hear(wavFile({ claimedBytes: 0xffffffff }))).rejects.toMatchObject({ code: 'audio-empty' })
    const listed = wavFile({ after: [chunk('LIST', new Uint8Array(4))] })
    await expect(hear(listed)).rejects.toMatchObject({ code: 'audio-empty' })
  })

  test.each([
    [0x02, 'MS ADPCM'],
    [0x11, 'IMA ADPCM'],
    [0x55, 'MP3'],
    [0x4711, '0x4711'],
  ])('is unsupported, by name: tag %i', async (tag, name) => {
    for (const extensible of [false, true]) {
      await expect(hear(wavFile({ tag, bits: 4, frameBytes: 1, extensible }))).rejects.toMatchObject({
        code: 'audio-unsupported',
        message: expect.stringContaining(name) as string,
        hint: expect.stringContaining('ffmpeg -i') as string,
      })
    }
  })

  test('is unsupported: 64-bit whole numbers', async () => {
    await expect(hear(wavFile({ bits: 64 }))).rejects.toMatchObject({
      code: 'audio-unsupported',
      message: expect.stringContaining('64-bit') as string,
    })
  })
})
