/** A model folder → a Model: each family looks at what is in it, the one that knows it loads it. */
import { join } from 'node:path'
import { StenoError } from '../../shared/errors.ts'
import type { ModelRequest } from '../../shared/worker-frames.ts'
import type { Model } from '../model.ts'
import { assertFile, type Ort } from '../runtime.ts'
import { FAMILY as CANARY } from './canary.ts'
import { readField } from './config.ts'
import { FAMILY as CTC } from './ctc.ts'
import type { Fitting, ModelFamily } from './family.ts'
import { FAMILY as FASTCONFORMER } from './fastconformer.ts'
import { listFolder, type FolderListing } from './folder.ts'
import { assertRoom } from './memory.ts'
import { FAMILY as MOONSHINE } from './moonshine.ts'
import { FAMILY as MOONSHINE_STREAMING } from './moonshine-streaming.ts'
import { FAMILY as NEMO_CTC } from './nemo-ctc.ts'
import { readOnnxMetadata } from './onnx-metadata.ts'
import { FAMILY as PARAKEET } from './parakeet.ts'
import { FAMILY as SENSE_VOICE } from './sense-voice.ts'
import { FAMILY as WHISPER } from './whisper.ts'
import { FAMILY as ZIPFORMER } from './zipformer.ts'

const FAMILIES: readonly ModelFamily[] = [
  CTC,
  WHISPER,
  MOONSHINE,
  MOONSHINE_STREAMING,
  PARAKEET,
  NEMO_CTC,
  CANARY,
  FASTCONFORMER,
  SENSE_VOICE,
  ZIPFORMER,
]

/**
 * Rejects with a StenoError naming the file that is missing, damaged or of a kind Steno does not know, and with
 * `model-unsupported` when the machine cannot hold the model.
 */
export async function loadModel(ort: Ort, request: ModelRequest): Promise<Model> {
  const listing = await listFolder(request.folder)
  const { family, fitting } = await recogniseFolder(listing)
  assertRoom(listing, fitting)
  // Most damage shows in a few reads, before anything that takes long.
  for (const graph of fitting.graphs) {
    if (graph.endsWith('.onnx')) await readOnnxMetadata(join(request.folder, graph))
  }
  return await family.load({ wishes: {}, ...request, ort, listing })
}

export interface Recognised {
  readonly family: ModelFamily
  readonly fitting: Fitting
}

/** Rejects with the reason when no family can load the folder. */
export async function recogniseFolder(listing: FolderListing): Promise<Recognised> {
  let unfit: StenoError | undefined
  for (const family of FAMILIES) {
    const verdict = await family.recognise(listing)
    if (verdict.kind === 'fits') return { family, fitting: verdict }
    if (verdict.kind === 'unfit') unfit ??= verdict.error
  }
  throw unfit ?? (await unknown(listing))
}

async function unknown({ folder, config }: FolderListing): Promise<StenoError> {
  const file = join(folder, 'config.json')
  if (config === undefined) await assertFile(file)
  const type = config?.fields['model_type']
  const named =
    config !== undefined && typeof type !== 'string' ? readField(config, 'family', 'string') : type
  return new StenoError(
    'model-unsupported',
    `Steno does not know the model family “${typeof named === 'string' ? named : ''}”: ${file}`,
    {
      file,
      hint: `Choose a model of one of these families: ${FAMILIES.map(({ name }) => name).join(', ')}.`,
    },
  )
}
