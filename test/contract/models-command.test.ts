/** `npm run models` as people run it: a real process, a server on this machine. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { CATALOGUE, STARTER_MODEL } from '../../src/cli/resources.ts'
import { modelNamed, readCatalogue } from '../../src/models/catalogue.ts'
import { ModelStore } from '../../src/models/store.ts'
import { FileServer, type Fault } from '../fakes/file-server.ts'
import { until } from '../fakes/until.ts'
import { inOwnFolder } from '../fakes/own-folder.ts'

const COMMAND = join(import.meta.dirname, '../../src/cli/models.ts')
/** No hash and no exact size of its files is known: anything will do. */
const NAME = 'parakeet-tdt-0.6b-v2'

let folder = ''
inOwnFolder((made) => {
  folder = made
})

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [COMMAND, ...args, '--folder', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(...args)
  if (child.stdout === null || child.stderr === null) throw new Error('it cannot be heard')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}

async function serve(faults: readonly Fault[] = []): Promise<FileServer> {
  const { repository, revision, files } = modelNamed(readCatalogue(CATALOGUE), NAME)
  const served = files.map(
    ({ path }) => [`/${repository}/resolve/${revision}/${path}`, new Uint8Array(100_000).fill(3)] as const,
  )
  return await FileServer.start(new Map(served), { faults })
}

it('imports, lists, verifies and removes', { timeout: 60_000 }, async () => {
  expect(await run('import', STARTER_MODEL)).toMatchObject({ code: 0 })
  const name = readdirSync(folder).find((one) => !one.startsWith('.')) ?? ''
  expect((await run('list')).out).toMatch(new RegExp(`^${name} .*installed`, 'm'))
  expect(await run('verify')).toMatchObject({ code: 0 })
  expect(readFileSync(join(folder, name, 'tokens.txt'))).toEqual(
    readFileSync(join(STARTER_MODEL, 'tokens.txt')),
  )
  expect(await run('remove', name)).toMatchObject({ code: 0 })
  expect(readdirSync(folder)).toEqual(['.locks'])
  const again = await run('remove', name)
  expect(again.code).toBe(1)
  expect(again.err).toContain('nothing of it')
})

it('Ctrl-C pauses a download, which goes on where it was', { timeout: 60_000 }, async () => {
  await using server = await serve([{ kind: 'silent', after: 40_000 }])
  const child = start('download', NAME, '--mirror', server.base)
  child.stdout?.resume()
  const store = new ModelStore(folder)
  let come = 0
  const look = setInterval(() => void store.parts().then((parts) => (come = parts.get(NAME) ?? 0)), 20)
  await until(() => come === 40_000, 'part of the model')
  clearInterval(look)
  child.kill('SIGINT')
  await once(child, 'close')
  expect(child.exitCode).toBe(130)
  expect((await run('list')).out).toMatch(/paused at/)
  const next = await run('download', NAME, '--mirror', server.base)
  expect(next).toMatchObject({ code: 0, err: '' })
  expect(server.requests[1]).toMatch(/bytes=40000-$/)
  expect(await run('verify', NAME)).toMatchObject({ code: 0 })
})

it.each([
  [['download'], 2],
  [['nothing'], 2],
  [['download', 'no-such-model'], 1],
  [['import', '/nowhere'], 1],
  [['--help'], 0],
])('%j ends with %d', async (args, code) => {
  expect((await run(...args)).code).toBe(code)
})
