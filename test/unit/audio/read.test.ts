import { mkdirSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fileError } from '../../../src/audio/faults.ts'
import { openAudio } from '../../../src/audio/read.ts'
import { encodeWav } from '../../../src/audio/write-wav.ts'
import { sine, TempFolder } from '../../fakes/wav-files.ts'

const folder = new TempFolder()
afterAll(() => {
  folder[Symbol.dispose]()
})

const threeSeconds = folder.write('three.wav', encodeWav(sine(440, 48_000, 3 * 48_000), { rate: 48_000 }))

/** How often this process has the file open (Linux tells). */
function handlesOf(path: string): number {
  const own = '/proc/self/fd'
  return readdirSync(own).filter((fd) => {
    try {
      return readlinkSync(join(own, fd)) === path
    } catch {
      return false
    }
  }).length
}

describe('openAudio', () => {
  test('gives pieces of at most one second that make up the whole', async () => {
    await using file = await openAudio(threeSeconds)
    expect(file.path).toBe(threeSeconds)
    expect(file.durationSeconds).toBe(3)
    const sizes: number[] = []
    for await (const piece of file.pcm()) sizes.push(piece.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(16_000)
    expect(sizes.reduce((a, b) => a + b)).toBe(48_000)
  })

  test('cuts a long stretch of a low rate into seconds that own their memory', async () => {
    const slow = folder.write('slow.wav', encodeWav(sine(100, 1_000, 10_000), { rate: 1_000 }))
    await using file = await openAudio(slow)
    const pieces: Float32Array[] = []
    for await (const piece of file.pcm()) pieces.push(piece)
    expect(pieces.every((piece) => piece.length <= 16_000)).toBe(true)
    expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(160_000)
    expect(new Set(pieces.map((piece) => piece.buffer)).size).toBe(pieces.length)
  })

  test('does not go by the name', async () => {
    const path = folder.write('sound.mp3', encodeWav(sine(440, 16_000, 16_000)))
    await using file = await openAudio(path)
    expect(file.durationSeconds).toBe(1)
  })

  test('is read once', async () => {
    await using file = await openAudio(threeSeconds)
    await file.pcm().next()
    await expect(file.pcm().next()).rejects.toMatchObject({ code: 'disposed' })
  })

  test('throws the reason of an abort, before and between pieces', async () => {
    const reason = { stop: true }
    await using early = await openAudio(threeSeconds)
    await expect(early.pcm(AbortSignal.abort(reason)).next()).rejects.toBe(reason)
    const abort = new AbortController()
    await using late = await openAudio(threeSeconds)
    const pieces = late.pcm(abort.signal)
    await pieces.next()
    abort.abort(reason)
    await expect(pieces.next()).rejects.toBe(reason)
  })

  test.skipIf(process.platform !== 'linux')('closes the file, whatever happens', async () => {
    const read = await openAudio(threeSeconds)
    expect(handlesOf(threeSeconds)).toBe(1)
    for await (const _ of read.pcm());
    expect(handlesOf(threeSeconds)).toBe(0)

    const left = await openAudio(threeSeconds)
    for await (const _ of left.pcm()) break
    expect(handlesOf(threeSeconds)).toBe(0)

    const aborted = await openAudio(threeSeconds)
    await expect(aborted.pcm(AbortSignal.abort()).next()).rejects.toThrow()
    expect(handlesOf(threeSeconds)).toBe(0)

    {
      await using _unread = await openAudio(threeSeconds)
      expect(handlesOf(threeSeconds)).toBe(1)
    }
    expect(handlesOf(threeSeconds)).toBe(0)

    const refused = folder.write('refused.wav', 'no sound')
    await expect(openAudio(refused)).rejects.toThrow()
    expect(handlesOf(refused)).toBe(0)
  })
})

describe('what is no audio file', () => {
  test.each<[string, () => string, string]>([
    ['missing', () => join(folder.path, 'nowhere.wav'), 'file-missing'],
    ['below a file', () => join(threeSeconds, 'inside.wav'), 'file-missing'],
    ['a folder', () => folder.path, 'file-unreadable'],
    ['an impossible name', () => 'nul\0nul.wav', 'file-unreadable'],
    ['empty', () => folder.write('empty.wav', ''), 'audio-empty'],
    ['text', () => folder.write('text.wav', 'Dear diary, '.repeat(500)), 'audio-unsupported'],
    ['one byte', () => folder.write('byte.wav', 'x'), 'audio-unsupported'],
    ['a picture in RIFF', () => folder.write('x.wav', 'RIFF\x10\0\0\0WEBPVP8 '), 'audio-unsupported'],
  ])('%s', async (_, path, code) => {
    const at = path()
    await expect(openAudio(at)).rejects.toMatchObject({ code, file: at, hint: expect.any(String) as string })
  })

  test('says so of a folder and of text', async () => {
    const inner = join(folder.path, 'inner')
    mkdirSync(inner)
    await expect(openAudio(inner)).rejects.toThrow('inner is a folder')
    await expect(openAudio(folder.write('notes.wav', 'Notes'))).rejects.toThrow(
      'notes.wav does not look like audio.',
    )
  })

  test.each([
    ['M4A', '\0\0\0\x20ftypM4A \0\0\0\0'],
    ['MP4', '\0\0\0\x20ftypisom\0\0\0\0'],
    ['AAC', '\xff\xf1\x50\x80\x02\x1f\xfc'],
    ['WebM', '\x1aE\xdf\xa3\x9fB\x86'],
    ['WMA', '0&\xb2u\x8ef\xcf\x11\xa6\xd9'],
    ['AIFF', 'FORM\0\0\0\x20AIFFCOMM'],
    ['RIFX', 'RIFX\0\0\0\x20WAVEfmt '],
    ['AAC', 'ID3\x04\0\0\0\0\0\x02xx\xff\xf1\x50\x80\x02\x1f\xfc'],
  ])('names a format it cannot decode: %s', async (name, bytes) => {
    await expect(openAudio(folder.write('foreign', Buffer.from(bytes, 'latin1')))).rejects.toMatchObject({
      code: 'audio-unsupported',
      message: expect.stringContaining(name) as string,
      hint: expect.stringContaining('ffmpeg -i') as string,
    })
  })

  test.each([
    ['ENOENT', 'file-missing'],
    ['ENOTDIR', 'file-missing'],
    ['EACCES', 'file-unreadable'],
    ['EPERM', 'file-unreadable'],
    ['EIO', 'file-unreadable'],
  ])('%s becomes %s', (code, expected) => {
    const cause = Object.assign(new Error('said the system'), { code })
    expect(fileError('/there/a.wav', cause)).toMatchObject({ code: expected, file: '/there/a.wav', cause })
  })
})
