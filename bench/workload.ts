/** What every measurement speaks: the bundled clips, and a minute made of them. */
import type { Transcriber } from '../src/engine/transcriber.ts'
import { modelRequest, STARTER_MODEL } from '../src/cli/resources.ts'
import { SAMPLE_RATE, samplesOf, type Pcm } from '../src/shared/audio.ts'
import { joinLines, type Line, type Transcript } from '../src/shared/transcript.ts'
import type { Supervisor } from '../src/supervisor/supervisor.ts'
import { joined, readPcm, speechClips } from '../test/fakes/speech.ts'

const GAP_SECONDS = 0.5

export async function oneMinute(): Promise<Pcm> {
  const pieces: Pcm[] = []
  for (const { path } of speechClips())
    pieces.push(await readPcm(path), new Float32Array(samplesOf(GAP_SECONDS)))
  return joined(pieces).slice(0, samplesOf(60))
}

export const REQUEST = modelRequest(STARTER_MODEL)

export async function transcribe(supervisor: Supervisor, pcm: Pcm): Promise<Transcript> {
  const utterance = supervisor.open()
  for (let from = 0; from < pcm.length; from += SAMPLE_RATE) {
    await utterance.write(pcm.subarray(from, from + SAMPLE_RATE))
  }
  return await utterance.finish()
}

/** The engine alone, in this process. */
export async function transcribeInProcess(engine: Transcriber, pcm: Pcm): Promise<Transcript> {
  const lines: Line[] = []
  const events = {
    partial: () => undefined,
    settled(_samples: number, line: Line | undefined) {
      if (line !== undefined) lines.push(line)
    },
  }
  const stream = engine.openStream(0, events, new AbortController().signal)
  for (let from = 0; from < pcm.length; from += SAMPLE_RATE) {
    await stream.push(pcm.subarray(from, from + SAMPLE_RATE))
  }
  await stream.finish()
  return joinLines(lines, pcm.length / SAMPLE_RATE)
}
