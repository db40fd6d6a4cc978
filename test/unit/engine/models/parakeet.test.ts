import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { FAMILY } from '../../../../src/engine/models/parakeet.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import {
  onnxAsrTransducer,
  sherpaTransducer,
  writeFiles,
  type Files,
  type NemoToy,
} from '../../../onnx/nemo.ts'
import { babble } from '../../../onnx/random.ts'
import { loadFamily } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const PIECES = ['<unk>', ...Array.from('abcdefghij'), ...Array.from('abcdeжи', (letter) => `▁${letter}`)]
const TOY: NemoToy = { seed: 3, pieces: PIECES, bands: 128, layers: 2, tdt: true, blankBias: 2 }
const noise = babble(8, samplesOf(2))

let folder: string
inOwnFolder((made) => {
  folder = made
})

async function load(files: Files, wishes: Wishes = {}): ReturnType<typeof FAMILY.load> {
  await writeFiles(folder, files)
  return await loadFamily(FAMILY, folder, wishes)
}

async function textOf(files: Files, wishes: Wishes = {}): Promise<string> {
  await using model = await load(files, wishes)
  return (await model.transcribe(noise)).text
}

describe('a Parakeet folder', () => {
  it('says the same in the layout of onnx-asr and of sherpa-onnx', async () => {
    const one = await textOf(onnxAsrTransducer(TOY))
    rmSync(folder, { recursive: true })
    expect(one.length).toBeGreaterThan(5)
    expect(await textOf(sherpaTransducer(TOY))).toBe(one)
  })

  it.each([
    ['onnx-asr', onnxAsrTransducer(TOY), ['encoder-model.onnx', 'decoder_joint-model.onnx']],
    ['sherpa-onnx', sherpaTransducer(TOY), ['encoder.onnx', 'decoder.onnx', 'joiner.onnx']],
  ])('of %s is known by its files', async (_what, files, graphs) => {
    await writeFiles(folder, files)
    expect(await FAMILY.recognise(await listFolder(folder))).toMatchObject({ kind: 'fits', graphs })
  })

  it('without its token list is unfit, one without graphs is another', async () => {
    const { 'tokens.txt': _list, ...graphs } = sherpaTransducer(TOY)
    await writeFiles(folder, graphs)
    expect(await FAMILY.recognise(await listFolder(folder))).toMatchObject({
      kind: 'unfit',
      error: { code: 'model-missing', file: join(folder, 'tokens.txt') },
    })
    rmSync(join(folder, 'joiner.onnx'))
    expect(await FAMILY.recognise(await listFolder(folder))).toEqual({ kind: 'other' })
  })

  it.each([
    ['a token list of another model', 'model-mismatch', { 'tokens.txt': '<unk> 0\n<blk> 1\n' }],
    ['a token list without a blank', 'model-corrupt', { 'tokens.txt': 'a 0\nb 1\n' }],
    ['a decoder that is cut short', 'model-corrupt', { 'decoder.onnx': new Uint8Array(9) }],
    ['another normalisation', 'model-unsupported', sherpaTransducer({ ...TOY, normalise: 'fixed' })],
    [
      'a decoder that is none',
      'model-mismatch',
      { 'decoder.onnx': sherpaTransducer(TOY)['joiner.onnx'] ?? '' },
    ],
  ])('with %s is refused, naming a file in it', async (_what, code, change) => {
    const refused: unknown = await load({ ...sherpaTransducer(TOY), ...change }).catch(
      (error: unknown) => error,
    )
    expect(refused).toMatchObject({ code, file: expect.stringContaining(folder) as string })
  })

  it('has words with times inside the audio, and none for no audio', async () => {
    await using model = await load(sherpaTransducer(TOY))
    const { words, text } = await model.transcribe(noise)
    expect(words.map((word) => word.text).join(' ')).toBe(text)
    for (const { start, end } of words) expect(start < end && start >= 0).toBe(true)
    expect(await model.transcribe(new Float32Array(100))).toEqual({ text: '', words: [] })
  })

  it('of several scripts keeps to the language that is wished for', async () => {
    const free = await textOf(sherpaTransducer({ ...TOY, seed: 4 }))
    const english = await textOf(sherpaTransducer({ ...TOY, seed: 4 }), { language: 'en' })
    const russian = await textOf(sherpaTransducer({ ...TOY, seed: 4 }), { language: 'ru' })
    expect([/\p{Script=Cyrillic}/u.test(free), /\p{Script=Latin}/u.test(free)]).toEqual([true, true])
    expect([/\p{Script=Cyrillic}/u.test(english), /\p{Script=Latin}/u.test(russian)]).toEqual([false, false])
    expect([english.length, russian.length].every((length) => length > 0)).toBe(true)
  })

  it('says which entries of the vocabulary it found', async () => {
    const { fired = [], text } = await (
      await load(sherpaTransducer(TOY), { vocabulary: ['a b'] })
    ).transcribe(noise)
    expect(fired.length > 0).toBe(` ${text} `.includes(' a b '))
    expect(fired.every((entry) => entry === 'a b')).toBe(true)
  })
})
