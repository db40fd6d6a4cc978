import { describe, expect, it } from 'vitest'
import { FRAME_SAMPLES, samplesOf, SAMPLE_RATE } from '../../../../src/shared/audio.ts'
import { Segmenter, type Cut } from '../../../../src/engine/vad/segmenter.ts'

const MAX_SECONDS = 20

/** Seconds of speech (positive) and of silence (negative) as probabilities, one per frame. */
function probabilities(...spans: number[]): number[] {
  return spans.flatMap((seconds) =>
    Array.from({ length: Math.round((Math.abs(seconds) * SAMPLE_RATE) / FRAME_SAMPLES) }, () =>
      seconds > 0 ? 0.9 : 0.05,
    ),
  )
}

/** Feeds a whole stream the way a Stream does: after a cut, what lies behind it is heard again. */
function cutAll(stream: readonly number[]): (Cut & { at: number })[] {
  const segmenter = new Segmenter(MAX_SECONDS)
  const cuts: (Cut & { at: number })[] = []
  let from = 0
  for (let frame = 0; frame < stream.length; frame++) {
    const cut = segmenter.push(stream[frame] ?? 0)
    if (cut === undefined) continue
    from += cut.samples / FRAME_SAMPLES
    cuts.push({ ...cut, at: (from * FRAME_SAMPLES) / SAMPLE_RATE })
    frame = from - 1
  }
  return cuts
}

describe('the segmenter', () => {
  it('leaves a short utterance whole, small pauses included', () => {
    expect(cutAll(probabilities(2, -0.9, 3, -1, 0.5, -0.4))).toEqual([])
  })

  it('cuts in the middle of a long pause', () => {
    const [cut, ...more] = cutAll(probabilities(3, -3, 2))
    expect(more).toEqual([])
    expect(cut?.speech?.from).toBe(0)
    expect(cut?.at).toBeGreaterThan(3.4)
    expect(cut?.at).toBeLessThan(3.9)
  })

  it('has only the speech decoded, with a run-up and its fading', () => {
    const [cut] = cutAll(probabilities(-1, 3, -3))
    expect((cut?.speech?.from ?? 0) / SAMPLE_RATE).toBeCloseTo(0.7, 1)
    expect((cut?.speech?.to ?? 0) / SAMPLE_RATE).toBeCloseTo(4.1, 1)
  })

  it('knows the span before the cut: no silence that follows changes it', () => {
    const segmenter = new Segmenter(MAX_SECONDS)
    for (const probability of probabilities(-1, 2, -0.13)) segmenter.push(probability)
    const { speech, fadedOut } = segmenter
    expect(fadedOut).toBe(true)
    for (const probability of probabilities(-0.9)) {
      segmenter.push(probability)
      expect([segmenter.speech, segmenter.fadedOut]).toEqual([speech, true])
    }
    expect(segmenter.pauseSeconds).toBeCloseTo(1.03, 1)
    for (const probability of probabilities(0.1)) segmenter.push(probability)
    expect([segmenter.fadedOut, segmenter.pauseSeconds]).toEqual([false, 0])
  })

  it('is content with shorter pauses the longer the segment grows', () => {
    const firstCut = (pause: number, at: number): number | undefined =>
      cutAll(probabilities(at, -pause, 3))[0]?.at
    expect(firstCut(0.7, 3)).toBeUndefined()
    expect(firstCut(0.7, 8)).toBeCloseTo(8.35, 0)
    expect(firstCut(0.35, 8)).toBeUndefined()
    expect(firstCut(0.35, 13)).toBeCloseTo(13.2, 0)
    expect(firstCut(0.15, 13)).toBeUndefined()
    expect(firstCut(0.15, 17)).toBeCloseTo(17.1, 0)
  })

  it('never lets a segment grow beyond what the model can take, and then cuts at the quietest frame', () => {
    const stream = probabilities(90)
    const quiet = Math.round((18.5 * SAMPLE_RATE) / FRAME_SAMPLES)
    stream[quiet] = 0.4
    const cuts = cutAll(stream)
    expect(cuts[0]?.at).toBeCloseTo((quiet * FRAME_SAMPLES) / SAMPLE_RATE, 5)
    for (const cut of cuts) expect(cut.samples).toBeLessThanOrEqual(samplesOf(MAX_SECONDS))
    expect(cuts.length).toBeGreaterThanOrEqual(4)
  })

  it('lets silence go in pieces that are not decoded, and keeps a run-up to the next word', () => {
    const cuts = cutAll(probabilities(-30))
    expect(cuts.length).toBeGreaterThan(5)
    expect(cuts.every((cut) => cut.speech === undefined)).toBe(true)
    const beforeWord = cutAll(probabilities(-10, 2))
    expect(10 - (beforeWord.at(-1)?.at ?? 0)).toBeGreaterThan(0.5)
  })

  it('takes a click for silence', () => {
    const cuts = cutAll(probabilities(-2, 0.06, -20))
    expect(cuts.length).toBeGreaterThan(0)
    expect(cuts.every((cut) => cut.speech === undefined)).toBe(true)
  })

  it('decides the same from any cut on as without interruption', () => {
    // Property over pseudo-random speech: starting again at a cut gives the cuts that follow it.
    let seed = 7
    const random = (): number => (seed = (1_664_525 * seed + 1_013_904_223) % 2 ** 32) / 2 ** 32
    const stream = Array.from({ length: 60 }, () => probabilities(0.2 + 5 * random(), -2 * random())).flat()
    const whole = cutAll(stream)
    expect(whole.length).toBeGreaterThan(10)
    for (const [index, cut] of whole.entries()) {
      const rest = cutAll(stream.slice((cut.at * SAMPLE_RATE) / FRAME_SAMPLES))
      expect(rest.map(({ at }) => at + cut.at)).toEqual(
        whole.slice(index + 1).map(({ at }) => expect.closeTo(at, 9) as number),
      )
    }
  })
})
