import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadModel } from '../../../../src/engine/models/load.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import { writeToyCtc, writeWrongShapeCtc } from '../../../onnx/ctc.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

let folder: string
inOwnFolder((made) => {
  folder = made
})

async function load(change: Record<string, unknown> = {}): ReturnType<typeof loadModel> {
  const file = join(folder, 'config.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...config, ...change }))
  return await loadModel(await loadRuntime(), { folder, vad: '', threads: 1 })
}

const noise = Float32Array.from({ length: samplesOf(2) }, (_, index) => Math.sin(index * index))

describe('a CTC model folder', () => {
  it('is loaded and decodes words whose times lie inside the audio', async () => {
    await writeToyCtc(folder)
    await using model = await load()
    const { text, words } = await model.transcribe(noise)
    expect(words.map((word) => word.text).join(' ')).toBe(text)
    for (const { start, end } of words)
      expect([start >= 0, start < end, end <= 2]).toEqual([true, true, true])
  })

  it('decodes with a beam, and with a language model beside it, when its settings say so', async () => {
    await writeToyCtc(folder)
    const arpa = [
      '\\data\\',
      'ngram 1=3',
      '',
      '\\1-grams:',
      '-1 <s> 0',
      '-1 </s>',
      '-1 a',
      '',
      '\\end\\',
      '',
    ].join('\n')
    writeFileSync(join(folder, 'lm.arpa'), arpa)
    await using plain = await load({ decoding: { beamWidth: 8 } })
    await using fused = await load({
      decoding: { beamWidth: 8, languageModel: 'lm.arpa', weight: 2, wordBonus: 0 },
    })
    await using lenient = await load({
      decoding: { beamWidth: 8, languageModel: 'lm.arpa', weight: 2, wordBonus: 0, unknownPenalty: 0 },
    })
    const [without, withModel] = [await plain.transcribe(noise), await fused.transcribe(noise)]
    expect(without.words.length).toBeGreaterThan(0)
    expect(withModel.text).not.toBe(without.text)
    expect((await lenient.transcribe(noise)).text).not.toBe(withModel.text)
  })

  it.each([
    ['a graph of another vocabulary', 'model-mismatch', {}, writeWrongShapeCtc],
    ['an unknown family', 'model-unsupported', { family: 'rnn' }, writeToyCtc],
    ['no family', 'model-corrupt', { family: undefined }, writeToyCtc],
    ['another sample rate', 'model-mismatch', { sampleRate: 8000 }, writeToyCtc],
    ['features Steno cannot compute', 'model-unsupported', { features: { type: 'mfcc' } }, writeToyCtc],
    ['a length that is no number', 'model-corrupt', { maxSeconds: 'long' }, writeToyCtc],
    ['segments too short for a sentence', 'model-mismatch', { maxSeconds: 0 }, writeToyCtc],
    ['decoding it does not understand', 'model-corrupt', { decoding: { beamWidth: 0 } }, writeToyCtc],
    [
      'a language model outside the folder',
      'model-corrupt',
      { decoding: { beamWidth: 4, languageModel: '../../x.arpa' } },
      writeToyCtc,
    ],
    [
      'a language model that is missing',
      'model-missing',
      { decoding: { beamWidth: 4, languageModel: 'x.arpa' } },
      writeToyCtc,
    ],
  ] as const)('with %s is refused, naming a file in it', async (_what, code, change, write) => {
    await write(folder)
    await expect(load(change)).rejects.toMatchObject({
      code,
      file: expect.stringContaining(folder) as string,
    })
  })

  it('with a token list that ends in the middle of a piece is refused, naming it', async () => {
    await writeToyCtc(folder)
    const file = join(folder, 'tokens.txt')
    truncateSync(file, statSync(file).size - 2)
    await expect(load()).rejects.toMatchObject({ code: 'model-corrupt', file })
  })
})
