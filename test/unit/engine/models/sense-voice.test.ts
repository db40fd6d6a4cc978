import { describe, expect, it } from 'vitest'
import { lowFrameRate, scaleBands } from '../../../../src/engine/features/low-frame-rate.ts'
import type { FrameMajor } from '../../../../src/engine/features/matrix.ts'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { FAMILY } from '../../../../src/engine/models/sense-voice.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import { writeFiles, type Files } from '../../../onnx/nemo.ts'
import { babble } from '../../../onnx/random.ts'
import { senseVoiceFiles, type SenseVoiceToy } from '../../../onnx/sense-voice.ts'
import { loadFamily } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const TOY: SenseVoiceToy = {
  seed: 3,
  pieces: [...Array.from('语音識別abcd'), '▁a', '▁b', '▁c'],
  blankBias: 1,
}
const noise = babble(8, samplesOf(2))

let folder: string
inOwnFolder((made) => {
  folder = made
})

async function load(files: Files, wishes: Wishes = {}): ReturnType<typeof FAMILY.load> {
  await writeFiles(folder, files)
  return await loadFamily(FAMILY, folder, wishes)
}

describe('a SenseVoice folder', () => {
  it('says words, and the language it heard', async () => {
    await using model = await load(senseVoiceFiles(TOY))
    const { text, words, language } = await model.transcribe(noise)
    expect(text.length).toBeGreaterThan(5)
    expect(text).not.toContain('<|')
    expect(language).toBe('en')
    for (const { start, end } of words) expect(start >= 0 && start < end && end <= 2).toBe(true)
  })

  it('is told the language that is wished for, if it is one of its five', async () => {
    const heard = async (language: string): Promise<unknown> => {
      await using model = await load(senseVoiceFiles(TOY), { language })
      return [model.info.language, (await model.transcribe(noise)).language]
    }
    expect(await heard('yue')).toEqual(['yue', 'yue'])
    expect(await heard('ja')).toEqual(['ja', 'ja'])
    expect(await heard('fr')).toEqual(['multi', 'en'])
  })

  it('favours the vocabulary and says what fired', async () => {
    const plain = await (await load(senseVoiceFiles(TOY))).transcribe(noise)
    await using model = await load(senseVoiceFiles(TOY), { vocabulary: ['a', 'zz'] })
    const { text, fired = [] } = await model.transcribe(noise)
    const count = (said: string): number => said.split(' ').filter((word) => word === 'a').length
    expect(fired).toEqual(Array.from({ length: count(text) }, () => 'a'))
    expect(count(text)).toBeGreaterThan(0)
    expect(count(text)).toBeGreaterThanOrEqual(count(plain.text))
  })

  it('has nothing to say to less than one frame', async () => {
    await using model = await load(senseVoiceFiles(TOY))
    expect(await model.transcribe(new Float32Array(300))).toEqual({ text: '', words: [] })
  })

  it.each([
    ['a token list of another model', 'model-mismatch', { 'tokens.txt': '<blank> 0\na 1\n' }],
    [
      'a graph that is cut short',
      'model-corrupt',
      { 'model.onnx': senseVoiceFiles(TOY)['model.onnx']?.slice(0, 5000) ?? '' },
    ],
  ])('with %s is refused, naming a file in it', async (_what, code, change) => {
    const refused: unknown = await load({ ...senseVoiceFiles(TOY), ...change }).catch(
      (error: unknown) => error,
    )
    expect(refused).toMatchObject({ code, file: expect.stringContaining(folder) as string })
  })
})

describe('the frames of a low frame rate', () => {
  const frames = (count: number): FrameMajor => ({
    layout: 'frame-major',
    data: Float32Array.from({ length: count }, (_, t) => t),
    frames: count,
    bands: 1,
  })
  const stacked = (count: number): number[][] => {
    const { data, frames: rows, bands } = lowFrameRate(frames(count), { window: 7, shift: 6 })
    return Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * bands, (row + 1) * bands)))
  }

  it('stand around every sixth frame, the edges repeated', () => {
    expect(stacked(0)).toEqual([])
    expect(stacked(1)).toEqual([[0, 0, 0, 0, 0, 0, 0]])
    expect(stacked(8)).toEqual([
      [0, 0, 0, 0, 1, 2, 3],
      [3, 4, 5, 6, 7, 7, 7],
    ])
    expect(stacked(13)).toHaveLength(3)
  })

  it('are moved and scaled band by band', () => {
    const two = { ...frames(4), frames: 2, bands: 2 }
    expect(Array.from(scaleBands(two, Float32Array.of(1, -1), Float32Array.of(2, 10)).data)).toEqual([
      2, 0, 6, 20,
    ])
  })
})
