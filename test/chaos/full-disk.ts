/**
 * A small disk (tmpfs) that is filled at a random point of a dictation and freed a moment later: what was there before
 * stays, the user is told, and row and sound are whole once there is room. Needs the right to mount.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync, writeSync, openSync, closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { readSound } from '../../src/main/custody/sound-file.ts'
import { rounded } from '../../src/main/custody/pcm16.ts'
import type { Pcm } from '../../src/shared/audio.ts'
import { readPcm, speechClips } from '../fakes/speech.ts'
import { ChaosDesk } from './desk.ts'

const SIZE = '24m'
const SPEED = 20
const RETRY_MS = 50
/** Rounds on one disk before it is emptied. */
const ROUNDS = 20

export interface FullDisks {
  points: number
  /** The disk was full before the first sample. */
  before: number
  /** It refused something: the user was told. */
  refused: number
  faults: number
}

export async function fullDisks(points: number, random: () => number): Promise<FullDisks | undefined> {
  const report: FullDisks = { points: 0, before: 0, refused: 0, faults: 0 }
  const clips = await Promise.all(speechClips().map(({ path }) => readPcm(path)))
  while (report.points < points) {
    const disk = mount()
    if (disk === undefined) return undefined
    try {
      await using desk = new ChaosDesk(join(disk, 'dictations'), { saveRetryMs: RETRY_MS })
      await desk.supervisor.start()
      for (let round = 0; round < ROUNDS && report.points < points; round++) {
        const pcm = clips[Math.floor(random() * clips.length)] ?? new Float32Array()
        await oneRound(desk, disk, pcm, random, report)
      }
    } finally {
      execFileSync('umount', [disk])
      rmSync(disk, { recursive: true })
    }
  }
  return report
}

async function oneRound(
  desk: ChaosDesk,
  disk: string,
  pcm: Pcm,
  random: () => number,
  report: FullDisks,
): Promise<void> {
  report.points += 1
  const earlier = desk.custody.rows()
  const told = desk.told.length
  const filler = join(disk, 'filler')
  // Now and then before the dictation begins.
  const at = Math.floor(Math.max(0, random() * 1.2 - 0.2) * pcm.length)
  if (at === 0) {
    report.before += 1
    fill(filler)
  }
  let full = at === 0
  const id = await desk.dictate(pcm, {
    speed: SPEED,
    heard: (_id, samples) => {
      if (full || samples < at) return
      full = true
      fill(filler)
    },
  })
  const text = desk.delivered.at(-1) ?? ''
  rmSync(filler, { force: true })
  if (desk.told.length > told) report.refused += 1
  // Whatever waits is offered to the disk every few milliseconds here.
  await sleep(4 * RETRY_MS)
  const changed = earlier.some(({ id: other, text: was }) => desk.custody.writtenOf(other)?.text !== was)
  const faults = [...faultsOf(desk, id, pcm, text), ...(changed ? ['an earlier one changed'] : [])]
  if (faults.length === 0) return
  report.faults += 1
  process.stderr.write(`full disk, dictation ${id}: ${faults.join(', ')}\n`)
}

function faultsOf({ custody }: ChaosDesk, id: number, pcm: Pcm, text: string): string[] {
  const row = custody.rows().find((one) => one.id === id)
  if (row?.outcome === undefined) return ['its row is not there, or open']
  const path = custody.pathOf(id)
  const whole = path !== undefined && sameSound(readSound(path), rounded(pcm))
  return [
    ...(whole ? [] : ['its sound is not whole']),
    ...(row.outcome.kind === 'copied' && row.text !== text ? ['its text is another'] : []),
  ]
}

function sameSound(a: Pcm, b: Pcm): boolean {
  return a.length === b.length && a.every((sample, index) => sample === b[index])
}

function mount(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'steno-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'steno-chaos', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
}

/** To the last byte. */
function fill(file: string): void {
  writeFileSync(file, '')
  const handle = openSync(file, 'a')
  try {
    for (let size = 2 ** 20; size >= 1; size /= 2) {
      const block = new Uint8Array(size)
      try {
        for (;;) writeSync(handle, block)
      } catch {
        // Not so much any more.
      }
    }
  } finally {
    closeSync(handle)
  }
}
