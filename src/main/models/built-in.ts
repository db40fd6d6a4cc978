/** The model that comes with Steno, as one of those to choose from. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BUILT_IN_MODEL, type ModelCard } from '../../shared/models.ts'

/** Resident memory of a worker that has read five hundred utterances with it (docs/performance.md). */
const MEMORY_BYTES = 310e6

export function builtInCard(folder: string): ModelCard {
  return {
    name: BUILT_IN_MODEL,
    title: 'Basic English',
    family: 'ctc',
    languages: ['en'],
    licence: 'MIT',
    bytes: bytesIn(folder),
    memoryBytes: MEMORY_BYTES,
    speed: 'instant',
    goodFor: 'Comes with Steno and works at once',
    pinned: true,
    origin: 'built-in',
  }
}

/** 0 where it cannot be read: the worker that loads it says what is wrong. */
function bytesIn(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  } catch {
    return 0
  }
}
