import { describe, expect, test } from 'vitest'
import { Resampler } from '../../../../src/audio/resample.ts'
import { Framer } from '../../../../src/renderer/src/capture/framer.ts'
import type { Pcm } from '../../../../src/shared/audio.ts'
import { joined } from '../../../fakes/speech.ts'
import { sine } from '../../../fakes/wav-files.ts'

function framing(): { readonly framer: Framer; readonly frames: Pcm[] } {
  const frames: Pcm[] = []
  return { frames, framer: new Framer((frame) => frames.push(frame)) }
}

describe('Framer', () => {
  test('gives frames of 512 samples, whatever the pieces, and the rest at the end', () => {
    const { framer, frames } = framing()
    const sound = sine(440, 16_000, 2_000)
    for (const [from, to] of [
      [0, 1],
      [1, 500],
      [500, 1_900],
      [1_900, 2_000],
    ]) {
      framer.push([sound.subarray(from, to)], 16_000)
    }
    framer.flush()
    expect(frames.map(({ length }) => length)).toEqual([512, 512, 512, 464])
    expect(joined(frames)).toEqual(sound)
  })

  test('averages the channels, so that a voice on one of them is heard', () => {
    const { framer, frames } = framing()
    framer.push([new Float32Array(512), new Float32Array(512).fill(0.5)], 16_000)
    expect(frames).toEqual([new Float32Array(512).fill(0.25)])
  })

  test('keeps no view of the buffers it is given', () => {
    const { framer, frames } = framing()
    const buffer = new Float32Array(512).fill(0.5)
    framer.push([buffer], 16_000)
    buffer.fill(0)
    expect(frames[0]?.[0]).toBe(0.5)
  })

  test.each([44_100, 48_000])('resamples %i Hz as files are resampled, to the last bit', (rate) => {
    const sound = sine(440, rate, rate)
    const resampler = new Resampler(rate)
    const expected = joined([resampler.push(sound), resampler.flush()])
    const { framer, frames } = framing()
    for (let at = 0; at < rate; at += 441) framer.push([sound.subarray(at, at + 441)], rate)
    framer.flush()
    expect(joined(frames)).toEqual(expected)
  })

  test('loses nothing when the rate changes', () => {
    const { framer, frames } = framing()
    framer.push([sine(440, 48_000, 48_000)], 48_000)
    framer.push([sine(440, 16_000, 16_000)], 16_000)
    framer.flush()
    expect(joined(frames)).toHaveLength(32_000)
  })

  test('refuses what is no rate', () => {
    expect(() => {
      framing().framer.push([new Float32Array(1)], 0)
    }).toThrow(RangeError)
  })
})
