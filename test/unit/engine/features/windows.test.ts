import { describe, expect, it } from 'vitest'
import { hamming, hannPeriodic, hannSymmetric, povey } from '../../../../src/engine/features/windows.ts'

describe('windows', () => {
  it.each([
    { name: 'hannPeriodic', window: hannPeriodic(4), expected: [0, 0.5, 1, 0.5] },
    { name: 'hannSymmetric', window: hannSymmetric(5), expected: [0, 0.5, 1, 0.5, 0] },
    { name: 'hamming', window: hamming(5), expected: [0.08, 0.54, 1, 0.54, 0.08] },
    { name: 'povey', window: povey(5), expected: [0, 0.5 ** 0.85, 1, 0.5 ** 0.85, 0] },
  ])('$name has its known values', ({ window, expected }) => {
    for (const [n, value] of expected.entries()) expect(window[n]).toBeCloseTo(value, 14)
  })

  it('a periodic window adds up to a constant at half overlap', () => {
    const window = hannPeriodic(400)
    for (let n = 0; n < 200; n++) expect((window[n] ?? 0) + (window[n + 200] ?? 0)).toBeCloseTo(1, 14)
  })

  it.each([hannSymmetric, hamming, povey])('%o is the same backwards', (make) => {
    const window = make(400)
    const backwards = window.toReversed()
    for (const [n, value] of window.entries()) expect(value).toBeCloseTo(backwards[n] ?? NaN, 13)
  })
})
