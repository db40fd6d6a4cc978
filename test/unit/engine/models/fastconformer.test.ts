import { describe, expect, it, vi } from 'vitest'
import { Graph } from '../../../../src/engine/graph.ts'
import { FAMILY } from '../../../../src/engine/models/fastconformer.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { FAMILY as PARAKEET } from '../../../../src/engine/models/parakeet.ts'
import { TransducerStream } from '../../../../src/engine/models/transducer-stream.ts'
import type { StreamingModel } from '../../../../src/engine/model.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { writeFiles, type Files } from '../../../onnx/nemo.ts'
import { NEMO_CACHES, streamingNemo, type StreamingNemoToy } from '../../../onnx/nemo-streaming.ts'
import { babble } from '../../../onnx/random.ts'
import { inPieces, loadStreaming } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const PIECES = ['<unk>', ...Array.from('abcdefgh'), ...Array.from('abcde', (letter) => `▁${letter}`)]
const TOY: StreamingNemoToy = {
  seed: 3,
  pieces: PIECES,
  bands: 128,
  layers: 2,
  tdt: false,
  blankBias: 3,
  shift: 16,
}
const noise = babble(8, samplesOf(0.8))

let folder: string
inOwnFolder((made) => {
  folder = made
})

async function load(files: Files, wishes: Wishes = {}): Promise<StreamingModel> {
  await writeFiles(folder, files)
  return await loadStreaming(FAMILY, folder, wishes)
}

describe.each([8, 16, 56, 112])('a cache-aware model with %i frames baked in', (shift) => {
  it('says the same of pieces of any length as of the whole', async () => {
    await using model = await load(streamingNemo({ ...TOY, shift }))
    const whole = await model.transcribe(noise)
    expect(whole.text.length).toBeGreaterThan(0)
    for (const length of [97, 512, 4000]) expect(await inPieces(model, noise, length)).toEqual(whole)
  })
})

describe('its caches', () => {
  it('are carried from window to window, and begin anew with every utterance', async () => {
    await using model = await load(streamingNemo(TOY))
    for (let round = 0; round < 2; round++) {
      const decode = model.open()
      if (!(decode instanceof TransducerStream)) throw new Error('it has no states')
      const before = decode.states
      for (const { name, dims } of NEMO_CACHES) expect(before[name]?.dims).toEqual(dims)
      await decode.push(noise.subarray(0, samplesOf(0.5)))
      // 49 frames are final, behind 9 of zeros: windows of 25 end at 25, 41 and 57.
      expect(decode.states['cache_last_channel_len']?.data).toEqual(BigInt64Array.of(3n))
      for (const { name } of NEMO_CACHES) expect(decode.states[name]?.data).not.toEqual(before[name]?.data)
    }
  })
})

describe('a model of many languages', () => {
  const prompts = { 'en-US': 0, 'en-GB': 1, 'de-DE': 9, ja: 11, auto: 101 }
  const tagged = { ...TOY, prompts, pieces: [...PIECES, '<de-DE>', '<en-US>'] }
  const heard = async (wishes: Wishes): Promise<{ number: number; text: string; language: string }> => {
    await using model = await load(streamingNemo(tagged), wishes)
    const run = vi.spyOn(Graph.prototype, 'run')
    const { text } = await model.transcribe(noise)
    const numbers = run.mock.calls.flatMap(([{ prompt_index: prompt }]) =>
      Array.from(prompt?.data ?? [], Number),
    )
    run.mockRestore()
    expect(new Set(numbers).size).toBe(1)
    return { number: numbers[0] ?? -1, text, language: model.info.language }
  }

  it('is told the one that is wished for, the first of its regions, or to find it', async () => {
    const [auto, german, english, japanese] = [
      await heard({}),
      await heard({ language: 'de' }),
      await heard({ language: 'en' }),
      await heard({ language: 'ja' }),
    ]
    expect([auto.number, german.number, english.number, japanese.number]).toEqual([101, 9, 0, 11])
    expect([auto.language, german.language]).toEqual(['multi', 'de'])
    expect(new Set([auto.text, german.text, english.text, japanese.text]).size).toBe(4)
  })

  it('does not write the tags of languages', async () => {
    const { text } = await heard({})
    expect(text.length).toBeGreaterThan(0)
    expect(text).not.toContain('<')
  })

  it('says the same of pieces of any length as of the whole', async () => {
    await using model = await load(streamingNemo(tagged), { language: 'de' })
    const whole = await model.transcribe(noise)
    for (const length of [97, 4000]) expect(await inPieces(model, noise, length)).toEqual(whole)
  })

  it.each([
    ['a language that it does not know', 'model-unsupported', streamingNemo(tagged), { language: 'pl' }],
    [
      'a damaged dictionary',
      'model-corrupt',
      streamingNemo({ ...tagged, prompts: { auto: 101, de: -1 } }),
      { language: 'de' },
    ],
  ])('with %s is refused, naming a file in it', async (_what, code, files, wishes) => {
    const refused: unknown = await load(files, wishes).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code, file: expect.stringContaining(folder) as string })
  })
})

describe('a cache-aware folder', () => {
  it('is not taken for an offline one', async () => {
    await writeFiles(folder, streamingNemo(TOY))
    const listing = await listFolder(folder)
    expect(await PARAKEET.recognise(listing)).toEqual({ kind: 'other' })
    expect(await FAMILY.recognise(listing)).toMatchObject({ kind: 'fits' })
  })

  it.each([
    [
      'features normalised over the utterance',
      'model-unsupported',
      streamingNemo({ ...TOY, normalise: 'per_feature' }),
    ],
    [
      'a token list of another model',
      'model-mismatch',
      { ...streamingNemo(TOY), 'tokens.txt': 'a 0\n<blk> 1\n' },
    ],
    ['a damaged encoder', 'model-corrupt', { ...streamingNemo(TOY), 'encoder.onnx': new Uint8Array(64) }],
  ])('with %s is refused, naming a file in it', async (_what, code, files) => {
    const refused: unknown = await load(files).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code, file: expect.stringContaining(folder) as string })
  })
})
