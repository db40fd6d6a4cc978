import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Silero } from '@ricky0123/vad-web/dist/models/silero.js'
import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { VoiceDetector } from '../../../../src/renderer/src/capture/voice/detector.ts'
import { FRAME_SAMPLES, SAMPLE_RATE, type Pcm } from '../../../../src/shared/audio.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { frameOf } from '../../../fakes/fake-microphones.ts'
import { joined, readPcm, speechClips } from '../../../fakes/speech.ts'

const FRAME_MS = (1_000 * FRAME_SAMPLES) / SAMPLE_RATE

/** What is said at which frame when the model gives these probabilities. */
async function said(probabilities: readonly number[]): Promise<string[]> {
  const changes: string[] = []
  let at = 0
  const model = {
    process: () => Promise.resolve({ isSpeech: probabilities[at] ?? 0, notSpeech: 0 }),
    reset_state: () => undefined,
  }
  const detector = new VoiceDetector(model, TUNING, (speaking) =>
    changes.push(`${speaking ? 'speaking' : 'silent'} at ${at}`),
  )
  for (; at < probabilities.length; at++) await detector.hear(frameOf(0))
  return changes
}

const times = (count: number, probability: number): number[] => Array<number>(count).fill(probability)

describe('the state machine', () => {
  test('speech begins with the third frame of it, and ends after a pause longer than between syllables', async () => {
    const pause = Math.floor(TUNING.voiceEndsMs / FRAME_MS)
    expect(await said([...times(5, 0), ...times(10, 0.9), ...times(20, 0.1)])).toEqual([
      'speaking at 7',
      `silent at ${14 + pause}`,
    ])
  })

  test('a click is no speech', async () => {
    expect(await said([...times(5, 0), ...times(2, 0.9), ...times(20, 0.1), 0.9, ...times(20, 0)])).toEqual(
      [],
    )
  })

  test('a breath does not end it, nor a doubtful frame', async () => {
    expect(await said([...times(5, 0.9), ...times(5, 0.1), ...times(5, 0.9), ...times(40, 0.4)])).toEqual([
      'speaking at 2',
    ])
  })

  test('leaves out the short frame at the end of a device', async () => {
    const changes: boolean[] = []
    const model = {
      process: () => Promise.resolve({ isSpeech: 1, notSpeech: 0 }),
      reset_state: () => undefined,
    }
    const detector = new VoiceDetector(model, TUNING, (speaking) => changes.push(speaking))
    for (let n = 0; n < 5; n++) await detector.hear(new Float32Array(100))
    expect(changes).toEqual([])
  })
})

describe('Silero v6 as vad-web runs it', () => {
  const path = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx')
  const clips = speechClips().filter((_, index) => index % 16 === 0)

  // A release of vad-web that leaves out the 64 samples of context hears nothing here.
  test('hears real speech, and its end', async () => {
    const model = await Silero.new(ort, () => Promise.resolve(new Uint8Array(readFileSync(path)).buffer))
    for (const { path: clip, file } of clips) {
      const pcm = await readPcm(clip)
      const lead = new Float32Array(SAMPLE_RATE / 2)
      const changes: { readonly speaking: boolean; readonly at: number }[] = []
      const sound = joined([lead, pcm, new Float32Array(SAMPLE_RATE)])
      let at = 0
      const detector = new VoiceDetector(model, TUNING, (speaking) => changes.push({ speaking, at }))
      for (const frame of framesOf(sound)) {
        await detector.hear(frame)
        at += FRAME_MS
      }
      expect(changes[0]?.speaking, file).toBe(true)
      expect(changes.at(-1)?.speaking, file).toBe(false)
    }
    await model.release()
  })
})

function* framesOf(pcm: Pcm): Generator<Pcm> {
  for (let at = 0; at + FRAME_SAMPLES <= pcm.length; at += FRAME_SAMPLES)
    yield pcm.slice(at, at + FRAME_SAMPLES)
}
