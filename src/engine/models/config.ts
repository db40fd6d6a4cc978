/** The settings of a model folder: reading them, and reading single fields with an error that names them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StenoError, textOf } from '../../shared/errors.ts'
import { assertFile } from '../runtime.ts'

export interface ModelConfig {
  readonly file: string
  readonly fields: Readonly<Record<string, unknown>>
}

interface FieldTypes {
  readonly string: string
  readonly number: number
}

/** Rejects with `model-missing` or `model-corrupt`. */
export async function readConfig(folder: string, name = 'config.json'): Promise<ModelConfig> {
  const file = join(folder, name)
  await assertFile(file)
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return { file, fields: { ...parsed } }
    throw new TypeError('it holds no object')
  } catch (error) {
    throw corrupt(file, textOf(error))
  }
}

/** Throws `model-corrupt` when the field is missing or of another type; numbers are finite and not negative. */
export function readField<T extends keyof FieldTypes>(
  { file, fields }: ModelConfig,
  name: string,
  type: T,
): FieldTypes[T] {
  const value = fields[name]
  if (isOf(value, type)) return value
  throw corrupt(file, `its field “${name}” is not a ${type}`)
}

function isOf<T extends keyof FieldTypes>(value: unknown, type: T): value is FieldTypes[T] {
  if (type === 'number') return Number.isFinite(value) && Number(value) >= 0
  return typeof value === type
}

function corrupt(file: string, cause: string): StenoError {
  return new StenoError('model-corrupt', `The model’s settings cannot be read: ${file}: ${cause}`, {
    file,
    hint: 'Fetch the model again.',
  })
}
