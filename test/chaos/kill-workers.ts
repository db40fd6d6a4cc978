/** SIGKILL to the worker at a random instant of each clip: the transcript must be the undisturbed one. */
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { composeSupervisor } from '../../src/cli/compose.ts'
import { STARTER_MODEL } from '../../src/cli/resources.ts'
import { SAMPLE_RATE } from '../../src/shared/audio.ts'
import type { Transcript } from '../../src/shared/transcript.ts'
import type { Supervisor } from '../../src/supervisor/supervisor.ts'
import { readPcm, speechClips } from '../fakes/speech.ts'
import type { Tally } from './tally.ts'

interface Undisturbed {
  readonly file: string
  readonly pcm: Float32Array
  readonly transcript: Transcript
  readonly ms: number
}

export async function killWorkers(runs: number, random: () => number, tally: Tally): Promise<void> {
  if (runs === 0) return
  await using supervisor = composeSupervisor({
    modelFolder: STARTER_MODEL,
    log: () => undefined,
    live: true,
    tuning: { restartAfterMs: [0] },
  })
  const clips = await undisturbed(supervisor)
  for (let run = 0; run < runs; run++) {
    const clip = clips[Math.floor(random() * clips.length)]
    if (clip === undefined) continue
    await supervisor.start()
    const { pid } = supervisor.health
    // Beyond the end now and then: a kill of the idle worker is an instant like any other.
    const killAfterMs = random() * clip.ms * 1.2
    const killed = sleep(killAfterMs).then(() => {
      if (pid !== undefined && supervisor.health.pid === pid) process.kill(pid, 'SIGKILL')
    })
    tally.runs += 1
    try {
      const { text, words } = await transcribe(supervisor, clip.pcm)
      const same =
        text === clip.transcript.text && JSON.stringify(words) === JSON.stringify(clip.transcript.words)
      if (!same) tally.mismatches += 1
    } catch (error) {
      tally.lost += 1
      process.stderr.write(`${clip.file} killed after ${killAfterMs.toFixed(1)} ms: ${String(error)}\n`)
    }
    await killed
    if ((run + 1) % 50 === 0) process.stdout.write(`${run + 1} kills of the worker\n`)
  }
}

async function undisturbed(supervisor: Supervisor): Promise<Undisturbed[]> {
  const clips: Undisturbed[] = []
  for (const { file, path } of speechClips()) {
    const pcm = await readPcm(path)
    const begun = performance.now()
    const transcript = await transcribe(supervisor, pcm)
    clips.push({ file, pcm, transcript, ms: performance.now() - begun })
  }
  return clips
}

async function transcribe(supervisor: Supervisor, pcm: Float32Array): Promise<Transcript> {
  const utterance = supervisor.open()
  for (let from = 0; from < pcm.length; from += SAMPLE_RATE / 10) {
    await utterance.write(pcm.subarray(from, from + SAMPLE_RATE / 10))
  }
  return await utterance.finish()
}
