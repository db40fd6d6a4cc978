/**
 * Transducers against sherpa-onnx: Parakeet (TDT and RNN-T) and both generations of streaming Zipformers.
 *
 * sherpa-onnx's features for NeMo's models are not NeMo's (sherpa-features.ts says how they differ), so Parakeet's
 * networks and search are compared on its features; ours have vectors of their own in the unit tests.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { TransducerSearch, type TransducerNetwork } from '../../src/engine/decode/transducer-search.ts'
import type { BandMajor } from '../../src/engine/features/matrix.ts'
import { listFolder } from '../../src/engine/models/folder.ts'
import { openGraph, readPieces } from '../../src/engine/models/model-files.ts'
import { encodedSteps, encoderFeeds } from '../../src/engine/models/nemo-encoder.ts'
import { openNetwork } from '../../src/engine/models/nemo-network.ts'
import { TransducerStream } from '../../src/engine/models/transducer-stream.ts'
import { FAMILY as ZIPFORMER } from '../../src/engine/models/zipformer.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import { samplesOf, type Pcm } from '../../src/shared/audio.ts'
import { sherpaTransducer, writeFiles, type NemoToy } from '../onnx/nemo.ts'
import { babble } from '../onnx/random.ts'
import { zipformerFiles, type ZipformerToy } from '../onnx/zipformer.ts'
import { firstDifference, type Case, type Comparison } from './agreement.ts'
import { SHERPA, sherpaTokens } from './sherpa.ts'
import { SherpaNemoFrontEnd } from './sherpa-features.ts'

const SECONDS = [0.4, 1, 2.3, 4, 7.1]
const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz')
const PIECES = [...LETTERS, ...LETTERS.map((letter) => `▁${letter}`)]
/** NeMo’s greedy decoders and ours allow ten tokens on a step of a TDT model, sherpa-onnx five. */
const [OURS_AT_MOST, THEIRS_AT_MOST] = [10, 5]
const FEWER =
  'sherpa-onnx leaves a step after 5 tokens, NeMo after 10; with its limit the tokens are the same'
/** Scores nearer to each other than this are a tie: both compute their features in their own order of float32. */
const TIE = 0.01
const TIED = `a tie: two tokens within ${TIE} of each other, which rounding parts`

const PARAKEETS: readonly NemoToy[] = [1, 2, 3, 4, 5].flatMap((seed): NemoToy[] => {
  const pieces = ['<unk>', ...PIECES]
  return [
    { seed, pieces, bands: 128, layers: 2, tdt: true, blankBias: 2 },
    { seed: seed + 100, pieces, bands: 80, layers: 1, tdt: false, blankBias: 4 },
  ]
})

const ZIPFORMERS: readonly ZipformerToy[] = [1, 2, 3, 4, 5].flatMap((seed): ZipformerToy[] => {
  const pieces = ['<blk>', '<sos/eos>', '<unk>', ...PIECES.map((piece) => piece.toUpperCase())]
  return [
    { seed, generation: 2, pieces, blankBias: 2 },
    { seed: seed + 100, generation: 1, pieces, window: 39, shift: 32, blankBias: 2 },
  ]
})

/** @param scratch an empty folder. */
export async function transducers(scratch: string): Promise<readonly Comparison[]> {
  const clips = SECONDS.map((seconds, index) => babble(index + 1, samplesOf(seconds)))
  const [tdt, rnnt, first, second]: [Case[], Case[], Case[], Case[]] = [[], [], [], []]
  for (const toy of PARAKEETS) {
    const folder = join(scratch, `parakeet-${toy.seed}`)
    ;(toy.tdt ? tdt : rnnt).push(...(await parakeetCases(folder, toy, clips)))
  }
  for (const toy of ZIPFORMERS) {
    const folder = join(scratch, `zipformer-${toy.seed}`)
    ;(toy.generation === 1 ? first : second).push(...(await zipformerCases(folder, toy, clips)))
  }
  const families = {
    'Parakeet TDT, on their features': tdt,
    'Parakeet RNN-T, on their features': rnnt,
    Zipformer: first,
    'Zipformer 2': second,
  }
  return Object.entries(families).map(([family, cases]) => ({ family, reference: SHERPA, cases }))
}

