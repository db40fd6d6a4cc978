import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchFiles, type RemoteFile } from '../../../src/models/download.ts'
import { FileServer, type FileServerOptions } from '../../fakes/file-server.ts'
import { RandomWeights } from '../../onnx/random.ts'

const WEIGHTS = Uint8Array.from(new RandomWeights(1).values(300_000, 127), (value) => value + 128)
const SHA256 = createHash('sha256').update(WEIGHTS).digest('hex')

let folder = ''
let stack = new AsyncDisposableStack()

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  folder = await mkdtemp(join(tmpdir(), 'steno-download-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
})

afterEach(() => stack.disposeAsync())

async function serve(options?: FileServerOptions): Promise<FileServer> {
  return stack.use(await FileServer.start(new Map([['/weights', WEIGHTS]]), options))
}

function remote({ base }: FileServer, facts: Partial<RemoteFile> = {}): RemoteFile[] {
  return [
    { url: `${base}/weights`, path: 'onnx/model.onnx', bytes: WEIGHTS.length, sha256: SHA256, ...facts },
  ]
}

async function found(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(folder, 'onnx/model.onnx')))
}

test('a file comes whole, and is asked for once', async () => {
  const server = await serve()
  const seen: (number | undefined)[][] = []
  await fetchFiles(remote(server), folder, { progress: (_, bytes, total) => seen.push([bytes, total]) })
  await fetchFiles(remote(server), folder)
  expect(await found()).toEqual(WEIGHTS)
  expect(server.requests).toEqual(['/weights whole'])
  expect(seen.at(-1)).toEqual([WEIGHTS.length, WEIGHTS.length])
  expect(await readdir(join(folder, 'onnx'))).toEqual(['model.onnx'])
})

/** How much came of a download before its server hung up. */
async function cutOff(server: FileServer): Promise<number> {
  server.silentAfter = 100_000
  let came = 0
  const progress = (_: string, bytes: number): void => {
    came = bytes
    server.hangUp()
  }
  await expect(fetchFiles(remote(server), folder, { progress })).rejects.toMatchObject({
    code: 'download-failed',
  })
  return came
}

test('a download that was cut off goes on where it ended', async () => {
  const server = await serve()
  const came = await cutOff(server)
  await fetchFiles(remote(server), folder)
  expect(await found()).toEqual(WEIGHTS)
  expect(came).toBeGreaterThan(0)
  expect(server.requests).toEqual(['/weights whole', `/weights bytes=${came}-`])
})

test('of a server that knows no ranges, it comes anew', async () => {
  const server = await serve({ wholeOnly: true })
  await cutOff(server)
  await fetchFiles(remote(server), folder)
  expect(await found()).toEqual(WEIGHTS)
})

test('what is left of another file is fetched anew', async () => {
  const server = await serve()
  await fetchFiles(remote(server), folder)
  await rm(join(folder, 'onnx/model.onnx'))
  await writeFile(join(folder, 'onnx/model.onnx.part'), new Uint8Array(WEIGHTS.length + 1))
  await fetchFiles(remote(server), folder)
  expect(await found()).toEqual(WEIGHTS)
  expect(server.requests.slice(1)).toEqual([`/weights bytes=${WEIGHTS.length + 1}-`, '/weights whole'])
})

test.each([
  ['hash', { sha256: '0'.repeat(64) }, /sha256/],
  ['size', { bytes: WEIGHTS.length - 1 }, /bytes/],
])('a file of another %s is refused and removed', async (_, facts, why) => {
  const server = await serve()
  const failure = fetchFiles(remote(server, facts), folder)
  await expect(failure).rejects.toMatchObject({
    code: 'model-corrupt',
    message: expect.stringMatching(why) as string,
  })
  expect(await readdir(join(folder, 'onnx'))).toEqual([])
})

test('a file that is not there is named', async () => {
  const server = await serve()
  const failure = fetchFiles(remote(server, { url: `${server.base}/other` }), folder)
  await expect(failure).rejects.toMatchObject({
    code: 'download-failed',
    message: `The file cannot be fetched: ${server.base}/other: the server answers 404`,
  })
})

test('a server that is not there is an error in words', async () => {
  const server = await serve()
  const files = remote(server)
  await server[Symbol.asyncDispose]()
  stack = new AsyncDisposableStack()
  await expect(fetchFiles(files, folder)).rejects.toMatchObject({ code: 'download-failed' })
  await rm(folder, { recursive: true })
})

test('an abort ends it with its own reason and keeps what came', async () => {
  const server = await serve()
  const abort = new AbortController()
  const reason = new Error('enough')
  const progress = (): void => {
    abort.abort(reason)
  }
  await expect(fetchFiles(remote(server), folder, { signal: abort.signal, progress })).rejects.toBe(reason)
  expect(await readdir(join(folder, 'onnx'))).toEqual(['model.onnx.part'])
  await fetchFiles(remote(server), folder)
  expect(await found()).toEqual(WEIGHTS)
})
