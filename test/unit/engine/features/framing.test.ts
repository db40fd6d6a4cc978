import { describe, expect, it } from 'vitest'
import { mirror, readFrame, reflect, zeros, type EdgeRule } from '../../../../src/engine/features/framing.ts'

function framed(
  start: number,
  size: number,
  rule: EdgeRule,
  samples = [1, 2, 3, 4],
  length?: number,
): number[] {
  const frame = new Float64Array(size).fill(99)
  readFrame(frame, Float32Array.from(samples), start, rule, length)
  return [...frame]
}

describe('readFrame', () => {
  it('copies what lies inside', () => {
    expect(framed(1, 3, zeros)).toEqual([2, 3, 4])
  })

  it.each([
    { name: 'zeros', rule: zeros, expected: [0, 0, 1, 2, 3, 4, 0, 0] },
    { name: 'reflect', rule: reflect, expected: [3, 2, 1, 2, 3, 4, 3, 2] },
    { name: 'mirror', rule: mirror, expected: [2, 1, 1, 2, 3, 4, 4, 3] },
  ])('continues the signal by $name', ({ rule, expected }) => {
    expect(framed(-2, 8, rule)).toEqual(expected)
  })

  it('folds again and again where the signal is shorter than the frame', () => {
    expect(framed(-4, 9, reflect, [1, 2])).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1])
    expect(framed(-4, 9, mirror, [1, 2])).toEqual([1, 2, 2, 1, 1, 2, 2, 1, 1])
    expect(framed(-1, 3, reflect, [7])).toEqual([7, 7, 7])
  })

  it('takes missing samples of a longer signal for zeros, and reflects those', () => {
    expect(framed(2, 6, reflect, [1, 2, 3, 4], 6)).toEqual([3, 4, 0, 0, 0, 4])
  })
})
