import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Graph } from '../../../../src/engine/graph.ts'
import { readCanaryVocabulary } from '../../../../src/engine/models/canary-prompt.ts'
import { FAMILY } from '../../../../src/engine/models/canary.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { recogniseFolder } from '../../../../src/engine/models/load.ts'
import { estimateBytes } from '../../../../src/engine/models/memory.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { onnxAsrCanary, sherpaCanary, type CanaryToy } from '../../../onnx/canary.ts'
import { sherpaTransducer, writeFiles, type Files } from '../../../onnx/nemo.ts'
import { babble } from '../../../onnx/random.ts'
import { loadFamily } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const TOY: CanaryToy = {
  seed: 2,
  pieces: ['▁', ...Array.from('abcdef'), ...Array.from('abcdef', (a) => `▁${a}`)],
}
const LONGER = { ...TOY, pieces: [...TOY.pieces, ...Array.from('ghijklmnop')] }
const noise = babble(8, samplesOf(3))

let folder: string
inOwnFolder((made) => {
  folder = made
})
afterEach(() => {
  vi.restoreAllMocks()
})

async function load(files: Files, wishes: Wishes = {}): ReturnType<typeof FAMILY.load> {
  await writeFiles(folder, files)
  return await loadFamily(FAMILY, folder, wishes)
}

async function said(files: Files, wishes: Wishes = {}): Promise<{ text: string; language: string }> {
  rmSync(folder, { recursive: true })
  await using model = await load(files, wishes)
  return { text: (await model.transcribe(noise)).text, language: model.info.language }
}

function withoutLastLine(list: string | Uint8Array): string {
  return String(list).split('\n').slice(0, -2).join('\n')
}

