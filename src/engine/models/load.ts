/** A model folder → a Model: config.json says which family, the family's file does the rest. */
import { StenoError } from '../../shared/errors.ts'
import type { ModelRequest } from '../../shared/worker-frames.ts'
import type { Model } from '../model.ts'
import type { Ort } from '../runtime.ts'
import { readConfig, readField, type ModelConfig } from './config.ts'
import { loadCtc } from './ctc.ts'

/** Rejects with a StenoError naming the file that is missing, damaged or of a kind Steno does not know. */
type LoadFamily = (ort: Ort, request: ModelRequest, config: ModelConfig) => Promise<Model>

const FAMILIES: Readonly<Record<string, LoadFamily>> = { ctc: loadCtc }

export async function loadModel(ort: Ort, request: ModelRequest): Promise<Model> {
  const config = await readConfig(request.folder)
  const family = readField(config, 'family', 'string')
  const load = FAMILIES[family]
  if (load !== undefined) return await load(ort, request, config)
  throw new StenoError('model-unsupported', `Steno does not know the model family “${family}”.`, {
    file: config.file,
    hint: `Choose a model of one of these families: ${Object.keys(FAMILIES).join(', ')}.`,
  })
}
