import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { loadModel, recogniseFolder } from '../../../../src/engine/models/load.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'
import { sherpaTransducer, writeFiles } from '../../../onnx/nemo.ts'
import { ZOO } from '../../../onnx/zoo.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

/** One folder for each model of the zoo, made once. */
let zoo: string
beforeAll(async () => {
  zoo = mkdtempSync(join(tmpdir(), 'steno-test-'))
  for (const { name, make } of ZOO) await make(join(zoo, name))
}, 60_000)
afterAll(() => {
  rmSync(zoo, { recursive: true, force: true })
})

let folder: string
inOwnFolder((made) => {
  folder = made
})

const load = async (): ReturnType<typeof loadModel> =>
  await loadModel(await loadRuntime(), { folder, vad: '', threads: 1 })

describe('recogniseFolder', () => {
  it.each(ZOO.map(({ name }) => name))('knows %s, and opens graphs that are there', async (name) => {
    const listing = await listFolder(join(zoo, name))
    const { family, fitting } = await recogniseFolder(listing)
    expect(name.toLowerCase().replaceAll(' ', '-')).toContain(family.name.split('-')[0])
    expect(fitting.graphs.length).toBeGreaterThan(0)
    for (const graph of fitting.graphs) expect(listing.files.has(graph)).toBe(true)
  })
})

describe('loadModel', () => {
  it('names the folder that is not there', async () => {
    rmSync(folder, { recursive: true })
    await expect(load()).rejects.toMatchObject({ code: 'model-missing', file: folder })
  })

  it('says of an empty folder, and of one with files of something else, which file it looked for', async () => {
    const file = join(folder, 'config.json')
    await expect(load()).rejects.toMatchObject({ code: 'model-missing', file })
    writeFileSync(join(folder, 'photo.jpg'), 'no model')
    await expect(load()).rejects.toMatchObject({ code: 'model-missing', file })
  })

  it.each([
    ['a family of which nobody has heard', { model_type: 'wav2vec2' }, 'wav2vec2'],
    ['a family of its own that is none', { family: 'telepathy' }, 'telepathy'],
  ])('refuses %s, naming it and those it knows', async (_what, config, named) => {
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
    await expect(load()).rejects.toMatchObject({
      code: 'model-unsupported',
      file: join(folder, 'config.json'),
      message: expect.stringContaining(`“${named}”`) as string,
      hint: expect.stringContaining('whisper') as string,
    })
  })

  it('refuses settings that say of no family', async () => {
    writeFileSync(join(folder, 'config.json'), '{}')
    await expect(load()).rejects.toMatchObject({
      code: 'model-corrupt',
      file: join(folder, 'config.json'),
    })
  })

  it('refuses settings that are cut short, whatever lies beside them', async () => {
    await writeFiles(folder, { 'config.json': '{"model_type":', 'model.onnx': '' })
    await expect(load()).rejects.toMatchObject({
      code: 'model-corrupt',
      file: join(folder, 'config.json'),
    })
  })

  it.each([
    ['ends too soon', Buffer.from([0x3a, 0x7f, 1, 2, 3])],
    ['is a page of the network', Buffer.from('<!doctype html>')],
  ])('refuses a graph that %s before it reads anything else', async (_what, bytes) => {
    await writeFiles(folder, { 'config.json': '{"model_type":"whisper"}', 'tokenizer.json': 'damaged too' })
    mkdirSync(join(folder, 'onnx'))
    for (const graph of ['encoder_model', 'decoder_model_merged'])
      writeFileSync(join(folder, `onnx/${graph}.onnx`), bytes)
    await expect(load()).rejects.toMatchObject({
      code: 'model-corrupt',
      file: join(folder, 'onnx/encoder_model.onnx'),
    })
  })

  it('says what a folder lacks that is nearly of a family, rather than that it is of none', async () => {
    await writeFiles(folder, { 'config.json': '{"model_type":"whisper"}' })
    mkdirSync(join(folder, 'onnx'))
    writeFileSync(join(folder, 'onnx/encoder_model.onnx'), '')
    await expect(load()).rejects.toMatchObject({
      code: 'model-missing',
      file: join(folder, 'onnx/decoder_model_merged.onnx'),
    })
  })

  it('takes the model that is whole, where two lie in one folder', async () => {
    const toy = { seed: 3, pieces: ['<unk>', 'a', '▁b'], bands: 80, layers: 1, tdt: false } as const
    await writeFiles(folder, { ...sherpaTransducer(toy), 'config.json': '{"model_type":"whisper"}' })
    await using model = await load()
    expect(model.info.family).toBe('parakeet')
  })

  it('says what the first of two lacks, where neither is whole', async () => {
    const toy = { seed: 3, pieces: ['<unk>', 'a', '▁b'], bands: 80, layers: 1, tdt: false } as const
    await writeFiles(folder, { ...sherpaTransducer(toy), 'config.json': '{"model_type":"whisper"}' })
    unlinkSync(join(folder, 'tokens.txt'))
    await expect(load()).rejects.toMatchObject({
      code: 'model-missing',
      file: join(folder, 'onnx/encoder_model.onnx'),
    })
  })
})