describe('a Canary folder', () => {
  it('says the same in the layout of onnx-asr and of sherpa-onnx', async () => {
    for (const wishes of [{}, { language: 'de' }, { language: 'fr', translate: true }]) {
      const one = await said(onnxAsrCanary(TOY), wishes)
      expect(one.text.length).toBeGreaterThan(10)
      expect(await said(sherpaCanary(TOY), wishes)).toEqual(one)
    }
  })

  it.each([
    [{}, 'en', '<|en|> <|en|>'],
    [{ language: 'de' }, 'de', '<|de|> <|de|>'],
    [{ language: 'es', translate: true }, 'en', '<|es|> <|en|>'],
  ])('asked for %j writes %s', async (wishes, language, pair) => {
    await using model = await load(onnxAsrCanary(TOY), wishes)
    const run = vi.spyOn(Graph.prototype, 'run')
    await model.transcribe(noise)
    const ids = run.mock.calls.flatMap(([{ input_ids: read }]) =>
      read === undefined ? [] : [Array.from(read.data, Number)],
    )
    const vocabulary = await readCanaryVocabulary(join(folder, 'vocab.txt'))
    const begin = '▁ <|startofcontext|> <|startoftranscript|> <|emo:undefined|>'
    const prompt = `${begin} ${pair} <|pnc|> <|noitn|> <|notimestamp|> <|nodiarize|>`
    expect(ids[0]).toEqual(prompt.split(' ').map((piece) => vocabulary.id(piece)))
    // What it has read it keeps.
    expect(ids.slice(1).every(({ length }) => length === 1)).toBe(true)
    expect(model.info.language).toBe(language)
  })

  it('counts positions on behind the prompt', async () => {
    await using model = await load(sherpaCanary(TOY))
    const run = vi.spyOn(Graph.prototype, 'run')
    await model.transcribe(noise)
    const positions = run.mock.calls.flatMap(([{ decoder_input_ids: read }]) =>
      read === undefined ? [] : [Number(read.data[1])],
    )
    expect(positions.length).toBeGreaterThan(20)
    expect(positions).toEqual(Array.from(positions.keys()))
  })

  it('does not lose a segment to an end that is ahead by chance', async () => {
    // So much that the end is the best token from the start on, but no more than that.
    const near = await said(onnxAsrCanary({ ...TOY, endsAt: 0, endBias: -115 }))
    const far = await said(onnxAsrCanary({ ...TOY, endsAt: 0, endBias: 200 }))
    expect(near.text.length).toBeGreaterThan(0)
    expect(far.text).toBe('')
  })

  it('has words inside the audio, what fired of the vocabulary, and nothing for no audio', async () => {
    await using model = await load(sherpaCanary(TOY), { vocabulary: ['a', 'zz'] })
    const { words, text, fired = [] } = await model.transcribe(noise)
    expect(words.map((word) => word.text).join(' ')).toBe(text)
    expect(words[0]?.start).toBe(0)
    expect(words.at(-1)?.end).toBeCloseTo(3)
    expect(fired.includes('a')).toBe(` ${text} `.includes(' a '))
    expect(await model.transcribe(new Float32Array(100))).toEqual({ text: '', words: [] })
  })

  it('may have pieces in common between its languages', async () => {
    const twice = { ...TOY, pieces: [...TOY.pieces, 'a', '▁a', 'b'] }
    expect((await said(onnxAsrCanary(twice))).text.length).toBeGreaterThan(0)
  })

  it.each([
    ['onnx-asr', onnxAsrCanary(TOY), ['encoder-model.onnx', 'decoder-model.onnx']],
    ['sherpa-onnx', sherpaCanary(TOY), ['encoder.onnx', 'decoder.onnx']],
  ])('of %s is told from a transducer, and says what memory it takes', async (_what, files, graphs) => {
    await writeFiles(folder, files)
    const listing = await listFolder(folder)
    const { family, fitting } = await recogniseFolder(listing)
    expect([family.name, fitting.graphs]).toEqual(['canary', graphs])
    expect(estimateBytes(listing, fitting)).toBeGreaterThan(2 ** 28)
    const other = sherpaTransducer({ seed: 1, pieces: ['a'], bands: 80, layers: 1, tdt: false })
    rmSync(folder, { recursive: true })
    await writeFiles(folder, other)
    expect(await FAMILY.recognise(await listFolder(folder))).toEqual({ kind: 'other' })
  })

  const { 'tokens.txt': _tokens, ...listless } = sherpaCanary(TOY)
  it.each([
    ['without its token list', 'model-missing', 'tokens.txt', listless, {}],
    [
      'with a token list without controls',
      'model-corrupt',
      'tokens.txt',
      { ...listless, 'tokens.txt': 'a 0\n<|en|> 1\n' },
      {},
    ],
    [
      'of more tokens than are listed',
      'model-mismatch',
      'decoder-model.onnx',
      { ...onnxAsrCanary(LONGER), 'vocab.txt': onnxAsrCanary(TOY)['vocab.txt'] ?? '' },
      {},
    ],
    [
      'with a list that lost its last line',
      'model-mismatch',
      'tokens.txt',
      { ...sherpaCanary(TOY), 'tokens.txt': withoutLastLine(sherpaCanary(TOY)['tokens.txt'] ?? '') },
      {},
    ],
    [
      'with graphs that changed places',
      'model-mismatch',
      'encoder-model.onnx',
      { ...onnxAsrCanary(TOY), 'encoder-model.onnx': onnxAsrCanary(TOY)['decoder-model.onnx'] ?? '' },
      {},
    ],
    [
      'with a damaged decoder',
      'model-corrupt',
      'decoder-model.onnx',
      { ...onnxAsrCanary(TOY), 'decoder-model.onnx': new Uint8Array(64) },
      {},
    ],
    [
      'asked for a language it does not know',
      'model-unsupported',
      '',
      onnxAsrCanary(TOY),
      { language: 'pl' },
    ],
  ])('%s is refused, naming the file', async (_what, code, name, files: Files, wishes: Wishes) => {
    const refused: unknown = await load(files, wishes).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code, file: name === '' ? folder : join(folder, name) })
  })
})
