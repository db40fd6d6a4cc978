/** The bundled clip through the whole path: file → supervisor → worker → engine → text. */
import { readFile } from 'node:fs/promises'
import { openAudio } from '../audio/read.ts'
import type { Transcript } from '../shared/transcript.ts'
import type { Supervisor } from '../supervisor/supervisor.ts'
import { SAMPLE_CLIP, SAMPLE_TEXT } from './resources.ts'

export async function speakSample(supervisor: Supervisor, signal: AbortSignal): Promise<Transcript> {
  await using file = await openAudio(SAMPLE_CLIP)
  const utterance = supervisor.open()
  for await (const piece of file.pcm(signal)) await utterance.write(piece)
  return await utterance.finish(signal)
}

/** What the reader of the clip really said. */
export async function sampleText(): Promise<string> {
  return (await readFile(SAMPLE_TEXT, 'utf8')).trim()
}
