import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { pcmFromBytes } from '../../../src/cli/stdin.ts'

async function read(...chunks: number[][]): Promise<number[]> {
  const samples: number[] = []
  for await (const pcm of pcmFromBytes(Readable.from(chunks.map((chunk) => Buffer.from(chunk)))))
    samples.push(...pcm)
  return samples
}

it('reads little-endian 16 bit samples across odd chunk borders and leaves half a sample', async () => {
  const bytes = [0x00, 0x80, 0xff, 0x7f, 0x00, 0x40, 0x01]
  const expected = [-1, 32_767 / 32_768, 0.5]
  expect(await read(bytes)).toEqual(expected)
  expect(await read(...bytes.map((byte) => [byte]))).toEqual(expected)
  expect(await read(bytes.slice(0, 3), bytes.slice(3))).toEqual(expected)
})
