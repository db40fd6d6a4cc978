import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { recogniseFolder } from '../../../../src/engine/models/load.ts'
import { estimateBytes } from '../../../../src/engine/models/memory.ts'
import { FAMILY } from '../../../../src/engine/models/nemo-ctc.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { onnxAsrCtc, sherpaCtc, type NemoCtcToy } from '../../../onnx/nemo-ctc.ts'
import { writeFiles, type Files } from '../../../onnx/nemo.ts'
import { babble } from '../../../onnx/random.ts'
import { senseVoiceFiles } from '../../../onnx/sense-voice.ts'
import { loadFamily } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const TOY: NemoCtcToy = {
  seed: 3,
  pieces: ['<unk>', ...Array.from('abcdeйцу'), ...Array.from('abcdeйц', (letter) => `▁${letter}`)],
  bands: 80,
  blankBias: 1,
}
const noise = babble(8, samplesOf(3))

let folder: string
inOwnFolder((made) => {
  folder = made
})

async function load(files: Files, wishes: Wishes = {}): ReturnType<typeof FAMILY.load> {
  await writeFiles(folder, files)
  return await loadFamily(FAMILY, folder, wishes)
}

async function textOf(files: Files, wishes: Wishes = {}): Promise<string> {
  rmSync(folder, { recursive: true })
  await using model = await load(files, wishes)
  return (await model.transcribe(noise)).text
}

describe('a NeMo CTC folder', () => {
  it('says the same in the layout of onnx-asr and of sherpa-onnx, quantised in name or not', async () => {
    const one = await textOf(onnxAsrCtc(TOY))
    expect(one.length).toBeGreaterThan(10)
    expect(await textOf(sherpaCtc(TOY))).toBe(one)
    const { 'model.onnx': graph = '', ...rest } = sherpaCtc(TOY)
    expect(await textOf({ ...rest, 'model.int8.onnx': graph })).toBe(one)
  })

  it('has words with times inside the audio, and none for no audio', async () => {
    await using model = await load(sherpaCtc(TOY))
    const { words, text } = await model.transcribe(noise)
    expect(words.map((word) => word.text).join(' ')).toBe(text)
    // Steps of 80 ms; the last may reach beyond the end.
    for (const { start, end } of words) expect(start >= 0 && start < end && end < 3.08).toBe(true)
    expect(words.at(-1)?.end).toBeGreaterThan(2)
    expect(await model.transcribe(new Float32Array(100))).toEqual({ text: '', words: [] })
  })

  it('favours the vocabulary and says what fired', async () => {
    const count = (said: string): number => said.split(' ').filter((word) => word === 'b').length
    const plain = count(await textOf(sherpaCtc(TOY)))
    rmSync(folder, { recursive: true })
    await using model = await load(sherpaCtc(TOY), { vocabulary: ['b', 'zz'] })
    const { text, fired = [] } = await model.transcribe(noise)
    expect(fired).toEqual(Array.from({ length: count(text) }, () => 'b'))
    expect(count(text)).toBeGreaterThan(plain)
  })

  it('of several scripts keeps to the language that is wished for', async () => {
    const free = await textOf(sherpaCtc(TOY))
    const english = await textOf(sherpaCtc(TOY), { language: 'en' })
    const russian = await textOf(sherpaCtc(TOY), { language: 'ru', vocabulary: ['цй'] })
    expect([/\p{Script=Cyrillic}/u.test(free), /\p{Script=Latin}/u.test(free)]).toEqual([true, true])
    expect([/\p{Script=Cyrillic}/u.test(english), /\p{Script=Latin}/u.test(russian)]).toEqual([false, false])
    expect([english.length, russian.length].every((length) => length > 0)).toBe(true)
  })

  it.each([
    ['onnx-asr', onnxAsrCtc(TOY), 'nemo-ctc'],
    ['sherpa-onnx', sherpaCtc(TOY), 'nemo-ctc'],
    ['SenseVoice', senseVoiceFiles({ seed: 1, pieces: ['a'] }), 'sense-voice'],
  ])('of %s is told from the others, and says what memory it takes', async (_what, files, name) => {
    await writeFiles(folder, files)
    const listing = await listFolder(folder)
    const { family, fitting } = await recogniseFolder(listing)
    expect([family.name, fitting.graphs]).toEqual([name, ['model.onnx']])
    expect(estimateBytes(listing, fitting)).toBeGreaterThan(2 ** 28)
  })

  it.each([
    [
      'without its token list',
      'model-missing',
      'tokens.txt',
      { 'model.onnx': sherpaCtc(TOY)['model.onnx'] ?? '' },
    ],
    [
      'without the list its settings promise',
      'model-missing',
      'vocab.txt',
      { ...sherpaCtc(TOY), 'config.json': '{"model_type":"nemo-conformer-ctc"}' },
    ],
    ['that streams', 'model-unsupported', 'model.onnx', sherpaCtc({ ...TOY, window: 57 })],
    [
      'with a token list of another model',
      'model-mismatch',
      'model.onnx',
      { ...sherpaCtc(TOY), 'tokens.txt': 'a 0\n<blk> 1\n' },
    ],
    [
      'with a token list without a blank',
      'model-corrupt',
      'vocab.txt',
      { ...onnxAsrCtc(TOY), 'vocab.txt': 'a 0\nb 1\n' },
    ],
    [
      'with another normalisation',
      'model-unsupported',
      'model.onnx',
      sherpaCtc({ ...TOY, normalise: 'fixed' }),
    ],
    [
      'with a damaged graph',
      'model-corrupt',
      'model.onnx',
      { ...sherpaCtc(TOY), 'model.onnx': new Uint8Array(64) },
    ],
  ])('%s is refused, naming the file', async (_what, code, name, files: Files) => {
    const refused: unknown = await load(files).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code, file: join(folder, name) })
  })
})
