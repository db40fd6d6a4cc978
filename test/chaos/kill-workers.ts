/** SIGKILL to the worker at a random instant of each clip: the transcript must be the undisturbed one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { composeSupervisor } from '../../src/cli/compose.ts'
import { STARTER_MODEL } from '../../src/cli/resources.ts'
import { SAMPLE_RATE } from '../../src/shared/audio.ts'
import type { Transcript } from '../../src/shared/transcript.ts'
import type { Supervisor } from '../../src/supervisor/supervisor.ts'
import { readPcm, speechClips, type Clip } from '../fakes/speech.ts'
import { ZOO } from '../onnx/zoo.ts'
import type { Tally } from './tally.ts'

/** Of the zoo's models each hears the same few clips: loading one takes longer than hearing it. */
const ZOO_CLIPS = 4

interface Undisturbed {
  readonly file: string
  readonly pcm: Float32Array
  readonly transcript: Transcript
  readonly ms: number
}

interface Victim {
  readonly name: string
  readonly folder: string
  readonly clips: readonly Clip[]
}

/** The worker with the starter model, on all clips. */
export async function killWorkers(runs: number, random: () => number, tally: Tally): Promise<void> {
  if (runs === 0) return
  const starter = { name: 'starter model', folder: STARTER_MODEL, clips: speechClips() }
  await killWorkersOf(starter, runs, random, tally)
}

/** The worker with a tiny model of every family and layout. @param runs of each. */
export async function killFamilies(runs: number, random: () => number, tally: Tally): Promise<void> {
  if (runs === 0) return
  const scratch = await mkdtemp(join(tmpdir(), 'steno-chaos-'))
  try {
    const clips = speechClips().slice(0, ZOO_CLIPS)
    for (const [index, { name, make }] of ZOO.entries()) {
      const folder = join(scratch, String(index))
      await make(folder)
      const struck = tally.struck
      await killWorkersOf({ name, folder, clips }, runs, random, tally)
      process.stdout.write(
        `${name}: ${runs} kills, ${tally.struck - struck} of them in the middle of an utterance\n`,
      )
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function killWorkersOf(
  victim: Victim,
  runs: number,
  random: () => number,
  tally: Tally,
): Promise<void> {
  await using supervisor = composeSupervisor({
    modelFolder: victim.folder,
    log: () => undefined,
    live: true,
    tuning: { restartAfterMs: [0] },
  })
  const clips = await undisturbed(supervisor, victim)
  for (let run = 0; run < runs; run++) {
    const clip = clips[Math.floor(random() * clips.length)]
    if (clip === undefined) continue
    await supervisor.start()
    const { pid, generation } = supervisor.health
    // Beyond the end now and then: a kill of the idle worker is an instant like any other.
    const killAfterMs = random() * clip.ms * 1.2
    const killed = sleep(killAfterMs).then(() => {
      if (pid !== undefined && supervisor.health.pid === pid) process.kill(pid, 'SIGKILL')
    })
    tally.runs += 1
    try {
      const { text, words } = await transcribe(supervisor, clip.pcm)
      if (supervisor.health.generation !== generation) tally.struck += 1
      const same =
        text === clip.transcript.text && JSON.stringify(words) === JSON.stringify(clip.transcript.words)
      if (!same) tally.mismatches += 1
    } catch (error) {
      tally.lost += 1
      process.stderr.write(
        `${victim.name}, ${clip.file} killed after ${killAfterMs.toFixed(1)} ms: ${String(error)}\n`,
      )
    }
    await killed
    if ((run + 1) % 50 === 0) process.stdout.write(`${run + 1} kills of the worker\n`)
  }
}

/** A model that says nothing would prove nothing. */
async function undisturbed(supervisor: Supervisor, victim: Victim): Promise<Undisturbed[]> {
  const clips: Undisturbed[] = []
  await supervisor.start()
  for (const { file, path } of victim.clips) {
    const pcm = await readPcm(path)
    const begun = performance.now()
    const transcript = await transcribe(supervisor, pcm)
    clips.push({ file, pcm, transcript, ms: performance.now() - begun })
  }
  if (clips.every(({ transcript }) => transcript.text === '')) throw new Error(`${victim.name} says nothing`)
  return clips
}

async function transcribe(supervisor: Supervisor, pcm: Float32Array): Promise<Transcript> {
  const utterance = supervisor.open()
  for (let from = 0; from < pcm.length; from += SAMPLE_RATE / 10) {
    await utterance.write(pcm.subarray(from, from + SAMPLE_RATE / 10))
  }
  return await utterance.finish()
}
