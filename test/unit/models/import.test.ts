import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importModel, type Recognise } from '../../../src/models/import.ts'
import { ModelStore } from '../../../src/models/store.ts'
import { StenoError } from '../../../src/shared/errors.ts'
import { tarOf, zipOf, type Packed } from '../../fakes/archives.ts'

const WEIGHTS = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251)
const MODEL: readonly Packed[] = [
  { name: 'my-model/config.json', bytes: Buffer.from('{}') },
  { name: 'my-model/onnx/model.onnx', bytes: WEIGHTS },
]
/** A model is what has a config.json. */
const recognise: Recognise = (folder) =>
  existsSync(join(folder, 'config.json'))
    ? Promise.resolve({ id: 'x', family: 'fake', language: 'de', maxSeconds: 20 })
    : Promise.reject(new StenoError('model-missing', `There is no config.json: ${folder}`))

let folder = ''
let store: ModelStore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steno-import-'))
  store = new ModelStore(join(folder, 'models'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function written(name: string, bytes: Uint8Array): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return join(folder, name)
}

async function left(): Promise<string[]> {
  return (await readdir(store.folder)).filter((name) => name !== '.locks')
}

describe('a model is imported', () => {
  it.each([
    ['My Model.tar', tarOf(MODEL)],
    ['My Model.tar.gz', gzipSync(tarOf(MODEL))],
    ['My Model.tgz', gzipSync(tarOf(MODEL))],
    ['My Model.zip', zipOf(MODEL)],
  ])('from %s', async (name, bytes) => {
    expect(await importModel(await written(name, bytes), store, recognise)).toBe('my-model')
    expect(new Uint8Array(await readFile(join(store.pathOf('my-model'), 'onnx/model.onnx')))).toEqual(WEIGHTS)
    expect(await store.list()).toMatchObject([
      { fault: undefined, card: { family: 'fake', languages: ['de'], origin: 'imported' } },
    ])
    expect(await left()).toEqual(['my-model'])
  })

  it('from a folder, without the links in it, under a name that is free', async () => {
    const source = join(folder, 'model')
    await mkdir(source)
    await writeFile(join(source, 'config.json'), '{}')
    await symlink('/etc/passwd', join(source, 'link'))
    expect(await importModel(source, store, recognise, { taken: ['model'] })).toBe('model-2')
    expect(await importModel(source, store, recognise, { taken: ['model'] })).toBe('model-3')
    expect((await readdir(store.pathOf('model-2'))).sort()).toEqual(['config.json', 'steno-model.json'])
  })

  it('with a name in it that is longer than a header holds', async () => {
    const name = `${'a'.repeat(60)}/${'b'.repeat(60)}.onnx`
    const source = await written(
      'long.tar',
      tarOf([
        { name: 'config.json', bytes: WEIGHTS },
        { name, bytes: WEIGHTS },
      ]),
    )
    await importModel(source, store, recognise)
    expect(existsSync(join(store.pathOf('long'), name))).toBe(true)
  })
})

describe('nothing stays of', () => {
  const escape: Packed[] = [{ name: '../../escaped', bytes: WEIGHTS }]
  const inside: Packed = { name: 'config.json', bytes: WEIGHTS }
  it.each<[string, string, Uint8Array, string]>([
    ['a folder that is no model', 'a.tar', tarOf([{ name: 'a.txt', bytes: WEIGHTS }]), 'model-missing'],
    ['a tar with a way out', 'a.tar', tarOf(escape), 'model-unsupported'],
    ['a zip with a way out', 'a.zip', zipOf(escape), 'model-unsupported'],
    [
      'a tar with an absolute name',
      'a.tar',
      tarOf([{ name: '/tmp/x', bytes: WEIGHTS }]),
      'model-unsupported',
    ],
    ['a tar that was cut', 'a.tar', tarOf([inside]).subarray(0, 30_000), 'model-corrupt'],
    ['a tar.gz that was cut', 'a.tar.gz', gzipSync(tarOf([inside])).subarray(0, 200), 'model-unsupported'],
    ['a zip that was cut', 'a.zip', zipOf([inside]).subarray(0, 300), 'model-unsupported'],
    ['a zip that holds more than it says', 'a.zip', zipOf([{ ...inside, size: 10 }]), 'model-unsupported'],
    [
      'a tar that says it is larger than the disk',
      'a.tar',
      tarOf([{ ...inside, size: 8e9 }]),
      'disk-full|model-corrupt',
    ],
    [
      'a zip that says it is larger than the disk',
      'a.zip',
      zipOf([{ ...inside, size: 0xf0000000 }]),
      'disk-full|model-unsupported',
    ],
    [
      'an archive of very many files',
      'a.tar',
      tarOf(Array.from({ length: 501 }, (_, i) => ({ name: `f${i}`, bytes: new Uint8Array(1) }))),
      'model-unsupported',
    ],
    ['an archive with nothing in it', 'a.tar', tarOf([]), 'model-unsupported'],
    ['a kind of archive that is not read', 'a.tar.bz2', WEIGHTS, 'model-unsupported'],
    ['a file in which twice the same lies', 'a.tar', tarOf([inside, inside]), 'model-unsupported'],
  ])('%s', async (_, name, bytes, codes) => {
    const source = await written(name, bytes)
    const failed = await importModel(source, store, recognise).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failed).toBeInstanceOf(StenoError)
    expect(codes.split('|')).toContain((failed as StenoError).code)
    expect(await left()).toEqual([])
    expect(existsSync(join(folder, '..', 'escaped'))).toBe(false)
    expect(existsSync(join(folder, 'escaped'))).toBe(false)
  })

  it('what is not there', async () => {
    await expect(importModel(join(folder, 'nothing'), store, recognise)).rejects.toMatchObject({
      code: 'file-missing',
    })
    expect(await left()).toEqual([])
  })

  it('a link to a file elsewhere', async () => {
    const link: Packed = { name: 'config.json', bytes: new Uint8Array(), type: '2' }
    const source = await written('a.tar', tarOf([link, { name: 'other', bytes: WEIGHTS }]))
    await expect(importModel(source, store, recognise)).rejects.toMatchObject({ code: 'model-missing' })
    expect(await left()).toEqual([])
  })
})
