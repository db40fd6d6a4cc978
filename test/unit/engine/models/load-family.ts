/** Loads a folder with one family, as `load.ts` does once it has asked them all. */
import type { ModelFamily } from '../../../../src/engine/models/family.ts'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import type { Model, StreamingModel } from '../../../../src/engine/model.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'
import type { Pcm } from '../../../../src/shared/audio.ts'

export async function loadFamily(family: ModelFamily, folder: string, wishes: Wishes = {}): Promise<Model> {
  const listing = await listFolder(folder)
  const verdict = await family.recognise(listing)
  if (verdict.kind === 'unfit') throw verdict.error
  if (verdict.kind === 'other') throw new Error('this is of another family')
  return await family.load({ ort: await loadRuntime(), listing, folder, vad: '', threads: 1, wishes })
}

export async function loadStreaming(
  family: ModelFamily,
  folder: string,
  wishes: Wishes = {},
): Promise<StreamingModel> {
  const model = await loadFamily(family, folder, wishes)
  if ('open' in model) return model as StreamingModel
  throw new Error('it does not stream')
}

/** What is heard when the sound comes a little at a time. */
export async function inPieces(model: StreamingModel, pcm: Pcm, length: number): Promise<unknown> {
  const decode = model.open()
  for (let at = 0; at < pcm.length; at += length) await decode.push(pcm.subarray(at, at + length))
  return await decode.finish()
}
