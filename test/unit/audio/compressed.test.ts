import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openAudio } from '../../../src/audio/read.ts'
import { TempFolder } from '../../fakes/wav-files.ts'

const folder = new TempFolder()
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(() => {
  folder[Symbol.dispose]()
})

function fixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/audio/${name}`, import.meta.url))
}

interface Heard {
  readonly pcm: Float32Array
  readonly warnings: readonly string[]
  readonly durationSeconds: number | undefined
}

async function hear(bytes: Uint8Array): Promise<Heard> {
  await using file = await openAudio(folder.write('sound.bin', bytes))
  const samples: number[] = []
  for await (const piece of file.pcm()) samples.push(...piece)
  return { pcm: Float32Array.from(samples), warnings: file.warnings, durationSeconds: file.durationSeconds }
}

/** Cosine of the angle between two signals: 1 for the same sound at any level, 0 for strangers. */
function likeness(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array): number => x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

function level(pcm: Float32Array): number {
  return Math.sqrt(pcm.reduce((sum, value) => sum + value * value, 0) / pcm.length)
}

const SECONDS = 1.25
let reference: Float32Array
beforeAll(async () => {
  reference = (await hear(fixture('go.flac'))).pcm
})

describe('FLAC', () => {
  test('decodes to the very samples that were encoded', () => {
    const whole = Int16Array.from(reference, (value) => value * 32_768)
    const md5 = createHash('md5').update(new Uint8Array(whole.buffer)).digest('hex')
    // The last 16 bytes of STREAMINFO, which begins at 8: the encoder's own MD5 of its input.
    expect(md5).toBe(fixture('go.flac').subarray(26, 42).toString('hex'))
  })

  test('may carry other metadata, even with sound inside', async () => {
    const file = fixture('go.flac')
    const kind = Buffer.alloc(4)
    kind.writeUInt32BE((6 << 24) + file.length)
    const picture = Buffer.concat([kind, file])
    const heard = await hear(Buffer.concat([file.subarray(0, 42), picture, file.subarray(42)]))
    expect(heard.pcm).toEqual(reference)
    expect(heard.warnings).toEqual([])
  })
})

describe.each(['go.flac', 'go.mp3', 'go-left.ogg', 'go.opus'])('%s', (name) => {
  test('is the sound that went in, at its time', async () => {
    const heard = await hear(fixture(name))
    expect(heard.pcm.length).toBe(SECONDS * 16_000)
    expect(Math.abs((heard.durationSeconds ?? 0) - SECONDS)).toBeLessThan(0.1)
    expect(heard.warnings).toEqual([])
    expect(likeness(heard.pcm, reference)).toBeGreaterThan(0.95)
    const channels = name === 'go-left.ogg' ? 2 : 1
    const ratio = (level(heard.pcm) / level(reference)) * channels
    expect(Math.abs(20 * Math.log10(ratio))).toBeLessThan(1)
  })

  test('cut off in the middle gives what is left of it, and says so', async () => {
    const file = fixture(name)
    // Inside the last page of the Ogg files, which are short; half of the others.
    const kept = name.startsWith('go.f') || name.startsWith('go.m') ? file.length * 0.6 : file.length - 100
    const heard = await hear(file.subarray(0, kept))
    expect(heard.pcm.length).toBeGreaterThan(2_000)
    expect(heard.pcm.length).toBeLessThan((SECONDS - 0.1) * 16_000)
    expect(likeness(heard.pcm, reference.subarray(0, heard.pcm.length))).toBeGreaterThan(0.95)
    expect(heard.warnings.join()).toContain(`${(heard.pcm.length / 16_000).toFixed(1)} s could be read`)
  })

  test('is broken when its sound is noise', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    const file = fixture(name)
    const noise = Buffer.from(file).fill('no sound here ', name.endsWith('mp3') ? 0 : 60)
    if (name.endsWith('mp3')) noise.write('ID3\x04\0\0\0\0\0\0', 'latin1')
    if (name.endsWith('flac')) noise.writeUInt32BE(0x84000000, 42)
    await expect(hear(noise)).rejects.toMatchObject({
      code: 'audio-broken',
      hint: expect.any(String) as string,
    })
  })
})

describe('MP3', () => {
  test('may stand behind a tag with a picture, and before one', async () => {
    const size = Buffer.of(0, 0, 0x10, 0)
    const tag = Buffer.concat([
      Buffer.from('ID3\x03\0\0', 'latin1'),
      size,
      Buffer.alloc(2_048, Buffer.of(0xff, 0xfb, 0x90)),
    ])
    const tail = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, 'x')])
    const heard = await hear(Buffer.concat([tag, fixture('go.mp3'), tail]))
    expect(heard.pcm.length).toBe(SECONDS * 16_000)
    expect(heard.warnings).toEqual([])
  })

  test('goes on behind a damaged place', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    const file = fixture('go.mp3')
    const heard = await hear(
      Buffer.concat([file.subarray(0, 3_000), Buffer.alloc(5_000, 'noise'), file.subarray(3_000)]),
    )
    const end = reference.subarray(-8_000)
    expect(likeness(heard.pcm.subarray(-8_000), end)).toBeGreaterThan(0.95)
    expect(heard.warnings.join()).toMatch(/^parts of it are damaged; 1\.\d s could be read$/)
  })

  test('that is only a tag holds no sound', async () => {
    const tag = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x10', 'latin1'), Buffer.alloc(16)])
    await expect(hear(tag)).rejects.toMatchObject({ code: 'audio-empty' })
  })
})

describe('Ogg', () => {
  test.each(['go-left.ogg', 'go.opus'])('files put one behind the other play on: %s', async (name) => {
    const file = fixture(name)
    const heard = await hear(Buffer.concat([file, file]))
    expect(heard.pcm.length).toBe(2 * SECONDS * 16_000)
    expect(likeness(heard.pcm.subarray(SECONDS * 16_000), reference)).toBeGreaterThan(0.95)
    expect(heard.warnings).toEqual([])
  })

  test.each(['go-left.ogg', 'go.opus'])('headers without sound hold no sound: %s', async (name) => {
    const file = fixture(name)
    // Headers are the pages before the first with a granule position.
    let end = 0
    for (let at = 0; at >= 0 && file.readBigUInt64LE(at + 6) === 0n; at = file.indexOf('OggS', at + 4)) {
      end = file.indexOf('OggS', at + 4)
    }
    await expect(hear(file.subarray(0, end))).rejects.toMatchObject({ code: 'audio-empty' })
  })

  test('other codecs are named', async () => {
    const speex = fixture('go.opus')
    speex.write('Speex   ', 28, 'latin1')
    await expect(hear(speex)).rejects.toMatchObject({
      code: 'audio-unsupported',
      message: expect.stringContaining('Speex') as string,
    })
  })
})
