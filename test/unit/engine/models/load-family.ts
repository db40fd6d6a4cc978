/** Loads a folder with one family, as `load.ts` does once it has asked them all. */
import type { ModelFamily } from '../../../../src/engine/models/family.ts'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import type { Model } from '../../../../src/engine/model.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'

export async function loadFamily(family: ModelFamily, folder: string, wishes: Wishes = {}): Promise<Model> {
  const listing = await listFolder(folder)
  const verdict = await family.recognise(listing)
  if (verdict.kind === 'unfit') throw verdict.error
  if (verdict.kind === 'other') throw new Error('this is of another family')
  return await family.load({ ort: await loadRuntime(), listing, folder, vad: '', threads: 1, wishes })
}