async function parakeetCases(folder: string, toy: NemoToy, clips: readonly Pcm[]): Promise<Case[]> {
  await mkdir(folder, { recursive: true })
  await writeFiles(folder, sherpaTransducer(toy))
  const graphs = ['encoder.onnx', 'decoder.onnx', 'joiner.onnx'] as const
  const theirs = sherpaTokens(folder, { kind: 'nemo', graphs }, toy.bands, clips)
  const frontEnd = new SherpaNemoFrontEnd(toy.bands, 'povey', 7600)
  const features = (pcm: Pcm): BandMajor => frontEnd.normalised(pcm)
  const ours = await parakeetTokens(folder, features, OURS_AT_MOST, clips)
  const limited = await parakeetTokens(folder, features, THEIRS_AT_MOST, clips)
  return clips.map((_, index): Case => {
    const [own, other = []] = [ours[index] ?? NOTHING, theirs[index]]
    const name = `weights ${toy.seed}, ${SECONDS[index] ?? 0} s`
    return { name, ours: own.ids, theirs: other, fault: faultOf(own, limited[index] ?? NOTHING, other) }
  })
}

interface Said {
  readonly ids: readonly number[]
  /** By token, and for the end: the narrowest decision on the way to it. */
  readonly margins: readonly number[]
}

const NOTHING: Said = { ids: [], margins: [] }

/** @param limited what ours says with their limit. */
function faultOf(own: Said, limited: Said, theirs: readonly number[]): string | undefined {
  const tied = ({ ids, margins }: Said): boolean =>
    (margins[firstDifference(ids, theirs) ?? Infinity] ?? Infinity) < TIE
  if (tied(own)) return TIED
  return firstDifference(limited.ids, theirs) === undefined || tied(limited) ? FEWER : undefined
}

/** The network and the search of the product behind features that are sherpa-onnx's. */
async function parakeetTokens(
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

/** Notes how far the best token is ahead of the next. */
function watch<Context>(
  network: TransducerNetwork<Context>,
  size: number,
  margins: number[],
): TransducerNetwork<Context> {
  return {
    start: () => network.start(),
    scores: async (step, context) => {
      const scores = await network.scores(step, context)
      const [best = 0, next = 0] = Array.from(scores.subarray(0, size)).sort((a, b) => b - a)
      margins.push(Math.min(margins.pop() ?? Infinity, best - next))
      return scores
    },
    advance: (context, token) => {
      margins.push(Infinity)
      return network.advance(context, token)
    },
  }
}

/** The product as it is. What it adds behind the end, sherpa-onnx is given; and a frame more, for it waits for one. */
async function zipformerCases(folder: string, toy: ZipformerToy, clips: readonly Pcm[]): Promise<Case[]> {
  await mkdir(folder, { recursive: true })
  await writeFiles(folder, zipformerFiles(toy))
  const ort = await loadRuntime()
  const listing = await listFolder(folder)
  await using model = await ZIPFORMER.load({ ort, folder, listing, vad: '', threads: 1, wishes: {} })
  const ours: number[][] = []
  for (const pcm of clips) {
    const decode =
      'open' in model && typeof model.open === 'function' ? (model.open as () => unknown)() : undefined
    if (!(decode instanceof TransducerStream)) throw new TypeError('it does not stream')
    await decode.push(pcm)
    await decode.finish()
    ours.push(decode.tokens)
  }
  const tail = 160 * ((toy.window ?? 45) + 30 + 1)
  const padded = clips.map((pcm) => {
    const longer = new Float32Array(pcm.length + tail)
    longer.set(pcm)
    return longer
  })
  const [encoder, decoder, joiner] = ['encoder', 'decoder', 'joiner'].map(
    (name) => `${name}-epoch-99-avg-1.onnx`,
  )
  const graphs = [encoder ?? '', decoder ?? '', joiner ?? ''] as const
  const theirs = sherpaTokens(folder, { kind: 'zipformer', graphs }, 80, padded)
  return clips.map((_, index) => ({
    name: `weights ${toy.seed}, ${SECONDS[index] ?? 0} s`,
    ours: ours[index] ?? [],
    theirs: theirs[index] ?? [],
  }))
}
