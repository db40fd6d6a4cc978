import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { TransducerStream } from '../../../../src/engine/models/transducer-stream.ts'
import { FAMILY } from '../../../../src/engine/models/zipformer.ts'
import type { StreamingModel } from '../../../../src/engine/model.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import { sherpaTransducer, writeFiles, type Files } from '../../../onnx/nemo.ts'
import { babble } from '../../../onnx/random.ts'
import { statesOf, zipformerFiles, type ZipformerToy } from '../../../onnx/zipformer.ts'
import { inPieces, loadStreaming } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const PIECES = [
  '<blk>',
  '<sos/eos>',
  '<unk>',
  ...Array.from('ABCDEFGH'),
  ...Array.from('ABCD', (letter) => `▁${letter}`),
]
const TOY: ZipformerToy = { seed: 2, generation: 2, pieces: PIECES, blankBias: 1 }
const noise = babble(8, samplesOf(2))

let folder: string
inOwnFolder((made) => {
  folder = made
})

async function load(files: Files, wishes: Wishes = {}): Promise<StreamingModel> {
  await writeFiles(folder, files)
  return await loadStreaming(FAMILY, folder, wishes)
}

describe.each([1, 2] as const)('a streaming Zipformer of generation %i', (generation) => {
  it('says the same of pieces of any length as of the whole', async () => {
    await using model = await load(zipformerFiles({ ...TOY, generation }))
    const whole = await model.transcribe(noise)
    expect(whole.words.length).toBeGreaterThan(2)
    for (const length of [37, 160, 512, 1600, 5120, 8000, 20_000])
      expect(await inPieces(model, noise, length)).toEqual(whole)
  })

  it('only ever adds to its text, and its words lie within the audio', async () => {
    await using model = await load(zipformerFiles({ ...TOY, generation }))
    const decode = model.open()
    let text = ''
    for (let at = 0; at < noise.length; at += 1600) {
      const next = (await decode.push(noise.subarray(at, at + 1600))).text
      expect(next.startsWith(text)).toBe(true)
      text = next
    }
    const { words } = await decode.finish()
    expect(words.every(({ start, end }) => start >= 0 && start < end)).toBe(true)
  })

  it('carries every state to the next window', async () => {
    await using model = await load(zipformerFiles({ ...TOY, generation }))
    const decode = model.open()
    if (!(decode instanceof TransducerStream)) throw new Error('it has no states')
    const before = decode.states
    expect(Object.keys(before)).toEqual(statesOf({ ...TOY, generation }).map(({ name }) => name))
    for (const { name, dims } of statesOf({ ...TOY, generation })) expect(before[name]?.dims).toEqual(dims)
    await decode.push(noise.subarray(0, samplesOf(1.2)))
    // Three windows of 45 frames, 32 apart.
    const counter = decode.states[generation === 2 ? 'processed_lens' : 'cached_len_1']
    expect(counter?.data).toEqual(BigInt64Array.from(generation === 2 ? [3n] : [3n, 3n]))
    for (const name of Object.keys(before)) expect(decode.states[name]?.data).not.toEqual(before[name]?.data)
  })
})

describe('a Zipformer folder', () => {
  it('is not one of NeMo’s', async () => {
    await writeFiles(folder, sherpaTransducer({ seed: 1, pieces: PIECES, bands: 80, layers: 1, tdt: false }))
    expect(await FAMILY.recognise(await listFolder(folder))).toEqual({ kind: 'other' })
  })

  it('without its token list is unfit', async () => {
    const { 'tokens.txt': _list, ...graphs } = zipformerFiles(TOY)
    await expect(load(graphs)).rejects.toMatchObject({
      code: 'model-missing',
      file: join(folder, 'tokens.txt'),
    })
  })

  it.each([
    ['a token list of another model', 'model-mismatch', 'tokens.txt', '<blk> 0\nA 1\n'],
    ['a damaged joiner', 'model-corrupt', 'joiner-epoch-99-avg-1.onnx', new Uint8Array(3)],
    [
      'a decoder that is none',
      'model-mismatch',
      'decoder-epoch-99-avg-1.onnx',
      zipformerFiles(TOY)['joiner-epoch-99-avg-1.onnx'] ?? '',
    ],
  ])('with %s is refused, naming a file in it', async (_what, code, name, content) => {
    const refused: unknown = await load({ ...zipformerFiles(TOY), [name]: content }).catch(
      (error: unknown) => error,
    )
    expect(refused).toMatchObject({ code, file: expect.stringContaining(folder) as string })
  })
})
