import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { fetchFiles, type FetchOptions, type RemoteFile } from '../../../src/models/download.ts'
import type { TransferWorld } from '../../../src/models/transfer.ts'
import { systemClock } from '../../../src/process/system-clock.ts'
import { StenoError } from '../../../src/shared/errors.ts'
import { FileServer, type Fault, type FileServerOptions, quickFaults } from '../../fakes/file-server.ts'
import { RandomWeights } from '../../onnx/random.ts'

const WEIGHTS = Uint8Array.from(new RandomWeights(1).values(300_000, 127), (value) => value + 128)
const SHA256 = hashOf(WEIGHTS)
/** Of a file that is fetched very often. */
const FEW = WEIGHTS.subarray(0, 40_000)
const TRIES = 4
/** Nothing that comes from this machine takes as long, and nobody waits between tries. */
const WORLD: TransferWorld = {
  fetch,
  clock: systemClock,
  date: () => 0,
  tuning: {
    downloadStallMs: 5_000,
    downloadRetryMs: new Array<number>(TRIES).fill(0),
    downloadWaitAtMostMs: 5_000,
  },
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** For servers that fall silent. */
const IMPATIENT: TransferWorld = { ...WORLD, tuning: { ...WORLD.tuning, downloadStallMs: 200 } }

let folder = ''
let stack = new AsyncDisposableStack()

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  folder = await mkdtemp(join(tmpdir(), 'steno-download-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
})

afterEach(() => stack.disposeAsync())

async function serve(faults: readonly Fault[] = [], options: FileServerOptions = {}): Promise<FileServer> {
  return stack.use(await FileServer.start(new Map([['/weights', WEIGHTS]]), { faults, ...options }))
}

function remote({ base }: FileServer, facts: Partial<RemoteFile> = {}): RemoteFile[] {
  return [
    { url: `${base}/weights`, path: 'onnx/model.onnx', bytes: WEIGHTS.length, sha256: SHA256, ...facts },
  ]
}

async function fetched(
  server: FileServer,
  facts: Partial<RemoteFile> = {},
  options: FetchOptions = {},
  world = WORLD,
): Promise<void> {
  await fetchFiles(remote(server, facts), folder, world, options)
}

async function found(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(folder, 'onnx/model.onnx')))
}

async function names(): Promise<string[]> {
  return await readdir(join(folder, 'onnx'))
}

test('a file comes whole, and is asked for once', async () => {
  const server = await serve()
  const seen: (number | undefined)[][] = []
  await fetched(server, {}, { progress: (_, bytes, total) => seen.push([bytes, total]) })
  await fetched(server)
  expect(await found()).toEqual(WEIGHTS)
  expect(server.requests).toEqual(['/weights whole'])
  expect(seen.at(-1)).toEqual([WEIGHTS.length, WEIGHTS.length])
  expect(await names()).toEqual(['model.onnx'])
})

describe('a download goes on by itself', () => {
  it.each<[string, Fault]>([
    ['where the server fell silent', { kind: 'silent', after: 100_000 }],
    ['where less came than was announced', { kind: 'length', more: 7 }],
  ])('%s', async (_, fault) => {
    const server = await serve([fault])
    await fetched(server, {}, {}, IMPATIENT)
    expect(await found()).toEqual(WEIGHTS)
    // Where all of it came after all, there may be nothing to ask for.
    if (fault.kind !== 'length') expect(server.requests[1]).toMatch(/^\/weights bytes=[1-9]\d+-$/)
  })

  it.each<[string, Fault]>([
    ['when another part comes', { kind: 'other-part' }],
    ['when the server forgets about parts', { kind: 'whole' }],
    ['when there is no such part', { kind: 'status', status: 416 }],
    ['when the server is busy', { kind: 'status', status: 503, headers: { 'retry-after': '0' } }],
    ['by a detour', { kind: 'redirect' }],
  ])('%s', async (_, fault) => {
    const server = await serve([{ kind: 'cut', after: 100_000 }, fault])
    await fetched(server)
    expect(await found()).toEqual(WEIGHTS)
  })

  it('where the line was cut', async () => {
    const server = await serve([{ kind: 'silent', after: 100_000 }])
    let hungUp = false
    const progress = (): void => {
      if (!hungUp) server.hangUp()
      hungUp = true
    }
    await fetched(server, {}, { progress })
    expect(await found()).toEqual(WEIGHTS)
    expect(server.requests[1]).toMatch(/^\/weights bytes=[1-9]\d+-$/)
  })

  it('in the next run, from where an abort left it', async () => {
    const server = await serve()
    const abort = new AbortController()
    const reason = new Error('no more')
    const progress = (): void => {
      abort.abort(reason)
    }
    await expect(fetched(server, {}, { signal: abort.signal, progress })).rejects.toBe(reason)
    expect(await names()).toEqual(['model.onnx.part', 'model.onnx.part.json'])
    await fetched(server)
    expect(await found()).toEqual(WEIGHTS)
    expect(server.requests[1]).toMatch(/^\/weights bytes=[1-9]\d+-$/)
  })
})

