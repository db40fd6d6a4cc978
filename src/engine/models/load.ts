/** A model folder → a Model: config.json says which family, the family's file does the rest. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StenoError, textOf } from '../../shared/errors.ts'
import type { ModelRequest } from '../../shared/worker-frames.ts'
import type { Model } from '../model.ts'
import { assertFile, type Ort } from '../runtime.ts'
import { loadCtc } from './ctc.ts'

export type ModelConfig = Readonly<Record<string, unknown>>

/** Rejects with a StenoError naming the file that is missing, damaged or of a kind Steno does not know. */
export type LoadFamily = (ort: Ort, request: ModelRequest, config: ModelConfig) => Promise<Model>

const FAMILIES: ReadonlyMap<unknown, LoadFamily> = new Map([['ctc', loadCtc]])

export async function loadModel(ort: Ort, request: ModelRequest): Promise<Model> {
  const file = join(request.folder, 'config.json')
  const config = await readConfig(file)
  const load = FAMILIES.get(config['family'])
  if (load !== undefined) return await load(ort, request, config)
  const known = [...FAMILIES.keys()].join(', ')
  throw new StenoError('model-unsupported', `Steno does not know the model family ${JSON.stringify(config['family'])}.`, {
    file,
    hint: `Choose a model of one of these families: ${known}.`,
  })
}

async function readConfig(file: string): Promise<ModelConfig> {
  await assertFile(file)
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed }
    throw new TypeError('it holds no object')
  } catch (error) {
    throw new StenoError('model-corrupt', `The model’s settings cannot be read: ${file}`, {
      file,
      hint: 'Fetch the model again.',
      cause: textOf(error),
    })
  }
}
