/**
 * Cache-aware streaming FastConformers against sherpa-onnx: windows, carried caches and search, on its features, which
 * are not NeMo's (sherpa-features.ts), and without NeMo's zeros before the first frame, which it leaves out.
 */
import { join } from 'node:path'
import { TransducerSearch } from '../../src/engine/decode/transducer-search.ts'
import { IncrementalFeatures, KALDI_REACH } from '../../src/engine/features/incremental.ts'
import { promptIndex, windowedEncoder } from '../../src/engine/models/fastconformer.ts'
import { listFolder } from '../../src/engine/models/folder.ts'
import { openGraph, readPieces } from '../../src/engine/models/model-files.ts'
import { openNetwork } from '../../src/engine/models/nemo-network.ts'
import { readOnnxMetadata } from '../../src/engine/models/onnx-metadata.ts'
import { TransducerStream } from '../../src/engine/models/transducer-stream.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import { writeFiles } from '../onnx/nemo.ts'
import { streamingNemo, type StreamingNemoToy } from '../onnx/nemo-streaming.ts'
import type { Case, Comparison } from './agreement.ts'
import { CLIPS, padded, PIECES } from './clips.ts'
import { SHERPA, sherpaTokens } from './sherpa.ts'
import { SherpaNemoFrontEnd } from './sherpa-features.ts'
import { isTie, TIED, watch, type Said } from './ties.ts'

/** NeMo's greedy decoders and sherpa-onnx's streaming one. */
const SYMBOLS_PER_STEP = 10
const HOP = 160

/** The published distances between windows, 80, 160, 560 and 1120 ms, and how silent the made-up weights are. */
const TOYS = [
  { shift: 8, blankBias: 4 },
  { shift: 16, blankBias: 10 },
  { shift: 56, blankBias: 8 },
  { shift: 112, blankBias: 8 },
  { shift: 16, blankBias: 5, prompts: { 'de-DE': 9, auto: 101 } },
].map((own, index): StreamingNemoToy => {
  // Where it is told the language it shows no control pieces.
  const pieces = 'prompts' in own ? PIECES : ['<unk>', ...PIECES]
  return { seed: index + 1, pieces, bands: 80, layers: index < 2 ? 1 : 2, tdt: false, ...own }
})

/** @param scratch an empty folder. */
export async function fastconformer(scratch: string): Promise<readonly Comparison[]> {
  const cases: Case[] = []
  for (const toy of TOYS) {
    const folder = join(scratch, String(toy.seed))
    for (const language of toy.prompts === undefined ? [undefined] : [undefined, 'de'])
      cases.push(...(await compare(folder, toy, language)))
  }
  return [{ family: 'FastConformer streaming, on their features', reference: SHERPA, cases }]
}

async function compare(folder: string, toy: StreamingNemoToy, language: string | undefined): Promise<Case[]> {
  await writeFiles(folder, streamingNemo(toy))
  const { tail, said } = await tokensOf(folder, toy, language)
  const graphs = ['encoder.onnx', 'decoder.onnx', 'joiner.onnx'] as const
  const theirs = sherpaTokens(
    folder,
    { kind: 'nemo-streaming', graphs, language },
    toy.bands,
    // It waits for one frame more than it needs.
    CLIPS.map(({ pcm }) => padded(pcm, HOP * (tail + 1))),
  )
  return CLIPS.map(({ seconds }, index): Case => {
    const [own = { ids: [], margins: [] }, other = []] = [said[index], theirs[index]]
    const told = language === undefined ? '' : `, ${language}`
    const name = `window every ${toy.shift} frames, ${seconds} s${told}`
    return { name, ours: own.ids, theirs: other, fault: isTie(own, other) ? TIED : undefined }
  })
}

/** @returns `tail`: frames of silence that Steno adds behind the end. */
async function tokensOf(
  folder: string,
  toy: StreamingNemoToy,
  language: string | undefined,
): Promise<{ readonly tail: number; readonly said: readonly Said[] }> {
  const ort = await loadRuntime()
  const listing = await listFolder(folder)
  const request = { ort, folder, listing, vad: '', threads: 1, wishes: {} }
  await using stack = new AsyncDisposableStack()
  const tokenizer = await readPieces(join(folder, 'tokens.txt'))
  const graph = await openGraph(stack, request, {
    name: 'encoder.onnx',
    inputs: ['audio_signal', 'length'],
    outputs: ['outputs'],
  })
  const settings = await readOnnxMetadata(graph.file)
  const prompt = toy.prompts === undefined ? undefined : promptIndex(settings, folder, language)
  const encoder = windowedEncoder(graph, settings, { lead: 0, prompt })
  const network = await openNetwork(stack, request, tokenizer, 'decoder.onnx', 'joiner.onnx')
  const frontEnd = new SherpaNemoFrontEnd(toy.bands, 'hann', 8000)
  const said: Said[] = []
  for (const { pcm } of CLIPS) {
    const margins = [Infinity]
    const { size, blank } = tokenizer
    const stream = new TransducerStream({
      encoder,
      features: new IncrementalFeatures(frontEnd, KALDI_REACH),
      search: new TransducerSearch(watch(network, size, margins), {
        tokens: size,
        blank,
        symbolsPerStep: SYMBOLS_PER_STEP,
      }),
      tokenizer,
      boost: undefined,
    })
    await stream.push(pcm)
    await stream.finish()
    said.push({ ids: stream.tokens, margins })
  }
  return { tail: encoder.tail, said }
}
