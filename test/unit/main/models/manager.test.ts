import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelManager } from '../../../../src/main/models/manager.ts'
import type { CatalogueModel } from '../../../../src/models/catalogue.ts'
import { ModelStore } from '../../../../src/models/store.ts'
import { systemClock } from '../../../../src/process/system-clock.ts'
import { StenoError } from '../../../../src/shared/errors.ts'
import { silentLog } from '../../../../src/shared/log.ts'
import {
  BUILT_IN_MODEL,
  type ModelCard,
  type ModelName,
  type ModelRow,
} from '../../../../src/shared/models.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../../src/shared/settings.ts'
import { FileServer, type Fault } from '../../../fakes/file-server.ts'
import { until } from '../../../fakes/until.ts'

const WEIGHTS = new Uint8Array(300_000).fill(7)
const BUILT_IN: ModelCard = {
  ...{ name: BUILT_IN_MODEL, title: 'Basic English', family: 'ctc', languages: ['en'], licence: 'MIT' },
  ...{ bytes: 1, memoryBytes: 1, speed: 'instant', goodFor: '', pinned: true, origin: 'built-in' },
}

function modelNamed(name: ModelName): CatalogueModel {
  return {
    ...{ name, title: `Model ${name}`, family: 'ctc', languages: ['en'], licence: 'MIT' },
    ...{ repository: `a/${name}`, revision: 'main', speed: 'instant', goodFor: 'tests' },
    files: [{ path: 'model.onnx', bytes: WEIGHTS.length }],
  }
}

const CATALOGUE = ['first', 'second'].map(modelNamed)

let stack = new AsyncDisposableStack()
let folder = ''
let settings: Settings = DEFAULT_SETTINGS
let rows: readonly ModelRow[] = []
/** What was asked of the network. */
let asked: string[] = []

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  folder = await mkdtemp(join(tmpdir(), 'steno-manager-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  settings = DEFAULT_SETTINGS
  rows = []
  asked = []
})

afterEach(() => stack.disposeAsync())

async function manage(faults: readonly Fault[] = []): Promise<ModelManager> {
  const served = CATALOGUE.map(({ name }) => [`/a/${name}/resolve/main/model.onnx`, WEIGHTS] as const)
  const server = stack.use(await FileServer.start(new Map(served), { faults }))
  settings = { ...settings, modelMirror: server.base }
  const tuning = {
    downloadStallMs: 5_000,
    downloadRetryMs: [],
    downloadWaitAtMostMs: 0,
    downloadShownEveryMs: 0,
  }
  const manager = stack.use(
    new ModelManager({
      store: new ModelStore(folder),
      catalogue: CATALOGUE,
      builtIn: BUILT_IN,
      transfer: {
        fetch: (input, init) => {
          asked.push(input instanceof Request ? input.url : input.toString())
          return fetch(input, init)
        },
        clock: systemClock,
        date: () => 0,
        tuning,
      },
      recognise: () => Promise.resolve({ id: 'x', family: 'fake', language: 'en', maxSeconds: 20 }),
      machine: () => ({ cores: 4, memoryBytes: 8e9, starterSpeed: undefined }),
      settings: () => settings,
      publish: (now) => {
        rows = now
      },
      changed: () => undefined,
      log: silentLog,
    }),
  )
  await manager.open()
  return manager
}

function stateOf(name: ModelName): ModelRow['state']['kind'] | undefined {
  return rows.find(({ card }) => card.name === name)?.state.kind
}

