/** Steno's Whisper without its policy: no fall-back, no guards, as a reference decodes. */
import { listFolder } from '../../src/engine/models/folder.ts'
import { inFolder, seq2seqFiles } from '../../src/engine/models/seq2seq-files.ts'
import { WhisperDecoder } from '../../src/engine/models/whisper-decoder.ts'
import { OptimumWhisper } from '../../src/engine/models/whisper-network.ts'
import { readWhisperSettings } from '../../src/engine/models/whisper-settings.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'

export async function readConfigured(folder: string): Promise<WhisperDecoder> {
  const files = seq2seqFiles(await listFolder(folder))
  if (files instanceof Error) throw files
  const settings = await readWhisperSettings(folder)
  const network = await OptimumWhisper.open(await loadRuntime(), inFolder(folder, files), 1, settings.bands)
  return new WhisperDecoder(settings, network)
}
