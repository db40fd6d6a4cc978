/** Where nobody speaks, nothing is written: a minute of each sound here, an hour in the bench. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transcribeInProcess } from '../../bench/workload.ts'
import { modelRequest, STARTER_MODEL } from '../../src/cli/resources.ts'
import { Transcriber } from '../../src/engine/transcriber.ts'
import { NOISES } from '../fakes/noises.ts'
import { shortSpeech } from '../fakes/speech.ts'

const PATIENCE_MS = 60_000

let engine: Transcriber
beforeAll(async () => {
  engine = await Transcriber.load(modelRequest(STARTER_MODEL, 1))
}, PATIENCE_MS)
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
})

describe('no text comes of', () => {
  it.each(Object.entries(NOISES))(
    '%s',
    async (_name, make) => {
      expect((await transcribeInProcess(engine, make(60, 1))).lines).toEqual([])
    },
    PATIENCE_MS,
  )
})

it('but of a second of speech in the same rooms', async () => {
  const speech = await shortSpeech()
  for (const make of Object.values(NOISES)) {
    const pcm = make(3, 1)
    speech.forEach((sample, index) => (pcm[16_000 + index] = (pcm[16_000 + index] ?? 0) + sample))
    expect((await transcribeInProcess(engine, pcm)).text).not.toBe('')
  }
})
