import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CatalogueModel } from '../../../src/models/catalogue.ts'
import { install, removeModel } from '../../../src/models/install.ts'
import { ModelStore } from '../../../src/models/store.ts'
import type { TransferWorld } from '../../../src/models/transfer.ts'
import { systemClock } from '../../../src/process/system-clock.ts'
import { FileServer, type Fault } from '../../fakes/file-server.ts'

const FILES = new Map(
  ['model.onnx', 'tokens.txt'].map((path, index) => [path, new Uint8Array(50_000 + index).fill(index + 1)]),
)
const WORLD: TransferWorld = {
  fetch,
  clock: systemClock,
  date: () => 0,
  tuning: { downloadStallMs: 5_000, downloadRetryMs: [0, 0], downloadWaitAtMostMs: 1_000 },
}

let store: ModelStore
let stack = new AsyncDisposableStack()

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'steno-store-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  store = new ModelStore(join(folder, 'models'))
})

afterEach(() => stack.disposeAsync())

function modelOf(hashes = true): CatalogueModel {
  const files = [...FILES].map(([path, bytes]) => ({
    path,
    bytes: bytes.length,
    ...(hashes ? { sha256: createHash('sha256').update(bytes).digest('hex') } : {}),
  }))
  return {
    ...{ name: 'some-model', title: 'Some model', family: 'ctc', languages: ['en'], licence: 'MIT' },
    ...{ repository: 'a/b', revision: 'main', speed: 'instant', goodFor: 'tests', files },
  }
}

async function serve(faults: readonly Fault[] = []): Promise<FileServer> {
  const files = new Map([...FILES].map(([path, bytes]) => [`/a/b/resolve/main/${path}`, bytes]))
  return stack.use(await FileServer.start(files, { faults }))
}

async function installed(faults: readonly Fault[] = [], hashes = true): Promise<FileServer> {
  const server = await serve(faults)
  await install(modelOf(hashes), store, WORLD, { base: server.base })
  return server
}

async function names(): Promise<string[]> {
  return (await readdir(store.folder)).filter((name) => name !== '.locks')
}

describe('a model', () => {
  it('gets its name when all of it has come, byte for byte', async () => {
    await installed()
    expect(await names()).toEqual(['some-model'])
    for (const [path, bytes] of FILES)
      expect(new Uint8Array(await readFile(join(store.pathOf('some-model'), path)))).toEqual(bytes)
    expect(await store.list()).toMatchObject([{ name: 'some-model', fault: undefined }])
    await expect(store.verify('some-model')).resolves.toBeUndefined()
  })

  it('is not there while a file of it is missing, and goes on later with what came', async () => {
    const refused: Fault = { kind: 'status', status: 403 }
    const server = await serve([{ kind: 'redirect' }, refused])
    await expect(install(modelOf(), store, WORLD, { base: server.base })).rejects.toMatchObject({
      code: 'download-failed',
    })
    expect(await store.list()).toEqual([])
    expect((await store.parts()).get('some-model')).toBe(50_000)
    await install(modelOf(), store, WORLD, { base: server.base })
    expect(server.requests.filter((one) => one.includes('model.onnx'))).toHaveLength(1)
    expect(await names()).toEqual(['some-model'])
  })

  it('does not go on with what came of other files', async () => {
    const server = await serve([{ kind: 'redirect' }, { kind: 'status', status: 403 }])
    await expect(install(modelOf(), store, WORLD, { base: server.base })).rejects.toThrow()
    await install(modelOf(false), store, WORLD, { base: server.base })
    expect(server.requests.filter((one) => one.includes('model.onnx'))).toHaveLength(2)
  })

  it('whose files changed on the disk before all had come is not taken for whole', async () => {
    const server = await serve([{ kind: 'redirect' }, { kind: 'status', status: 403 }])
    await expect(install(modelOf(), store, WORLD, { base: server.base })).rejects.toThrow()
    await writeFile(join(store.partOf('some-model'), 'model.onnx'), new Uint8Array(50_000))
    await expect(install(modelOf(), store, WORLD, { base: server.base })).rejects.toMatchObject({
      code: 'model-corrupt',
    })
    expect(await store.list()).toEqual([])
    // What was at fault is fetched again.
    await install(modelOf(), store, WORLD, { base: server.base })
    await expect(store.verify('some-model')).resolves.toBeUndefined()
  })

  it('whose hashes nobody knew is held to those of its first download', async () => {
    await installed([], false)
    await writeFile(join(store.pathOf('some-model'), 'tokens.txt'), new Uint8Array(50_001))
    await expect(store.verify('some-model')).rejects.toMatchObject({
      code: 'model-corrupt',
      file: expect.stringContaining('tokens.txt') as string,
    })
  })

  it.each(['tokens.txt', 'steno-model.json'])(
    'without its %s is broken, and can be fetched again',
    async (file) => {
      const server = await installed()
      await rm(join(store.pathOf('some-model'), file))
      expect(await store.list()).toMatchObject([{ name: 'some-model', fault: { code: 'model-corrupt' } }])
      await install(modelOf(), store, WORLD, { base: server.base })
      expect(await store.list()).toMatchObject([{ name: 'some-model', fault: undefined }])
      expect(await names()).toEqual(['some-model'])
    },
  )

  it('is removed with what has come of it', async () => {
    await installed()
    await mkdir(store.partOf('some-model'))
    await removeModel(store, 'some-model')
    expect(await names()).toEqual([])
  })

  it('is worked on by one at a time', async () => {
    const server = await serve()
    using _lock = new ModelStore(store.folder).lock('some-model')
    await expect(install(modelOf(), store, WORLD, { base: server.base })).rejects.toMatchObject({
      code: 'model-busy',
    })
    await expect(removeModel(store, 'some-model')).rejects.toMatchObject({ code: 'model-busy' })
    expect(server.requests).toEqual([])
  })
})

describe('the clean-up at the start', () => {
  it('takes what was half deleted and half copied, and leaves downloads', async () => {
    await installed()
    for (const name of ['.gone-old~1', '.import-new', '.part-other']) await mkdir(join(store.folder, name))
    await store.cleanUp()
    expect(await names()).toEqual(['.part-other', 'some-model'])
  })

  it('leaves what another Steno works on', async () => {
    await mkdir(join(store.folder, '.import-new'), { recursive: true })
    {
      using _lock = store.lock('new')
      await store.cleanUp()
    }
    expect(existsSync(join(store.folder, '.import-new'))).toBe(true)
  })

  it('has nothing to do where there is no folder', async () => {
    await store.cleanUp()
    expect(await store.list()).toEqual([])
    expect(await store.parts()).toEqual(new Map())
  })
})
