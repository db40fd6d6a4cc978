/** How much memory a model will take, before anything of it is loaded. */
import { totalmem } from 'node:os'
import { StenoError } from '../../shared/errors.ts'
import type { Fitting } from './family.ts'
import type { FolderListing } from './folder.ts'

/** Weights lie in memory once as read and in part again as the kernels want them: measured, 1.44 times the file. */
const PER_WEIGHT_BYTE = 1.5
/** The process with the inference library and the voice detector. */
const BASE_BYTES = 96 * 2 ** 20
/** How much of a machine one model may take. */
const SHARE = 0.8

/** Bytes the process will hold at its peak. Weights kept beside a graph (`.data`, `.onnx.data`, `.onnx_data`) count. */
export function estimateBytes({ files }: FolderListing, { graphs, workingBytes }: Fitting): number {
  const weights = graphs.reduce((sum, graph) => sum + weightBytes(files, graph), 0)
  return Math.round(BASE_BYTES + PER_WEIGHT_BYTE * weights + workingBytes)
}

function weightBytes(files: FolderListing['files'], graph: string): number {
  const beside = [graph.replace(/\.onnx$/, '.data'), `${graph}.data`, `${graph}_data`].map(
    (name) => files.get(name) ?? 0,
  )
  return beside.reduce((sum, bytes) => sum + bytes, files.get(graph) ?? 0)
}

/** Throws `model-unsupported` when this machine cannot hold the model. @param machineBytes its memory. */
export function assertRoom(listing: FolderListing, fitting: Fitting, machineBytes = machineMemory()): void {
  const needed = estimateBytes(listing, fitting)
  if (needed <= SHARE * machineBytes) return
  throw new StenoError(
    'model-unsupported',
    `The model needs ${gibibytes(needed)} of memory, this computer has ${gibibytes(machineBytes)}: ${listing.folder}`,
    { file: listing.folder, hint: 'Choose a smaller model, or one with 8 bit weights.' },
  )
}

/** What a container allows counts, not what its host has. */
function machineMemory(): number {
  const allowed = process.constrainedMemory()
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`
}
