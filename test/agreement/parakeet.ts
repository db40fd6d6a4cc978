/**
 * Parakeet (TDT and RNN-T) against sherpa-onnx, whose features for NeMo's models are not NeMo's (sherpa-features.ts
 * says how they differ): networks and search are compared on its features; ours have vectors of their own in the unit
 * tests.
 */
import { join } from 'node:path'
import { TransducerSearch } from '../../src/engine/decode/transducer-search.ts'
import type { BandMajor } from '../../src/engine/features/matrix.ts'
import { listFolder } from '../../src/engine/models/folder.ts'
import { openGraph, readPieces } from '../../src/engine/models/model-files.ts'
import { encodedSteps, encoderFeeds } from '../../src/engine/models/nemo-encoder.ts'
import { openNetwork } from '../../src/engine/models/nemo-network.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import type { Pcm } from '../../src/shared/audio.ts'
import { sherpaTransducer, writeFiles, type NemoToy } from '../onnx/nemo.ts'
import { firstDifference, type Case, type Comparison } from './agreement.ts'
import { CLIPS, PIECES } from './clips.ts'
import { SHERPA, sherpaTokens } from './sherpa.ts'
import { SherpaNemoFrontEnd } from './sherpa-features.ts'
import { isTie, TIED, watch, type Said } from './ties.ts'

/** NeMo’s greedy decoders and ours allow ten tokens on a step of a TDT model, sherpa-onnx five. */
const [OURS_AT_MOST, THEIRS_AT_MOST] = [10, 5]
const FEWER =
  'sherpa-onnx leaves a step after 5 tokens, NeMo after 10; with its limit the tokens are the same'

const TOYS: readonly NemoToy[] = [1, 2, 3, 4, 5].flatMap((seed): NemoToy[] => {
  const pieces = ['<unk>', ...PIECES]
  return [
    { seed, pieces, bands: 128, layers: 2, tdt: true, blankBias: 2 },
    { seed: seed + 100, pieces, bands: 80, layers: 1, tdt: false, blankBias: 4 },
  ]
})

/** @param scratch an empty folder. */
export async function parakeet(scratch: string): Promise<readonly Comparison[]> {
  const [tdt, rnnt]: [Case[], Case[]] = [[], []]
  for (const toy of TOYS) {
    const folder = join(scratch, String(toy.seed))
    ;(toy.tdt ? tdt : rnnt).push(...(await compare(folder, toy)))
  }
  return [
    { family: 'Parakeet TDT, on their features', reference: SHERPA, cases: tdt },
    { family: 'Parakeet RNN-T, on their features', reference: SHERPA, cases: rnnt },
  ]
}

async function compare(folder: string, toy: NemoToy): Promise<Case[]> {
  await writeFiles(folder, sherpaTransducer(toy))
  const graphs = ['encoder.onnx', 'decoder.onnx', 'joiner.onnx'] as const
  const clips = CLIPS.map(({ pcm }) => pcm)
  const theirs = sherpaTokens(folder, { kind: 'nemo', graphs }, toy.bands, clips)
  const frontEnd = new SherpaNemoFrontEnd(toy.bands, 'povey', 7600)
  const features = (pcm: Pcm): BandMajor => frontEnd.normalised(pcm)
  const ours = await tokensOf(folder, features, OURS_AT_MOST, clips)
  const limited = await tokensOf(folder, features, THEIRS_AT_MOST, clips)
  return CLIPS.map(({ seconds }, index): Case => {
    const [own = NOTHING, other = []] = [ours[index], theirs[index]]
    const name = `weights ${toy.seed}, ${seconds} s`
    return { name, ours: own.ids, theirs: other, fault: faultOf(own, limited[index] ?? NOTHING, other) }
  })
}

const NOTHING: Said = { ids: [], margins: [] }

/** @param limited what ours says with their limit. */
function faultOf(own: Said, limited: Said, theirs: readonly number[]): string | undefined {
  if (isTie(own, theirs)) return TIED
  return firstDifference(limited.ids, theirs) === undefined || isTie(limited, theirs) ? FEWER : undefined
}

/** The network and the search of the product behind features that are sherpa-onnx's. */
async function tokensOf(
  folder: string,
  features: (pcm: Pcm) => BandMajor,
  symbolsPerStep: number,
  clips: readonly Pcm[],
): Promise<Said[]> {
  const ort = await loadRuntime()
  const listing = await listFolder(folder)
  const request = { ort, folder, listing, vad: '', threads: 1, wishes: {} }
  await using stack = new AsyncDisposableStack()
  const tokenizer = await readPieces(join(folder, 'tokens.txt'))
  const outputs = ['outputs', 'encoded_lengths']
  const encoder = await openGraph(stack, request, { name: 'encoder.onnx', inputs: ['audio_signal'], outputs })
  const network = await openNetwork(stack, request, tokenizer, 'decoder.onnx', 'joiner.onnx')
  const said: Said[] = []
  for (const pcm of clips) {
    const answer = await encoder.run(encoderFeeds(ort, features(pcm)), outputs)
    const { size, blank } = tokenizer
    const margins = [Infinity]
    const watched = watch(network, size, margins)
    const search = new TransducerSearch(watched, { tokens: size, blank, symbolsPerStep })
    await search.hear(encodedSteps(answer['outputs'], answer['encoded_lengths'], encoder.file))
    said.push({ ids: search.hypothesis.tokens.map(({ id }) => id), margins })
  }
  return said
}
