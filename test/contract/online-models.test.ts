/** Fetching and decoding in one, as people do it who are online: here the hub is this machine, its model the starter. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkModel } from '../../scripts/check-online-model.ts'
import { STARTER_MODEL } from '../../src/cli/resources.ts'
import type { PublishedModel } from '../../src/models/catalogue.ts'
import { FileServer } from '../fakes/file-server.ts'
import { speechClips } from '../fakes/speech.ts'

const FILES = ['config.json', 'lm.ngrams', 'model.onnx', 'tokens.txt']
const MODEL: PublishedModel = {
  name: 'starter',
  repository: 'steno/starter-en',
  revision: 'abc123',
  files: FILES.map((path) => ({ path })),
}

test('a model is fetched once, and its words are scored', { timeout: 60_000 }, async () => {
  await using stack = new AsyncDisposableStack()
  const cache = await mkdtemp(join(tmpdir(), 'steno-online-'))
  stack.defer(() => rm(cache, { recursive: true, force: true }))
  const served = new Map<string, Uint8Array>()
  for (const name of FILES)
    served.set(`/steno/starter-en/resolve/abc123/${name}`, await readFile(join(STARTER_MODEL, name)))
  const server = stack.use(await FileServer.start(served))
  const lines: string[] = []
  const clips = speechClips().slice(0, 4)
  const check = {
    base: server.base,
    cache,
    signal: new AbortController().signal,
    print: (line: string) => lines.push(line),
    clips,
  }
  const first = await checkModel(MODEL, check)
  const second = await checkModel(MODEL, check)
  expect(server.requests).toHaveLength(FILES.length)
  expect((await readdir(join(cache, 'starter/abc123'))).sort()).toEqual(FILES)
  // It reads more than half of the words of these clips, and not all.
  expect(first.errorRate).toBeGreaterThan(0)
  expect(first.errorRate).toBeLessThan(0.8)
  expect(second).toEqual(first)
  for (const { file } of clips) expect(lines.join('\n')).toContain(file)
})
