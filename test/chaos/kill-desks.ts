/**
 * SIGKILL to main at random instants of dictations, again and again on the same folder, recoveries included; then what
 * is there is compared with what was handed over, and every text with that of an undisturbed decode of its sound.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { composeSupervisor } from '../../src/cli/compose.ts'
import { STARTER_MODEL } from '../../src/cli/resources.ts'
import { History, type StoredDictation } from '../../src/main/custody/history.ts'
import { rounded } from '../../src/main/custody/pcm16.ts'
import { readSound } from '../../src/main/custody/sound-file.ts'
import { SAMPLE_RATE, type Pcm } from '../../src/shared/audio.ts'
import { silentLog } from '../../src/shared/log.ts'
import type { Supervisor } from '../../src/supervisor/supervisor.ts'
import { readPcm, speechClips } from '../fakes/speech.ts'
import type { DeskNews } from './doomed-desk.ts'
import { endOrphansOf } from './kill-parents.ts'
import type { Tally } from './tally.ts'

const DESK = join(import.meta.dirname, 'doomed-desk.ts')
/** From the first word to the middle of the third or fourth dictation. */
const SPAN_MS = 1_500

/** What custody had taken before the kill: by dictation, which clip and at least how many samples of it. */
type HandedOver = Map<number, { readonly clip: number; readonly samples: number }>

export async function killDesks(runs: number, random: () => number, tally: Tally): Promise<void> {
  if (runs === 0) return
  const folder = await mkdtemp(join(tmpdir(), 'steno-chaos-desk-'))
  try {
    const handedOver: HandedOver = new Map()
    for (let run = 0; run < runs; run++) {
      const before = handedOver.size
      const pid = await killOne(folder, String(run + 1), random() * SPAN_MS, handedOver)
      tally.runs += 1
      if (handedOver.size > before) tally.struck += 1
      await endOrphansOf(pid, tally)
      if ((run + 1) % 50 === 0) process.stdout.write(`${run + 1} kills of main\n`)
    }
    await once(start(folder, '0', 'recover'), 'close')
    await compare(folder, handedOver, tally)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function start(folder: string, seed: string, task: 'speak' | 'recover'): ChildProcess {
  return spawn(process.execPath, [DESK, folder, seed, task], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function killOne(
  folder: string,
  seed: string,
  afterMs: number,
  handedOver: HandedOver,
): Promise<number | undefined> {
  const desk = start(folder, seed, 'speak')
  const closed = once(desk, 'close')
  const speaking = Promise.withResolvers<undefined>()
  if (desk.stdout === null) throw new Error('it cannot be heard')
  createInterface(desk.stdout).on('line', (line) => {
    const news = JSON.parse(line) as DeskNews
    if (news.kind === 'speaking') speaking.resolve(undefined)
    if (news.kind === 'heard') handedOver.set(news.id, news)
  })
  // Now and then before it is ready: its start and the recovery are instants like any other.
  await Promise.race([speaking.promise, closed, sleep(2 * SPAN_MS)])
  await sleep(afterMs)
  desk.kill('SIGKILL')
  await closed
  return desk.pid
}

async function compare(folder: string, handedOver: HandedOver, tally: Tally): Promise<void> {
  const clips = await Promise.all(speechClips().map(({ path }) => readPcm(path)))
  await using supervisor = composeSupervisor({ modelFolder: STARTER_MODEL, log: silentLog, live: false })
  using history = new History(join(folder, 'history.db'))
  for (const [id, { clip, samples }] of handedOver) {
    const row = history.find(id)
    const fault =
      row === undefined
        ? 'there is no row'
        : faultOf(row, folder, rounded(clips[clip] ?? new Float32Array()), samples)
    if (row === undefined || fault !== undefined) {
      tally.lost += 1
      process.stderr.write(`dictation ${id}: ${fault ?? ''}\n`)
      continue
    }
    const text = await textOf(supervisor, readSound(join(folder, row.sound ?? '')))
    if (text === row.raw) continue
    tally.mismatches += 1
    process.stderr.write(`dictation ${id}: “${row.raw}”, undisturbed “${text}”\n`)
  }
  for (const { id } of history.unsealed()) {
    tally.lost += 1
    process.stderr.write(`dictation ${id} was never sealed\n`)
  }
}

/** @param spoken what the clip has. @param samples that had been handed over at least. */
function faultOf(row: StoredDictation, folder: string, spoken: Pcm, samples: number): string | undefined {
  if (row.outcome?.kind === 'failed') return row.outcome.error.message
  const sound = row.sound === undefined ? new Float32Array() : readSound(join(folder, row.sound))
  if (sound.length < samples) return `${sound.length} of ${samples} samples`
  return sound.every((sample, index) => sample === spoken[index]) ? undefined : 'its sound is another'
}

async function textOf(supervisor: Supervisor, pcm: Pcm): Promise<string> {
  const utterance = supervisor.open()
  for (let from = 0; from < pcm.length; from += SAMPLE_RATE)
    await utterance.write(pcm.slice(from, from + SAMPLE_RATE))
  return (await utterance.finish()).text
}
