import { describe, expect, it } from 'vitest'
import type { Hypothesis, Model } from '../../../src/engine/model.ts'
import { Stream } from '../../../src/engine/stream.ts'
import type { SpeechDetector } from '../../../src/engine/vad/silero.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { FRAME_SAMPLES, SAMPLE_RATE, samplesOf, type Pcm } from '../../../src/shared/audio.ts'
import type { Line } from '../../../src/shared/transcript.ts'

/** Loud samples are speech. Counts its resets. */
class LoudnessDetector implements SpeechDetector {
  resets = 0
  probability(frame: Pcm): Promise<number> {
    expect(frame).toHaveLength(FRAME_SAMPLES)
    return Promise.resolve(Math.abs(frame[0] ?? 0) >= 1 ? 0.9 : 0.01)
  }
  reset(): void {
    this.resets += 1
  }
}

/** "Reads" the first and last sample and the length of what it is given. */
class EchoModel implements Model {
  readonly info = { id: 'echo', family: 'fake', language: 'en', maxSeconds: 20 }
  readonly heard: Pcm[] = []
  transcribe(pcm: Pcm, _signal?: AbortSignal): Promise<Hypothesis> {
    this.heard.push(pcm)
    const text = `${pcm[0] ?? ''}…${pcm.at(-1) ?? ''}`
    return Promise.resolve({ text, words: [{ text, start: 0.5, end: 1, confidence: 1 }] })
  }
  async [Symbol.asyncDispose](): Promise<void> {
    // Nothing is held.
  }
}

interface Settled {
  readonly samples: number
  readonly line: Line | undefined
}

async function listen(
  pcm: Pcm,
  pieces: readonly number[],
  from = 0,
): Promise<{ settled: Settled[]; model: EchoModel; end: number }> {
  const model = new EchoModel()
  const settled: Settled[] = []
  const events = {
    partial: () => undefined,
    settled: (samples: number, line: Line | undefined) => void settled.push({ samples, line }),
  }
  const stream = new Stream(
    { model, vad: new LoudnessDetector(), events, signal: new AbortController().signal },
    from,
  )
  let at = 0
  for (let turn = 0; at < pcm.length; turn++) {
    const size = pieces[turn % pieces.length] ?? 1
    await stream.push(pcm.subarray(at, at + size))
    at += size
  }
  await stream.finish()
  return { settled, model, end: stream.end }
}

/** Speech whose n-th sample has the value n + 1 (loud), and zeros where `silences` (seconds) say. */
function speech(seconds: number, ...silences: (readonly [number, number])[]): Pcm {
  const pcm = Float32Array.from({ length: samplesOf(seconds) + 123 }, (_, index) => index + 1)
  for (const [from, to] of silences) pcm.fill(0, samplesOf(from), samplesOf(to))
  return pcm
}

