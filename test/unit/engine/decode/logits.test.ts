import { describe, expect, it } from 'vitest'
import { argmax, logAddExp, logSumExp } from '../../../../src/engine/decode/logits.ts'
import { logitsOf } from './toy.ts'

describe('argmax', () => {
  const logits = logitsOf([
    [0.2, 0.5, 0.3],
    [0.4, 0.4, 0.2],
    [0, 0, 1],
  ])

  it('finds the best token of a row, the lowest id among equals', () => {
    expect([0, 1, 2].map((step) => argmax(logits, step))).toEqual([1, 0, 2])
  })
})

describe('logAddExp', () => {
  it('adds probabilities', () => {
    expect(Math.exp(logAddExp(Math.log(0.25), Math.log(0.5)))).toBeCloseTo(0.75, 12)
    expect(logAddExp(-2, -3)).toBe(logAddExp(-3, -2))
  })

  it('takes −Infinity as nothing', () => {
    expect(logAddExp(-Infinity, -3)).toBe(-3)
    expect(logAddExp(-3, -Infinity)).toBe(-3)
    expect(logAddExp(-Infinity, -Infinity)).toBe(-Infinity)
  })

  it('does not underflow where the probabilities themselves do', () => {
    expect(logAddExp(-2000, -2000)).toBeCloseTo(-2000 + Math.LN2, 9)
  })
})

describe('logSumExp', () => {
  it('sums probabilities without overflow', () => {
    expect(logSumExp(Float32Array.of(1000, 1000))).toBeCloseTo(1000 + Math.LN2, 4)
    expect(logSumExp(Float32Array.of(-Infinity, -Infinity))).toBe(-Infinity)
  })

  it('leaves out only what float32 could not tell: a whole vocabulary far below the best', () => {
    const near = new Float32Array(50_000).fill(-20)
    near[7] = 0
    expect(logSumExp(near)).toBeCloseTo(Math.log1p(49_999 * Math.exp(-20)), 9)
    const far = new Float32Array(50_000).fill(-30)
    far[7] = 0
    expect(logSumExp(far)).toBeCloseTo(Math.log1p(49_999 * Math.exp(-30)), 7)
  })
})
