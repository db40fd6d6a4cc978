import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { FileBytes } from '../../../src/audio/file-bytes.ts'
import { oggParts } from '../../../src/audio/ogg.ts'
import { checksum, LARGEST_PAGE_BYTES, oggPages } from '../../../src/audio/ogg-pages.ts'
import { TempFolder } from '../../fakes/wav-files.ts'

const folder = new TempFolder()
afterAll(() => {
  folder[Symbol.dispose]()
})
const OPUS = readFileSync(new URL('../../fixtures/audio/go.opus', import.meta.url))

/** A page with one segment of text. */
function page(text: string, serial = 1, flags = 0): Buffer {
  const bytes = Buffer.concat([Buffer.from('OggS\0'), Buffer.alloc(22), Buffer.from(text, 'latin1')])
  const head = Buffer.concat([bytes.subarray(0, 27), Buffer.of(text.length), bytes.subarray(27)])
  head.writeUInt8(flags, 5)
  head.writeUInt32LE(serial, 14)
  head.writeUInt8(1, 26)
  head.writeUInt32LE(checksum(head), 22)
  return head
}

async function read(bytes: Uint8Array): Promise<{ bodies: string[]; damaged: number }> {
  await using file = await FileBytes.open(folder.write('x.ogg', bytes))
  const bodies: string[] = []
  let damaged = 0
  for await (const { body } of oggPages(file, 0, () => damaged++))
    bodies.push(Buffer.from(body).toString('latin1'))
  return { bodies, damaged }
}

async function parts(bytes: Uint8Array): Promise<string[]> {
  await using file = await FileBytes.open(folder.write('x.ogg', bytes))
  const seen: string[] = []
  for await (const part of oggParts(file, 0, 'opus', () => undefined)) {
    seen.push((part.anew ? 'anew ' : '') + Buffer.from(part.bytes.subarray(28)).toString('latin1'))
  }
  return seen
}

describe('Ogg pages', () => {
  test('of a real encoder pass the checksum, all of them', async () => {
    const { bodies, damaged } = await read(OPUS)
    expect(damaged).toBe(0)
    expect(bodies.length).toBe(OPUS.toString('latin1').split('OggS').length - 1)
    expect(bodies[0]).toMatch(/^OpusHead/)
  })

  test('are left out where they are damaged or cut off; what follows is found', async () => {
    const spoiled = page('two')
    spoiled.writeUInt8(0x55, 29)
    const { bodies, damaged } = await read(Buffer.concat([page('one'), spoiled, page('three')]))
    expect(bodies).toEqual(['one', 'three'])
    expect(damaged).toBe(1)
    expect(await read(Buffer.concat([page('one'), page('two').subarray(0, 29)]))).toEqual({
      bodies: ['one'],
      damaged: 1,
    })
  })

  test('are found behind junk that looks like one, across the edges of what is read at a time', async () => {
    const edges = Array.from({ length: 16 }, (_, index) => LARGEST_PAGE_BYTES - 12 + index)
    for (const length of [1, ...edges, 130_000]) {
      const junk = Buffer.alloc(length, 'Ogg')
      const { bodies, damaged } = await read(Buffer.concat([page('one'), junk, page('two')]))
      expect(bodies).toEqual(['one', 'two'])
      expect(damaged).toBe(1)
    }
    const marked = Buffer.concat([page('one'), Buffer.from('OggS, they say, OggS'), page('two')])
    expect(await read(marked)).toEqual({ bodies: ['one', 'two'], damaged: 1 })
  })
})

describe('the parts of an Ogg file', () => {
  test('leave out streams of other kinds', async () => {
    const mixed = [page('theora', 7, 2), page('OpusHead', 8, 2), page('picture', 7), page('sound', 8)]
    expect(await parts(Buffer.concat(mixed))).toEqual(['OpusHead', 'sound'])
  })

  test('begin anew where files were put one behind the other', async () => {
    const one = [page('OpusHead', 1, 2), page('a', 1)]
    const two = [page('OpusHead', 2, 2), page('b', 2)]
    expect(await parts(Buffer.concat([...one, ...two, ...two]))).toEqual([
      'OpusHead',
      'a',
      'anew OpusHead',
      'b',
      'anew OpusHead',
      'b',
    ])
  })
})
