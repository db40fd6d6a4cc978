/** A recording read by another model than the one that wrote it down; its text takes the place of the old one on demand. */
import type { DictationId } from '../../shared/dictation.ts'
import { unedited } from '../../shared/edits.ts'
import { StenoError } from '../../shared/errors.ts'
import type { AnotherReading } from '../../shared/history.ts'
import type { ModelName } from '../../shared/models.ts'
import type { ModelRequest } from '../../shared/worker-frames.ts'
import type { FileCustody } from '../custody/file-custody.ts'
import type { ReadResult, ReadWith } from '../models/read-with.ts'

export interface RereadWorld {
  readonly custody: Pick<FileCustody, 'find' | 'soundOf' | 'seal'>
  readonly readWith: ReadWith
  /** Throws for a model that is not there. */
  readonly requestOf: (name: ModelName) => ModelRequest
}

export class Reread {
  readonly #world: RereadWorld
  /** The last of each: a window shows one at a time. */
  #read: { readonly id: DictationId; readonly name: ModelName; readonly result: ReadResult } | undefined

  constructor(world: RereadWorld) {
    this.#world = world
  }

  /** Rejects when there is no sound any more, or the model cannot be loaded. */
  async read(id: DictationId, name: ModelName): Promise<AnotherReading> {
    const { custody, readWith, requestOf } = this.#world
    const sound = await custody.soundOf(id)
    if (sound === undefined) {
      throw new StenoError('sound-missing', 'The sound of this dictation is not there any more.', {
        hint: 'Only its text is kept.',
      })
    }
    const result = await readWith(requestOf(name), sound)
    this.#read = { id, name, result }
    return { model: name, text: result.text, realTimeFactor: result.realTimeFactor }
  }

  /** Throws when that is not what was read last. */
  take(id: DictationId, name: ModelName): void {
    const dictation = this.#world.custody.find(id)
    const read = this.#read
    if (dictation?.outcome === undefined || read?.id !== id || read.name !== name)
      throw new StenoError('usage', 'There is no such reading any more: read it again.')
    this.#world.custody.seal(id, {
      outcome: dictation.outcome,
      written: unedited(read.result.text),
      timesMs: dictation.timesMs,
      model: name,
      words: read.result.words,
    })
  }
}
