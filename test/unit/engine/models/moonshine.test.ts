import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { FAMILY, mostTokens } from '../../../../src/engine/models/moonshine.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import { MOONSHINE_END, MOONSHINE_VOCABULARY, writeToyMoonshine } from '../../../onnx/moonshine.ts'
import type { Precision } from '../../../onnx/precision.ts'
import { babble } from '../../../onnx/random.ts'
import { loadFamily } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

let folder: string
inOwnFolder((made) => {
  folder = made
})

const load = (wishes: Wishes = {}): ReturnType<typeof FAMILY.load> => loadFamily(FAMILY, folder, wishes)

/** `▁w0`, `▁w1`, `w2`, `▁w3`, … */
const FIRST = 259
const [W0, W1, W2] = [FIRST, FIRST + 1, FIRST + 2]
const noise = babble(4, samplesOf(2))

describe('a Moonshine folder', () => {
  it('says what its decoder does, in words with times inside the audio', async () => {
    await writeToyMoonshine(folder, { script: [W0, W1, W2, MOONSHINE_END] })
    await using model = await load({ vocabulary: ['w1w2', 'w9'] })
    expect(model.info).toMatchObject({ family: 'moonshine', language: 'en', maxSeconds: 30 })
    const { text, words, fired, truncated } = await model.transcribe(noise)
    expect({ text, fired, truncated }).toEqual({ text: 'w0 w1w2', fired: ['w1w2'], truncated: undefined })
    expect(words.map((word) => word.text)).toEqual(['w0', 'w1w2'])
    expect(words[0]?.start).toBe(0)
    expect(words.at(-1)?.end).toBe(2)
  })

  it.each<Precision>(['q8', 'fp16', 'q4'])('says the same with weights of %s', async (precision) => {
    await writeToyMoonshine(folder, { script: [W0, W1, W2, MOONSHINE_END], precision })
    await using model = await load()
    expect((await model.transcribe(noise)).text).toBe('w0 w1w2')
  })

  it('gives masks to exports that want them', async () => {
    await writeToyMoonshine(folder, { script: [W0, W1, MOONSHINE_END], masked: true })
    await using model = await load()
    expect((await model.transcribe(noise)).text).toBe('w0 w1')
  })

  it('hears a moment as if silence followed, and says when it had to stop', async () => {
    const endless = Array.from({ length: 40 }, (_, index) => FIRST + 3 * index)
    await writeToyMoonshine(folder, { script: endless })
    await using model = await load()
    const { words, truncated } = await model.transcribe(noise.subarray(0, samplesOf(0.2)))
    expect(words).toHaveLength(mostTokens(0.2))
    expect(truncated).toBe(true)
  })

  it('stops where it goes round in circles, and says so', async () => {
    await writeToyMoonshine(folder, { script: new Array<number>(100).fill(W0) })
    await using model = await load()
    const { text, truncated } = await model.transcribe(babble(4, samplesOf(10)))
    expect({ text, truncated }).toEqual({ text: 'w0', truncated: true })
  })

  it('does not begin for one who has given up', async () => {
    await writeToyMoonshine(folder)
    await using model = await load()
    const given = AbortSignal.abort(new Error('given up'))
    await expect(model.transcribe(noise, given)).rejects.toThrow('given up')
  })

  it('without its decoder is refused, naming the file', async () => {
    await writeToyMoonshine(folder)
    unlinkSync(join(folder, 'onnx/decoder_model_merged.onnx'))
    await expect(load()).rejects.toMatchObject({
      code: 'model-missing',
      file: join(folder, 'onnx/decoder_model_merged.onnx'),
    })
  })

  it('with fewer tokens in its settings than in its list is refused, naming the list', async () => {
    await writeToyMoonshine(folder)
    change('config.json', { vocab_size: 100 })
    await expect(load()).rejects.toMatchObject({
      code: 'model-mismatch',
      file: join(folder, 'tokenizer.json'),
    })
  })

  it('with more tokens in its settings than its decoder knows fails, naming the decoder', async () => {
    await writeToyMoonshine(folder)
    change('config.json', { vocab_size: MOONSHINE_VOCABULARY + 1 })
    await using model = await load()
    await expect(model.transcribe(noise)).rejects.toMatchObject({
      code: 'model-mismatch',
      file: join(folder, 'onnx/decoder_model_merged.onnx'),
    })
  })
})

function change(name: string, fields: Record<string, unknown>): void {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...fields }))
}

describe('mostTokens', () => {
  it.each([
    [0, 8],
    [1, 8],
    [2, 13],
    [10, 65],
    [30, 194],
  ])('of %d s is %d', (seconds, tokens) => {
    expect(mostTokens(seconds)).toBe(tokens)
  })
})
