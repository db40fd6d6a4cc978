import { expect, it } from 'vitest'
import { ReplayBuffer } from '../../../src/supervisor/replay-buffer.ts'

function filled(...lengths: number[]): ReplayBuffer {
  const buffer = new ReplayBuffer()
  let next = 0
  for (const length of lengths) buffer.append(Float32Array.from({ length }, () => next++))
  return buffer
}

it('reads any stretch across pieces, after any trim', () => {
  for (const trim of [0, 1, 3, 4, 7, 9]) {
    const buffer = filled(3, 1, 5)
    buffer.trimTo(trim)
    expect([...buffer.rest()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].slice(trim))
    for (let index = trim; index <= 9; index++) {
      expect([...buffer.read(index, 4)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].slice(index, index + 4))
    }
    expect([buffer.from, buffer.end]).toEqual([trim, 9])
  }
})

it('copies what it takes, since callers reuse their buffers', () => {
  const buffer = new ReplayBuffer()
  const shared = new Float32Array([1, 2, 3, 4])
  buffer.append(shared.subarray(1, 3))
  shared.fill(0)
  expect([...buffer.rest()]).toEqual([2, 3])
})

it('gives tight copies, since a view would be cloned with the whole buffer behind it', () => {
  const piece = filled(1000).read(10, 5)
  expect(piece.buffer.byteLength).toBe(5 * Float32Array.BYTES_PER_ELEMENT)
})

it('never trims what was not written', () => {
  const buffer = filled(2)
  buffer.trimTo(99)
  expect([buffer.from, buffer.end]).toEqual([2, 2])
})