describe('a stream', () => {
  it('gives the same lines whatever the size of the pieces', async () => {
    const pcm = speech(40, [5, 8], [20, 21], [33, 39])
    const whole = await listen(pcm, [pcm.length])
    expect(whole.settled.length).toBeGreaterThan(4)
    for (const pieces of [[1600], [512], [511, 513], [1, 7, 100_000], [79, 16_000]]) {
      expect((await listen(pcm, pieces)).settled).toEqual(whole.settled)
    }
  })

  it('accounts for every sample: each is decoded once or let go as silence', async () => {
    const pcm = speech(40, [5, 12], [20, 21])
    const { settled, model, end } = await listen(pcm, [4_000])
    expect(end).toBe(pcm.length)
    expect(settled.at(-1)?.samples).toBe(pcm.length)
    expect(settled.map(({ samples }) => samples)).toEqual(
      settled.map(({ samples }) => samples).toSorted((a, b) => a - b),
    )
    const loud = pcm.filter((sample) => sample !== 0)
    const heard = model.heard.flatMap((segment) => [...segment.filter((sample) => sample !== 0)])
    expect(heard).toEqual([...loud])
  })

  it('starts again at any settled sample with the same lines', async () => {
    const pcm = speech(60, [5, 7], [19, 20], [30, 38], [50, 52])
    const { settled } = await listen(pcm, [3_000])
    for (const [index, { samples }] of settled.slice(0, -1).entries()) {
      const rest = await listen(pcm.slice(samples), [3_000], samples)
      expect(rest.settled).toEqual(settled.slice(index + 1))
    }
  })

  it('never gives the model more than it can take', async () => {
    const { model } = await listen(speech(70), [16_000])
    expect(model.heard.length).toBeGreaterThan(3)
    for (const segment of model.heard) expect(segment.length).toBeLessThanOrEqual(20 * SAMPLE_RATE)
  })

  it('decodes nothing where nobody spoke', async () => {
    const { settled, model } = await listen(new Float32Array(samplesOf(30)), [16_000])
    expect(model.heard).toEqual([])
    expect(settled.every(({ line }) => line === undefined)).toBe(true)
    expect(settled.at(-1)?.samples).toBe(samplesOf(30))
  })

  it('reads the same, digital silence at both ends or not', async () => {
    const pcm = speech(5)
    const bare = await listen(pcm, [1_000])
    for (const [before, after] of [
      [1, 0],
      [0, 1],
      [777, 40_000],
      [samplesOf(9), samplesOf(1)],
    ] as const) {
      const padded = new Float32Array(before + pcm.length + after)
      padded.fill(1e-5)
      padded.set(pcm, before)
      const { model, settled, end } = await listen(padded, [1_000])
      expect(model.heard).toEqual(bare.model.heard)
      expect(settled.find(({ line }) => line !== undefined)?.line?.start).toBeCloseTo(before / SAMPLE_RATE, 9)
      expect([end, settled.at(-1)?.samples]).toEqual([padded.length, padded.length])
    }
  })

  it('moves word times to the start of the utterance', async () => {
    const { settled } = await listen(speech(10, [3, 6]), [16_000])
    const lines = settled.flatMap(({ line }) => line ?? [])
    expect(lines).toHaveLength(2)
    expect(lines[1]?.words[0]?.start).toBeCloseTo((lines[1]?.start ?? 0) + 0.5, 6)
    expect(lines[1]?.start).toBeGreaterThan(3)
    expect(lines[1]?.end).toBeCloseTo(10 + 123 / SAMPLE_RATE, 6)
  })

  it('is empty for no audio at all', async () => {
    expect((await listen(new Float32Array(0), [1])).settled).toEqual([])
  })

  it('stops between frames when cancelled', async () => {
    const abort = new AbortController()
    const model = new EchoModel()
    const stream = new Stream(
      {
        model,
        vad: new LoudnessDetector(),
        events: { settled: () => undefined, partial: () => undefined },
        signal: abort.signal,
      },
      0,
    )
    await stream.push(speech(2))
    abort.abort(new Error('no longer wanted'))
    await expect(stream.finish()).rejects.toThrow('no longer wanted')
    expect(model.heard).toEqual([])
  })
})

/** What a watcher saw: seconds heard when it came, and the text. */
interface Sight {
  readonly at: number
  readonly text: string
}

/** Decodes take no time, so what is shown depends on the audio alone. */
class Watched {
  readonly model = new EchoModel()
  readonly sights: Sight[] = []
  readonly lines: string[] = []
  readonly failures: unknown[] = []
  behind = false
  readonly stream: Stream
  readonly #abort = new AbortController()

  constructor(live: boolean) {
    this.stream = new Stream(
      {
        model: this.model,
        vad: new LoudnessDetector(),
        events: {
          partial: ({ stable, tentative }) => {
            const text = [...stable, ...tentative].map((word) => word.text).join(' ')
            this.sights.push({ at: this.stream.end / SAMPLE_RATE, text })
          },
          settled: (_samples, line) => {
            if (line !== undefined) this.lines.push(line.text)
          },
        },
        signal: this.#abort.signal,
        live: live
          ? { behind: () => this.behind, now: () => 0, failed: (error) => void this.failures.push(error) }
          : undefined,
      },
      0,
    )
  }

  async hear(pcm: Pcm): Promise<void> {
    for (let at = 0; at < pcm.length; at += FRAME_SAMPLES)
      await this.stream.push(pcm.subarray(at, at + FRAME_SAMPLES))
  }
}

