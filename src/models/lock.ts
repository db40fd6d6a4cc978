/**
 * One process at a time works on a model, whichever Steno it belongs to. The lock is the operating system's own on an
 * open file (SQLite takes it): a process that is killed loses it with its life, so there is no stale one to judge.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StenoError } from '../shared/errors.ts'
import type { ModelName } from '../shared/models.ts'

/** Throws `model-busy`. @param folder of all models. */
export function lockModel(folder: string, name: ModelName): Disposable {
  const locks = join(folder, '.locks')
  mkdirSync(locks, { recursive: true })
  const file = new DatabaseSync(join(locks, name), { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    file.close()
    throw new StenoError('model-busy', `Another Steno is working on the model “${name}”.`, {
      hint: 'Wait until it is done, or close the other one.',
      cause,
    })
  }
  return {
    [Symbol.dispose]: () => {
      file.close()
    },
  }
}