describe('what is there of a file', () => {
  it('is not gone on with when the file has changed meanwhile', async () => {
    const server = await serve([
      { kind: 'cut', after: 100_000 },
      { kind: 'status', status: 403 },
    ])
    await expect(fetched(server, { sha256: undefined })).rejects.toMatchObject({ code: 'download-failed' })
    const changed = WEIGHTS.toReversed()
    server.files.set('/weights', changed)
    await fetched(server, { sha256: undefined })
    expect(await found()).toEqual(changed)
  })

  it('is not gone on with when nothing tells versions apart', async () => {
    const server = await serve([{ kind: 'cut', after: 100_000 }], { tags: false })
    await fetched(server, { sha256: undefined })
    expect(await found()).toEqual(WEIGHTS)
    expect(server.requests).toEqual(['/weights whole', '/weights whole'])
  })

  it('is forgotten when it is of another file', async () => {
    const server = await serve()
    await fetched(server)
    await rm(join(folder, 'onnx/model.onnx'))
    await writeFile(join(folder, 'onnx/model.onnx.part'), new Uint8Array(WEIGHTS.length + 1))
    await fetched(server)
    expect(await found()).toEqual(WEIGHTS)
  })
})

describe('one clear error, and no file', () => {
  it.each([
    ['hash', { sha256: '0'.repeat(64) }, /sha256/],
    ['size', { bytes: WEIGHTS.length - 1 }, /more came/],
    ['size', { bytes: WEIGHTS.length + 1 }, /bytes/],
  ])('for a file of another %s', async (_, facts, why) => {
    const server = await serve()
    await expect(fetched(server, facts)).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringMatching(why) as string,
    })
    expect(server.requests).toHaveLength(TRIES + 1)
    expect(await names()).not.toContain('model.onnx')
  })

  it.each<[string, readonly Fault[], RegExp]>([
    ['a file that is not for everybody', [{ kind: 'status', status: 403 }], /does not give it/],
    ['a file that is gone', [{ kind: 'status', status: 410 }], /not there/],
    ['a server in a circle', [{ kind: 'redirect-loop' }], /redirect/],
    [
      'a server that stays silent',
      new Array<Fault>(9).fill({ kind: 'silent', after: 0 }),
      /nothing came for/,
    ],
    [
      'a server that wants to be asked tomorrow',
      [{ kind: 'status', status: 429, headers: { 'retry-after': '86400' } }],
      /too often/,
    ],
  ])('for %s', async (_, faults, why) => {
    const server = await serve(faults)
    await expect(fetched(server, {}, {}, IMPATIENT)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringMatching(why) as string,
    })
    expect(await names()).not.toContain('model.onnx')
  })

  it('for a server that is not there', async () => {
    const server = await serve()
    const files = remote(server)
    server.hangUp()
    const gone = files.map((file) => ({ ...file, url: 'http://127.0.0.1:1/weights' }))
    await expect(fetchFiles(gone, folder, WORLD)).rejects.toMatchObject({ code: 'download-failed' })
  })

  it('for more than the disk has room for, before anything is asked for', async () => {
    const server = await serve()
    await expect(fetched(server, { bytes: 1e15 })).rejects.toMatchObject({ code: 'disk-full' })
    expect(server.requests).toEqual([])
  })

  it('for a folder that cannot be written to', async () => {
    const server = await serve()
    await writeFile(join(folder, 'onnx'), 'a file')
    await expect(fetched(server)).rejects.toMatchObject({
      code: 'download-failed',
      file: expect.any(String) as string,
    })
  })
})

const KNOWN = new Set(['whole', 'download-failed', 'model-corrupt'])

/** A fault of each kind, at random places. */
function randomFault(random: () => number): Fault | undefined {
  const faults: readonly (Fault | undefined)[] = [
    undefined,
    ...quickFaults(random, FEW.length),
    // Each costs the time a silence is waited for.
    ...(random() < 0.03 ? [{ kind: 'silent', after: Math.floor(random() * FEW.length) } as const] : []),
  ]
  return faults[Math.floor(random() * faults.length)]
}

test('after 500 random sequences of faults a file is byte-exact, or there is one clear error and no file', async () => {
  let state = 1
  const random = (): number => (state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0) / 2 ** 32
  const outcomes = new Map<string, number>()
  for (let sequence = 0; sequence < 500; sequence++) {
    const faults = Array.from({ length: Math.floor(8 * random()) }, () => randomFault(random)).filter(
      (one) => one !== undefined,
    )
    await using server = await FileServer.start(new Map([['/weights', FEW]]), {
      faults,
      tags: random() < 0.7,
    })
    const facts = { path: `${sequence}/model.onnx`, bytes: FEW.length, sha256: hashOf(FEW) }
    const outcome = await fetched(server, facts, {}, IMPATIENT).then(
      () => 'whole',
      (error: unknown) => (error instanceof StenoError ? error.code : 'unknown'),
    )
    const inFolder = await readdir(join(folder, String(sequence)))
    if (outcome === 'whole') {
      expect(new Uint8Array(await readFile(join(folder, facts.path)))).toEqual(FEW)
      expect(inFolder).toEqual(['model.onnx'])
    } else {
      expect(inFolder).not.toContain('model.onnx')
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    await rm(join(folder, String(sequence)), { recursive: true })
  }
  expect([...outcomes.keys()].filter((outcome) => !KNOWN.has(outcome))).toEqual([])
  expect(outcomes.get('whole')).toBeGreaterThan(250)
}, 120_000)
