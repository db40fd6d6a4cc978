/** The inference library reports to its maker unless it is told not to: Steno must leave no trace of that. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { sileroPath } from '../../src/cli/resources.ts'

const RUNTIME = new URL('../../src/engine/runtime.ts', import.meta.url).href
const LOAD = `await (await import('onnxruntime-node')).InferenceSession.create(${JSON.stringify(sileroPath())})`
const OURS = `const { loadRuntime, openSession } = await import(${JSON.stringify(RUNTIME)})
await openSession(await loadRuntime(), ${JSON.stringify(sileroPath())}, 1)`

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** What a process that runs `source` leaves in its home and its folder for temporary files. */
async function traces(source: string): Promise<string[]> {
  const [home, temporary] = await Promise.all([folder(), folder()])
  // In CI, and where it is told so, the library is silent by itself.
  const { CI: _ci, ORT_DISABLE_TELEMETRY: _told, ...rest } = process.env
  // Nor is anything sent from here to show that it would be.
  const nowhere = {
    HTTPS_PROXY: 'http://127.0.0.1:9',
    https_proxy: 'http://127.0.0.1:9',
    SSL_CERT_FILE: '/dev/null',
  }
  const env = { ...rest, ...nowhere, HOME: home, XDG_CACHE_HOME: home, TMPDIR: temporary }
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source], {
    env,
    cwd: new URL('../..', import.meta.url),
  })
  return [...(await readdir(home, { recursive: true })), ...(await readdir(temporary))]
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'steno-traces-'))
  folders.push(made)
  return made
}

it.runIf(process.platform === 'linux')('the library would leave an id of the device, by itself', async () => {
  expect((await traces(LOAD)).join(' ')).toMatch(/deviceid|mat-debug/)
})

it('a process of ours leaves nothing', async () => {
  expect(await traces(OURS)).toEqual([])
})
