import { describe, expect, test } from 'vitest'
import { MuteWatch } from '../../../../src/renderer/src/capture/mute-watch.ts'
import { frameOf } from '../../../fakes/fake-microphones.ts'

/** Frames in three seconds. */
const ENOUGH = 94

function pushed(watch: MuteWatch, value: number, frames: number): (string | undefined)[] {
  return Array.from({ length: frames }, () => watch.push(frameOf(value))).filter((said) => said !== undefined)
}

describe('MuteWatch', () => {
  test('says once that it is muted, and once that it is not', () => {
    const watch = new MuteWatch(3_000)
    expect(pushed(watch, 0, ENOUGH - 1)).toEqual([])
    expect(pushed(watch, 0, 3 * ENOUGH)).toEqual(['muted'])
    expect(pushed(watch, 0.001, 10)).toEqual(['unmuted'])
    expect(pushed(watch, 0, ENOUGH)).toEqual(['muted'])
  })

  test('the faintest noise is no mute', () => {
    const watch = new MuteWatch(3_000)
    for (let n = 0; n < 10; n++) {
      expect(pushed(watch, 0, ENOUGH - 1)).toEqual([])
      expect(pushed(watch, 1e-7, 1)).toEqual([])
    }
  })

  test('zeros of two dictations do not add up, but a mute stays known', () => {
    const watch = new MuteWatch(3_000)
    expect(pushed(watch, 0, ENOUGH - 1)).toEqual([])
    watch.skip()
    expect(pushed(watch, 0, ENOUGH - 1)).toEqual([])
    expect(pushed(watch, 0, 1)).toEqual(['muted'])
    watch.skip()
    expect(pushed(watch, 0, ENOUGH)).toEqual([])
    expect(pushed(watch, 0.1, 1)).toEqual(['unmuted'])
  })
})