describe('models are downloaded', () => {
  it('several at once, and shown while they come', async () => {
    const manager = await manage()
    manager.download('first')
    manager.download('second')
    expect([stateOf('first'), stateOf('second')]).toEqual(['downloading', 'downloading'])
    await until(
      () => stateOf('first') === 'installed' && stateOf('second') === 'installed',
      'installed models',
    )
    expect(manager.isUsable('first')).toBe(true)
    expect(asked).toHaveLength(2)
  })

  it('on, from where a pause or the end of Steno left them', async () => {
    const manager = await manage([{ kind: 'silent', after: 100_000 }])
    manager.download('first')
    await until(
      () => rows.some(({ state }) => state.kind === 'downloading' && state.bytes === 100_000),
      'progress',
    )
    await manager.pause('first')
    expect(rows.find(({ card }) => card.name === 'first')?.state).toEqual({
      ...{ kind: 'paused', bytes: 100_000, total: WEIGHTS.length },
    })
    const next = await manage()
    expect(stateOf('first')).toBe('paused')
    next.download('first')
    await until(() => stateOf('first') === 'installed', 'installed model')
  })

  it('not any more once they are cancelled, and nothing of them stays', async () => {
    const manager = await manage([{ kind: 'silent', after: 100_000 }])
    manager.download('first')
    await until(() => rows.some(({ state }) => state.kind === 'downloading' && state.bytes > 0), 'progress')
    await manager.cancel('first')
    expect(stateOf('first')).toBe('absent')
    expect(await new ModelStore(folder).parts()).toEqual(new Map())
  })

  it('with the reason shown where that failed; asked again they go on', async () => {
    const manager = await manage([{ kind: 'status', status: 403 }])
    manager.download('first')
    await until(() => stateOf('first') === 'failed', 'failed model')
    manager.download('first')
    await until(() => stateOf('first') === 'installed', 'installed model')
  })
})

describe('a model on disk', () => {
  async function installed(): Promise<ModelManager> {
    const manager = await manage()
    manager.download('first')
    await until(() => stateOf('first') === 'installed', 'installed model')
    return manager
  }

  it('is verified, and broken when a byte is another', async () => {
    const manager = await installed()
    await manager.verify('first')
    expect(stateOf('first')).toBe('installed')
    await writeFile(join(folder, 'first/model.onnx'), new Uint8Array(WEIGHTS.length))
    await manager.verify('first')
    expect(stateOf('first')).toBe('broken')
    expect(manager.isUsable('first')).toBe(false)
  })

  it('that is broken can be downloaded again', async () => {
    const manager = await installed()
    await writeFile(join(folder, 'first/model.onnx'), new Uint8Array(WEIGHTS.length))
    await manager.verify('first')
    manager.download('first')
    await until(() => stateOf('first') === 'installed', 'installed model')
    await manager.verify('first')
    expect(stateOf('first')).toBe('installed')
  })

  it('is not removed while it is used, and says by what', async () => {
    const manager = await installed()
    settings = { ...settings, model: 'first', modelByLanguage: { de: 'first' } }
    await expect(manager.remove('first')).rejects.toMatchObject({
      code: 'model-in-use',
      message: 'Model first is in use by all dictations, German.',
    })
    settings = { ...settings, model: BUILT_IN_MODEL, modelByLanguage: {} }
    await manager.remove('first')
    expect(stateOf('first')).toBe('absent')
    await expect(manager.remove(BUILT_IN_MODEL)).rejects.toMatchObject({ code: 'model-in-use' })
  })

  it('that could not be loaded is not tried again before it is chosen anew', async () => {
    const manager = await installed()
    manager.failedToLoad('first', new StenoError('model-corrupt', 'it is damaged'))
    expect([stateOf('first'), manager.isUsable('first')]).toEqual(['broken', false])
    manager.choose('first')
    expect([stateOf('first'), manager.isUsable('first')]).toEqual(['installed', true])
  })

  it('cannot be chosen when it is not there', async () => {
    const manager = await manage()
    expect(() => {
      manager.choose('first')
    }).toThrow(expect.objectContaining({ code: 'model-missing' }) as Error)
  })
})

it('the network is asked for nothing that the user did not ask for', async () => {
  const manager = await manage()
  manager.rows()
  manager.refresh()
  await expect(manager.verify('first')).rejects.toMatchObject({ code: 'model-missing' })
  await manager.cancel('second')
  await manager.pause('first')
  expect(() => {
    manager.choose('first')
  }).toThrow()
  await manager[Symbol.asyncDispose]()
  manager.download('first')
  expect(asked).toEqual([])
})
