/** Finding a family's files in a folder's listing, and opening them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { textOf, StenoError } from '../../shared/errors.ts'
import { assertFile, openSession, type Ort, type Session } from '../runtime.ts'
import { PieceTokenizer } from '../tokenizer/pieces.ts'
import { misfit } from './carried-states.ts'
import type { FolderListing } from './folder.ts'

/** `‹name›.onnx`, or its quantised sister, which is smaller and quicker, where both are there. */
export function graphNamed(listing: FolderListing, name: string): string | undefined {
  return [`${name}.int8.onnx`, `${name}.onnx`].find((file) => listing.files.has(file))
}

/** A graph whose name begins so, such as icefall's encoder-epoch-99-avg-1.onnx; the quantised one if there are both. */
export function graphBeginning(listing: FolderListing, begin: string): string | undefined {
  const found = [...listing.files.keys()].filter((file) => file.startsWith(begin) && file.endsWith('.onnx'))
  return found.find((file) => file.endsWith('.int8.onnx')) ?? found[0]
}

export function missing(listing: FolderListing, name: string): StenoError {
  const file = join(listing.folder, name)
  return new StenoError('model-missing', `The model file is missing: ${file}`, {
    file,
    hint: 'Fetch the model again, or choose another one.',
  })
}

/** Rejects with `model-missing` or `model-corrupt`, naming the file. */
export async function readPieces(file: string, blank?: number): Promise<PieceTokenizer> {
  await assertFile(file)
  return PieceTokenizer.parse(await readFile(file, 'utf8'), { file, blank })
}

/** An open graph and its file, for messages. */
export interface Graph {
  readonly session: Session
  readonly file: string
}

/** Opens the graphs one after another; when one fails, those before it are released. */
export async function openGraphs(
  ort: Ort,
  folder: string,
  names: readonly string[],
  threads: number,
): Promise<Graph[]> {
  const graphs: Graph[] = []
  try {
    for (const name of names) {
      const file = join(folder, name)
      graphs.push({ file, session: await openSession(ort, file, threads) })
    }
    return graphs
  } catch (error) {
    await releaseAll(graphs)
    throw error
  }
}

export async function releaseAll(graphs: readonly Graph[]): Promise<void> {
  for (const { session } of graphs) await session.release()
}

/** First run of a model, which shows whether its files belong together; whatever it throws is `model-mismatch`. */
export async function tryOut<T>(graphs: readonly Graph[], run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    await releaseAll(graphs)
    throw error instanceof StenoError ? error : misfit(graphs[0]?.file ?? '', textOf(error))
  }
}
