/**
 * Whole models over a server that does as badly as it can, into one store from one process or two, each killed at
 * random moments and started again, until both models are there byte for byte or there is one clear error. After every
 * kill, whatever has the name of a model is looked at.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CatalogueModel } from '../../src/models/catalogue.ts'
import { ModelStore } from '../../src/models/store.ts'
import { FileServer, type Fault, quickFaults } from '../fakes/file-server.ts'
import { RandomWeights } from '../onnx/random.ts'
import type { DownloadNews } from './doomed-download.ts'

const CHILD = join(import.meta.dirname, 'doomed-download.ts')
/** From the start of a process to the end of its downloads, about. */
const SPAN_MS = 600
const KILLS_AT_MOST = 4
const PATHS = ['onnx/model.onnx', 'tokens.txt', 'config.json']
const BYTES = [200_000, 20_000, 300]

export interface DownloadTally {
  sequences: number
  kills: number
  /** Kills of a process that was not done. */
  struck: number
  /** Sequences in which two processes were at it at the same time. */
  pairs: number
  /** Models that ended byte-exact. */
  whole: number
  /** … or with an error, by its code. */
  readonly errors: Record<string, number>
  /** Partial files taken for whole, errors that are none of ours, left-overs. */
  faults: number
}

export async function downloads(count: number, random: () => number): Promise<DownloadTally> {
  const tally: DownloadTally = {
    sequences: 0,
    kills: 0,
    struck: 0,
    pairs: 0,
    whole: 0,
    errors: {},
    faults: 0,
  }
  const files = modelFiles(random)
  const models = ['one', 'two'].map((name) => modelOf(name, files))
  for (let sequence = 0; sequence < count; sequence++) {
    const folder = await mkdtemp(join(tmpdir(), 'steno-chaos-models-'))
    try {
      await oneSequence(folder, models, files, random, tally)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    tally.sequences += 1
    if ((sequence + 1) % 50 === 0) process.stdout.write(`${sequence + 1} sequences of downloads\n`)
  }
  return tally
}

type Files = ReadonlyMap<string, Uint8Array>

async function oneSequence(
  folder: string,
  models: readonly CatalogueModel[],
  files: Files,
  random: () => number,
  tally: DownloadTally,
): Promise<void> {
  const faults = Array.from({ length: Math.floor(10 * random()) }, () => randomFault(random))
  await using server = await FileServer.start(files, { faults, tags: random() < 0.7 })
  const start = (): ChildProcess =>
    spawn(process.execPath, [CHILD, folder, server.base, JSON.stringify(models)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  const pair = random() < 0.3
  if (pair) tally.pairs += 1
  for (let kill = Math.floor(random() * (KILLS_AT_MOST + 1)); kill > 0; kill--) {
    const children = pair ? [start(), start()] : [start()]
    await Promise.all(children.map((child) => killed(child, 50 + random() * SPAN_MS, tally)))
    tally.faults += await falselyWhole(folder, models, files)
  }
  const ends = (await Promise.all((pair ? [start(), start()] : [start()]).map(newsOf))).flat()
  tally.faults += await falselyWhole(folder, models, files)
  await settle(folder, ends, models, tally)
}

/** How each model ended: there, or with an error of ours; where two were at it, one of them may find it taken. */
async function settle(
  folder: string,
  ends: readonly DownloadNews[],
  models: readonly CatalogueModel[],
  tally: DownloadTally,
): Promise<void> {
  const found = await new ModelStore(folder).list()
  for (const { name } of models) {
    const outcomes = ends.filter((one) => one.name === name).map(({ outcome }) => outcome)
    if (found.some((one) => one.name === name && one.fault === undefined)) tally.whole += 1
    else {
      const code = outcomes.find((one) => one !== 'model-busy') ?? 'none'
      tally.errors[code] = (tally.errors[code] ?? 0) + 1
      if (!['download-failed', 'model-corrupt'].includes(code)) fault(tally, `${name} ended with ${code}`)
    }
  }
  const strange = (await readdir(folder)).filter((name) => !/^(one|two|\.locks|\.part-(one|two))$/.test(name))
  if (strange.length > 0) fault(tally, `left over: ${strange.join(', ')}`)
}

/** Whatever has a model's name has to be all of it. */
async function falselyWhole(
  folder: string,
  models: readonly CatalogueModel[],
  files: Files,
): Promise<number> {
  let faults = 0
  for (const { name, fault: broken } of await new ModelStore(folder).list()) {
    if (broken !== undefined) faults += 1
    for (const { path } of models[0]?.files ?? []) {
      const here = await readFile(join(folder, name, path)).catch(() => undefined)
      if (here?.equals(files.get(addressOf(path)) ?? new Uint8Array()) !== true) faults += 1
    }
  }
  if (faults > 0) process.stderr.write(`${faults} files are not what their names say\n`)
  return faults
}

async function killed(child: ChildProcess, afterMs: number, tally: DownloadTally): Promise<void> {
  const closed = once(child, 'close')
  const ended = await Promise.race([closed.then(() => true), sleep(afterMs).then(() => false)])
  tally.kills += 1
  if (!ended) tally.struck += 1
  child.kill('SIGKILL')
  child.stdout?.resume()
  await closed
}

async function newsOf(child: ChildProcess): Promise<DownloadNews[]> {
  const news: DownloadNews[] = []
  if (child.stdout === null) throw new Error('it cannot be heard')
  createInterface(child.stdout).on('line', (line) => news.push(JSON.parse(line) as DownloadNews))
  await once(child, 'close')
  return news
}

function randomFault(random: () => number): Fault {
  const bytes = BYTES[0] ?? 0
  const kinds: readonly Fault[] = [
    ...quickFaults(random, bytes),
    { kind: 'silent', after: Math.floor(random() * bytes) },
  ]
  return kinds[Math.floor(random() * kinds.length)] ?? { kind: 'redirect' }
}

function modelFiles(random: () => number): Files {
  const weights = new RandomWeights(Math.floor(random() * 1e6))
  return new Map(
    PATHS.map((path, index) => [
      addressOf(path),
      Uint8Array.from(weights.values(BYTES[index] ?? 0, 127), (value) => value + 128),
    ]),
  )
}

function addressOf(path: string): string {
  return `/a/b/resolve/main/${path}`
}

function modelOf(name: string, files: Files): CatalogueModel {
  return {
    ...{ name, title: name, family: 'ctc', languages: ['en'], licence: 'MIT' },
    ...{ repository: 'a/b', revision: 'main', speed: 'instant', goodFor: 'kills' },
    files: PATHS.map((path) => {
      const bytes = files.get(addressOf(path)) ?? new Uint8Array()
      return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
    }),
  }
}

function fault(tally: DownloadTally, what: string): void {
  tally.faults += 1
  process.stderr.write(`${what}\n`)
}
