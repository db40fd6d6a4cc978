/** The model that comes with Steno, as one of those to choose from. */
import { BUILT_IN_MODEL, type ModelCard } from '../../shared/models.ts'
import { sizesBelow } from '../system/sizes.ts'

/** Resident memory of a worker that has read five hundred utterances with it (docs/performance.md). */
const MEMORY_BYTES = 310e6

/** @param folder of the model; where it is not, the worker that loads it says so. */
export function builtInCard(folder: string): ModelCard {
  return {
    name: BUILT_IN_MODEL,
    title: 'Basic English',
    family: 'ctc',
    languages: ['en'],
    licence: 'MIT',
    bytes: sizesBelow(folder).bytes,
    memoryBytes: MEMORY_BYTES,
    speed: 'instant',
    goodFor: 'Comes with Steno and works at once',
    pinned: true,
    origin: 'built-in',
  }
}
