/** Fetches one published model and reads the bundled clips with it, as `transcribe` would: through the worker. */
import { join } from 'node:path'
import { composeSupervisor } from '../src/cli/compose.ts'
import { remoteFiles, type PublishedModel } from '../src/models/catalogue.ts'
import { fetchFiles } from '../src/models/download.ts'
import { SAMPLE_RATE, type Pcm } from '../src/shared/audio.ts'
import { silentLog } from '../src/shared/log.ts'
import { TUNING } from '../src/shared/tuning.ts'
import { systemClock } from '../src/process/system-clock.ts'
import { wordErrorRate } from '../src/shared/scoring.ts'
import type { Supervisor } from '../src/supervisor/supervisor.ts'
import { readPcm, speechClips, type Clip } from '../test/fakes/speech.ts'

export interface OnlineCheck {
  readonly base: string
  /** A folder; each model has one of its own in it. */
  readonly cache: string
  readonly signal: AbortSignal
  readonly print: (line: string) => void
  /** All that are bundled, unless fewer are enough. */
  readonly clips?: readonly Clip[]
}

export interface OnlineResult {
  /** Wrong words to words said, 0 to 1 and above. */
  readonly errorRate: number
}

/** Rejects with a StenoError, or with the signal's reason. */
export async function checkModel(model: PublishedModel, check: OnlineCheck): Promise<OnlineResult> {
  const { base, cache, signal, print, clips = speechClips() } = check
  const folder = join(cache, model.name, model.revision)
  const world = { fetch, clock: systemClock, date: Date.now, tuning: TUNING }
  await fetchFiles(remoteFiles(model, base), folder, world, { signal, progress: tenths(print) })
  await using supervisor = composeSupervisor({ modelFolder: folder, log: silentLog, live: false })
  let [errors, words] = [0, 0]
  for (const { file, path, text } of clips) {
    signal.throwIfAborted()
    const heard = await transcribe(supervisor, await readPcm(path))
    const score = wordErrorRate(text, heard)
    errors += score.errors
    words += score.words
    print(`${file}: ${heard} (${score.errors} of ${score.words} words wrong)`)
  }
  return { errorRate: errors / words }
}

async function transcribe(supervisor: Supervisor, pcm: Pcm): Promise<string> {
  const utterance = supervisor.open()
  for (let from = 0; from < pcm.length; from += SAMPLE_RATE)
    await utterance.write(pcm.subarray(from, from + SAMPLE_RATE))
  return (await utterance.finish()).text
}

/** A line for each tenth of a file. */
function tenths(print: (line: string) => void): (path: string, bytes: number, total?: number) => void {
  let last = ''
  return (path, bytes, total) => {
    if (total === undefined) return
    const line = `${path}: ${Math.floor((10 * bytes) / total) * 10} % of ${(total / 1e6).toFixed(0)} MB`
    if (line !== last) print(line)
    last = line
  }
}
