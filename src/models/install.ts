/** A model of the catalogue → whole in the store, or what has come of it kept for the next time. */
import type { ModelName } from '../shared/models.ts'
import { bytesOf, cardOf, remoteFiles, type CatalogueModel } from './catalogue.ts'
import { fetchFiles } from './download.ts'
import type { ModelStore } from './store.ts'
import type { TransferWorld } from './transfer.ts'

export interface InstallOptions {
  readonly signal?: AbortSignal | undefined
  /** Of the hub or a mirror. */
  readonly base?: string | undefined
  readonly progress?: ((bytes: number, total: number) => void) | undefined
  /** All has come, and is read back. */
  readonly verifying?: (() => void) | undefined
}

/**
 * Rejects as `fetchFiles` does, with `model-busy` while another Steno is at it, with `model-corrupt` where what lies
 * on the disk is not what came. An abort leaves what came.
 */
export async function install(
  model: CatalogueModel,
  store: ModelStore,
  world: TransferWorld,
  { signal, base, progress, verifying }: InstallOptions = {},
): Promise<void> {
  using _lock = store.lock(model.name)
  const files = remoteFiles(model, base)
  const folder = await store.beginPart(model.name, files)
  const sum = new ProgressSum(model, progress)
  for (const [path, bytes] of await store.comeOf(model.name)) sum.set(path, bytes)
  await fetchFiles(files, folder, world, {
    signal,
    progress: (path, bytes, total) => {
      sum.set(path, bytes, total)
    },
  })
  verifying?.()
  await store.seal(folder, cardOf(model), model.files, signal)
}

/** Of all files: what is known of a size while it comes is better than what the catalogue says. */
class ProgressSum {
  readonly #sizes: Map<string, number>
  readonly #here = new Map<string, number>()
  readonly #progress: InstallOptions['progress']

  constructor({ files }: CatalogueModel, progress: InstallOptions['progress']) {
    this.#sizes = new Map(files.map((file) => [file.path, bytesOf([file])]))
    this.#progress = progress
  }

  set(path: string, bytes: number, total?: number): void {
    if (total !== undefined) this.#sizes.set(path, total)
    this.#here.set(path, bytes)
    const here = sumOf(this.#here)
    this.#progress?.(here, Math.max(here, sumOf(this.#sizes)))
  }
}

function sumOf(values: ReadonlyMap<string, number>): number {
  return [...values.values()].reduce((sum, value) => sum + value, 0)
}

/** Deletes it, and what has come of it. Rejects with `model-busy`. */
export async function removeModel(store: ModelStore, name: ModelName): Promise<void> {
  using _lock = store.lock(name)
  await store.remove(name)
  await store.dropPart(name)
}
