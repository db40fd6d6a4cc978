/** Finding a family's files in a folder's listing, and opening them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Graph, type GraphNames } from '../graph.ts'
import { assertFile, type Ort } from '../runtime.ts'
import { parsePieces } from '../tokenizer/piece-file.ts'
import { PieceTokenizer } from '../tokenizer/pieces.ts'
import { StenoError } from '../../shared/errors.ts'
import type { Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'

/** `‹name›.onnx`, or its quantised sister, which is smaller and quicker, where both are there. */
export function graphNamed(listing: FolderListing, name: string): string | undefined {
  return [`${name}.int8.onnx`, `${name}.onnx`].find((file) => listing.files.has(file))
}

/** The same for a name that only begins so, such as icefall's encoder-epoch-99-avg-1.onnx. */
export function graphBeginning(listing: FolderListing, begin: string): string | undefined {
  const found = [...listing.files.keys()].filter((file) => file.startsWith(begin) && file.endsWith('.onnx'))
  return found.find((file) => file.endsWith('.int8.onnx')) ?? found[0]
}

/** The verdict on a folder that lacks a file of its family. */
export function without({ folder }: FolderListing, name: string): Verdict {
  const file = join(folder, name)
  const error = new StenoError('model-missing', `The model file is missing: ${file}`, {
    file,
    hint: 'Fetch the model again, or choose another one.',
  })
  return { kind: 'unfit', error }
}

/** Rejects with `model-missing` or `model-corrupt`, naming the file. */
export async function readPieces(file: string, blank?: number): Promise<PieceTokenizer> {
  await assertFile(file)
  return PieceTokenizer.parse(await readFile(file, 'utf8'), { file, blank })
}

/** The id of a piece that has a meaning of its own, such as `<unk>`; undefined where there is none. */
export async function idOfPiece(file: string, piece: string): Promise<number | undefined> {
  const id = parsePieces(await readFile(file, 'utf8'), file).indexOf(piece)
  return id < 0 ? undefined : id
}

export interface WantedGraph extends GraphNames {
  /** Of the file, within the folder. */
  readonly name: string
}

export interface OpenRequest {
  readonly ort: Ort
  readonly folder: string
  readonly threads: number
}

/** Opens one graph; it belongs to `stack` from then on. Rejects naming the file. */
export async function openGraph(
  stack: AsyncDisposableStack,
  { ort, folder, threads }: OpenRequest,
  { name, ...names }: WantedGraph,
): Promise<Graph> {
  return stack.use(await Graph.open(ort, join(folder, name), threads, names))
}
