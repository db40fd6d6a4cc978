import { describe, expect, test } from 'vitest'
import { Ring } from '../../../../src/renderer/src/capture/ring.ts'
import { FRAME_SAMPLES } from '../../../../src/shared/audio.ts'
import { frameOf } from '../../../fakes/fake-microphones.ts'

describe('Ring', () => {
  test('hands over what was pushed, oldest first, once', () => {
    const ring = new Ring(1_000)
    ring.push(frameOf(1))
    ring.push(frameOf(2))
    expect(ring.take(1_000)).toEqual([frameOf(1), frameOf(2)])
    expect(ring.take(1_000)).toEqual([])
  })

  test('keeps at least the time it was made for, and less than a frame more', () => {
    const ring = new Ring(1_000)
    for (let n = 0; n < 100; n++) ring.push(frameOf(n))
    const kept = ring.take(2_000)
    const samples = kept.length * FRAME_SAMPLES
    expect(samples).toBeGreaterThanOrEqual(16_000)
    expect(samples - FRAME_SAMPLES).toBeLessThan(16_000)
    expect(kept.at(-1)).toEqual(frameOf(99))
  })

  test('hands over no more than is asked for', () => {
    const ring = new Ring(1_000)
    for (let n = 0; n < 100; n++) ring.push(frameOf(n))
    expect(ring.take(64)).toEqual([frameOf(98), frameOf(99)])
    expect(ring.take(1_000)).toEqual([])
  })
})
