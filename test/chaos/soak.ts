/**
 * Many dictations in one life: a thousand that are started and stopped at once, and hours of speech, faster than time.
 * Handles, memory and processes of main and of its worker are looked at as they go; a slope says what would leak.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { FRAME_SAMPLES, samplesOf, secondsOf, type Pcm } from '../../src/shared/audio.ts'
import { joined, readPcm, speechClips } from '../fakes/speech.ts'
import { ChaosDesk } from './desk.ts'

export interface Soak {
  cycles: number
  hours: number
  /** Dictations whose text differs from that of the first reading of the same sound. */
  faults: number
  /** By name: at the first look, at the last, and the slope of all in units per hour of speech or per 1,000 cycles. */
  slopes: Readonly<Record<string, Slope>>
}

export interface Slope {
  readonly first: number
  readonly last: number
  readonly per: number
}

interface Look {
  readonly at: number
  readonly sizes: Readonly<Record<string, number>>
}

const DICTATION_SECONDS = 60
const PAUSE_SECONDS = 0.5
/** The first tenth warms up: caches fill, code is compiled. */
const WARM_UP = 0.1
const LOOKS = 40

/** @param hours of speech. */
export async function soak(cycles: number, hours: number, random: () => number): Promise<Soak> {
  const folder = await mkdtemp(join(tmpdir(), 'steno-soak-'))
  try {
    const started = await startAndStop(folder, cycles, random)
    const spoken = await speak(folder, hours)
    return {
      cycles,
      hours,
      faults: spoken.faults,
      slopes: { ...slopesOf('cycles', started, 1_000), ...slopesOf('speech', spoken.looks, 1) },
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** From nothing at all to a sixth of a second. */
async function startAndStop(folder: string, cycles: number, random: () => number): Promise<Look[]> {
  const looks: Look[] = []
  if (cycles === 0) return looks
  await using desk = new ChaosDesk(folder)
  await desk.supervisor.start()
  for (let cycle = 0; cycle < cycles; cycle++) {
    const pcm = new Float32Array(Math.floor(random() * 5) * FRAME_SAMPLES)
    await desk.dictate(pcm, { speed: Infinity })
    if (cycle % Math.ceil(cycles / LOOKS) === 0) looks.push({ at: cycle, sizes: sizesOf(desk) })
  }
  return looks
}

async function speak(folder: string, hours: number): Promise<{ looks: Look[]; faults: number }> {
  const looks: Look[] = []
  if (hours === 0) return { looks, faults: 0 }
  const minutes = await someMinutes()
  const known = new Map<number, string>()
  let faults = 0
  await using desk = new ChaosDesk(folder)
  await desk.supervisor.start()
  const dictations = Math.ceil((hours * 3_600) / DICTATION_SECONDS)
  for (let index = 0; index < dictations; index++) {
    const which = index % minutes.length
    const id = await desk.dictate(minutes[which] ?? new Float32Array(), { speed: Infinity })
    const raw = desk.custody.writtenOf(id)?.raw ?? ''
    if (raw === '' || (known.get(which) ?? raw) !== raw) faults += 1
    known.set(which, raw)
    // The disk of whoever runs this is not to be filled by it.
    desk.custody.remove([id])
    if (index % Math.ceil(dictations / LOOKS) === 0) {
      looks.push({ at: (index * DICTATION_SECONDS) / 3_600, sizes: sizesOf(desk) })
    }
    if ((index + 1) % 60 === 0) process.stdout.write(`${(index + 1) / 60} hours of speech\n`)
  }
  return { looks, faults }
}

async function someMinutes(): Promise<Pcm[]> {
  const minutes: Pcm[] = []
  let pieces: Pcm[] = []
  let samples = 0
  for (const { path } of speechClips()) {
    const pcm = await readPcm(path)
    pieces.push(pcm, new Float32Array(samplesOf(PAUSE_SECONDS)))
    samples += pcm.length + samplesOf(PAUSE_SECONDS)
    if (secondsOf(samples) < DICTATION_SECONDS) continue
    minutes.push(joined(pieces).slice(0, samplesOf(DICTATION_SECONDS)))
    pieces = []
    samples = 0
  }
  return minutes
}

function sizesOf(desk: ChaosDesk): Record<string, number> {
  const worker = desk.supervisor.health.pid
  return {
    'MB of main': megabytesOf(process.pid),
    'MB of the worker': worker === undefined ? 0 : megabytesOf(worker),
    'descriptors of main': readdirSync('/proc/self/fd').length,
    'descriptors of the worker': worker === undefined ? 0 : readdirSync(`/proc/${worker}/fd`).length,
    'handles of main': process.getActiveResourcesInfo().length,
    'child processes': childrenOf(process.pid),
  }
}

function megabytesOf(pid: number): number {
  const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(resident ?? 0) / 1024
}

function childrenOf(pid: number): number {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).length
}

/** Least squares over what comes after the warm-up. @param per of how much of `at` the slope is. */
function slopesOf(what: string, looks: readonly Look[], per: number): Record<string, Slope> {
  const warm = looks.slice(Math.floor(WARM_UP * looks.length))
  const names = Object.keys(warm[0]?.sizes ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const points = warm.map(({ at, sizes }) => [at, sizes[name] ?? 0] as const)
      const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, size]) => size))]
      const over = points.reduce((sum, [at, size]) => sum + (at - x) * (size - y), 0)
      const under = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0)
      const slope = under === 0 ? 0 : (per * over) / under
      return [`${what}: ${name}`, { first: points[0]?.[1] ?? 0, last: points.at(-1)?.[1] ?? 0, per: slope }]
    }),
  )
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}
