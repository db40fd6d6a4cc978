import { afterAll, expect, test } from 'vitest'
import { openAudio } from '../../../src/audio/read.ts'
import { encodeWav, WAV_HEADER_BYTES, wavHeader } from '../../../src/audio/write-wav.ts'
import { randomFrom, TempFolder } from '../../fakes/wav-files.ts'

const folder = new TempFolder()
afterAll(() => {
  folder[Symbol.dispose]()
})

async function reread(bytes: Uint8Array): Promise<number[]> {
  await using file = await openAudio(folder.write('written.wav', bytes))
  const samples: number[] = []
  for await (const piece of file.pcm()) samples.push(...piece)
  expect(file.warnings).toEqual([])
  return samples
}

test('what is written at 16 bits reads back exactly', async () => {
  const random = randomFrom(3)
  const pcm = Float32Array.from({ length: 1_000 }, () => Math.floor(random() * 65_536 - 32_768) / 32_768)
  expect(await reread(encodeWav(pcm))).toEqual([...pcm])
})

test('what is written at 32 bits reads back exactly, even beyond full scale', async () => {
  const pcm = Float32Array.of(0.1, -1.7, 1e-7, 3)
  expect(await reread(encodeWav(pcm, { bits: 32 }))).toEqual([...pcm])
})

test('16 bits clip and round, and no number is silence', async () => {
  const pcm = Float32Array.of(1, -1.5, 0.4 / 32_768, Number.NaN)
  expect(await reread(encodeWav(pcm))).toEqual([32_767 / 32_768, -1, 0, 0])
})

test('the header tells rate and length, and is what a whole file begins with', () => {
  const header = wavHeader(480, { rate: 48_000 })
  const view = new DataView(header.buffer)
  expect(header.length).toBe(WAV_HEADER_BYTES)
  expect(view.getUint32(24, true)).toBe(48_000)
  expect(view.getUint32(28, true)).toBe(96_000)
  expect(view.getUint32(40, true)).toBe(960)
  expect(view.getUint32(4, true)).toBe(960 + 36)
  expect(encodeWav(new Float32Array(480), { rate: 48_000 }).subarray(0, WAV_HEADER_BYTES)).toEqual(header)
})
