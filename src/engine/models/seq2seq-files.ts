/**
 * The files of an encoder and a decoder, merged or in two graphs, in the layout of transformers.js, and which of several copies of one
 * graph to open: a suffix names the precision (`encoder_model_quantized.onnx`); they lie in `onnx/` or beside
 * config.json.
 */
import { join } from 'node:path'
import { StenoError } from '../../shared/errors.ts'
import type { FolderListing } from './folder.ts'

/**
 * By what serves a CPU best: 8 bit weights are two to three times as fast as float32; half precision is converted
 * back and forth; 4 bit weights save memory only.
 */
const SUFFIXES = ['_quantized', '_int8', '_uint8', '', '_fp16', '_q4', '_q4f16', '_bnb4'] as const
const CANDIDATES = SUFFIXES.flatMap((suffix) =>
  ['onnx', 'ort'].flatMap((end) => ['onnx/', ''].map((place) => ({ place, end: `${suffix}.${end}` }))),
)

export interface Seq2SeqFiles {
  readonly encoder: string
  readonly decoder: string
  /** What goes on from the caches of `decoder`, where that is not merged. */
  readonly next?: string | undefined
}

/** Paths relative to the folder, or what it lacks: `model-missing`, naming the file. */
export function seq2seqFiles(listing: FolderListing): Seq2SeqFiles | StenoError {
  const encoder = chooseGraph(listing, 'encoder_model')
  const merged = chooseGraph(listing, 'decoder_model_merged')
  const [first, next] = ['decoder_model', 'decoder_with_past_model'].map((stem) => chooseGraph(listing, stem))
  if (encoder === undefined) return lacking(listing, 'onnx/encoder_model.onnx')
  if (merged === undefined && first === undefined) return lacking(listing, 'onnx/decoder_model_merged.onnx')
  if (merged === undefined && next === undefined) return lacking(listing, 'onnx/decoder_with_past_model.onnx')
  if (!listing.files.has('tokenizer.json')) return lacking(listing, 'tokenizer.json')
  return merged === undefined ? { encoder, decoder: first ?? '', next } : { encoder, decoder: merged }
}

/** The graphs that loading opens. */
export function graphsOf({ encoder, decoder, next }: Seq2SeqFiles): string[] {
  return [encoder, decoder, ...(next === undefined ? [] : [next])]
}

export function inFolder(folder: string, { encoder, decoder, next }: Seq2SeqFiles): Seq2SeqFiles {
  const paths = { encoder: join(folder, encoder), decoder: join(folder, decoder) }
  return next === undefined ? paths : { ...paths, next: join(folder, next) }
}

function chooseGraph({ files }: FolderListing, stem: string): string | undefined {
  return CANDIDATES.map(({ place, end }) => `${place}${stem}${end}`).find((name) => files.has(name))
}

/** @param name path of the missing file, relative to the folder. */
export function lacking({ folder }: FolderListing, name: string): StenoError {
  const file = join(folder, name)
  return new StenoError('model-missing', `The model file is missing: ${file}`, {
    file,
    hint: 'Fetch the model again, or choose another one.',
  })
}