/** `spans` of speech (positive) and of silence (negative), in seconds; hum, not digital silence. */
function spoken(...spans: readonly number[]): Pcm {
  const parts = spans.map((seconds) =>
    new Float32Array(samplesOf(Math.abs(seconds))).fill(seconds > 0 ? 1 : 0.01),
  )
  const pcm = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    pcm.set(part, at)
    at += part.length
  }
  return pcm
}

describe('a stream that somebody watches', () => {
  it('shows the text about three times a second while somebody speaks, and not before', async () => {
    const watched = new Watched(true)
    await watched.hear(spoken(-2, 3))
    expect(watched.sights.length).toBeGreaterThan(7)
    expect(watched.sights.length).toBeLessThan(12)
    expect(watched.sights[0]?.at).toBeGreaterThan(2)
  })

  it('reads the same text as one that nobody watches', async () => {
    const pcm = spoken(-1, 2.5, -0.3, 4, -1.5, 3, -0.7, 17, -0.2, 3, -2, 0.5, -0.4)
    const [watched, unwatched] = [new Watched(true), new Watched(false)]
    await watched.hear(pcm)
    await unwatched.hear(pcm)
    await watched.stream.finish()
    await unwatched.stream.finish()
    expect(watched.lines.length).toBeGreaterThan(3)
    expect(watched.lines).toEqual(unwatched.lines)
    expect(unwatched.sights).toEqual([])
  })

  it('has read the end before it comes: in a pause the final is decoded once, and no more behind it', async () => {
    const watched = new Watched(true)
    await watched.hear(spoken(2, -0.4))
    const decodes = watched.model.heard.length
    await watched.hear(spoken(-0.5))
    await watched.stream.finish()
    expect(watched.model.heard).toHaveLength(decodes)
    expect(watched.lines).toHaveLength(1)
  })

  it('reads on where speech goes on after all', async () => {
    const watched = new Watched(true)
    await watched.hear(spoken(2, -0.4, 2))
    await watched.stream.finish()
    expect(watched.model.heard.at(-1)?.length).toBe(samplesOf(4.4))
    expect(watched.lines).toHaveLength(1)
  })

  it('decodes the end as soon as it has faded out, once the user has let go, and nothing else', async () => {
    const watched = new Watched(true)
    await watched.hear(spoken(2))
    watched.stream.expectEnd()
    const decodes = watched.model.heard.length
    await watched.hear(spoken(1))
    expect(watched.model.heard).toHaveLength(decodes)
    await watched.hear(spoken(-0.15))
    expect(watched.model.heard).toHaveLength(decodes + 1)
    await watched.stream.finish()
    expect(watched.model.heard).toHaveLength(decodes + 1)
  })

  it('decodes nothing ahead while more audio waits', async () => {
    const watched = new Watched(true)
    watched.behind = true
    await watched.hear(spoken(5, -0.5))
    expect(watched.model.heard).toEqual([])
    watched.behind = false
    await watched.hear(spoken(1))
    expect(watched.sights.length).toBeGreaterThan(0)
  })

  it('goes on where a decode ahead of time fails, and reads the text all the same', async () => {
    const watched = new Watched(true)
    const read = watched.model.transcribe.bind(watched.model)
    watched.model.transcribe = () => Promise.reject(new Error('too short'))
    await watched.hear(spoken(2))
    expect(watched.failures.length).toBeGreaterThan(0)
    watched.model.transcribe = read
    await watched.stream.finish()
    expect(watched.lines).toHaveLength(1)
  })

  it('gives up the decode in flight when the user lets go', async () => {
    const watched = new Watched(true)
    const read = watched.model.transcribe.bind(watched.model)
    watched.model.transcribe = (_pcm: Pcm, signal?: AbortSignal) =>
      new Promise<Hypothesis>((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error)
        })
      })
    const hearing = watched.hear(spoken(2))
    await settle()
    watched.stream.expectEnd()
    await hearing
    watched.model.transcribe = read
    await watched.stream.finish()
    expect([watched.sights, watched.failures]).toEqual([[], []])
    expect(watched.lines).toHaveLength(1)
  })
})
