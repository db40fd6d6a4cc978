/**
 * What a family of models offers: it knows its folder when it sees one, says what loading would open, and loads it.
 * `load.ts` asks every family in turn; a family never looks outside its folder.
 */
import type { StenoError } from '../../shared/errors.ts'
import type { ModelRequest, Wishes } from '../../shared/worker-frames.ts'
import type { Model } from '../model.ts'
import type { Ort } from '../runtime.ts'
import type { FolderListing } from './folder.ts'

export type Verdict =
  /** Nothing in the folder points to this family. */
  | { readonly kind: 'other' }
  /** It is of this family and cannot be loaded: the error names the file and says why. */
  | { readonly kind: 'unfit'; readonly error: StenoError }
  | Fitting

export interface Fitting {
  readonly kind: 'fits'
  /** The graphs that loading opens, as the listing names them. */
  readonly graphs: readonly string[]
  /** Caches, features and the largest activations of one decode, besides the weights. */
  readonly workingBytes: number
}

export interface LoadRequest extends ModelRequest {
  readonly ort: Ort
  readonly listing: FolderListing
  readonly wishes: Wishes
}

export interface ModelFamily {
  /** Becomes `ModelInfo.family`. */
  readonly name: string
  /** Looks at names, sizes and settings; opens no graph. At most reads the metadata of one. */
  recognise(listing: FolderListing): Verdict | Promise<Verdict>
  /** Called after `fits`. Rejects with a StenoError that names the file. */
  load(request: LoadRequest): Promise<Model>
}

export const OTHER: Verdict = { kind: 'other' }
