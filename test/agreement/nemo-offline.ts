/**
 * NeMo's CTC heads and Canary against sherpa-onnx, on its features: sherpa-features.ts says how they differ from NeMo's,
 * and ours have vectors of their own in the unit tests.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ctcGreedy } from '../../src/engine/decode/ctc-greedy.ts'
import type { Logits } from '../../src/engine/decode/logits.ts'
import { sherpaNetwork, SHERPA_NAMES, type CanaryNetwork } from '../../src/engine/models/canary-network.ts'
import { canaryPrompt, END, readCanaryVocabulary } from '../../src/engine/models/canary-prompt.ts'
import { canaryTokens, type CanaryDecode } from '../../src/engine/models/canary.ts'
import type { BandMajor } from '../../src/engine/features/matrix.ts'
import { openGraph, readPieces } from '../../src/engine/models/model-files.ts'
import { nemoLogProbs } from '../../src/engine/models/nemo-ctc.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import { samplesOf, type Pcm } from '../../src/shared/audio.ts'
import { sherpaCanary, type CanaryToy } from '../onnx/canary.ts'
import { sherpaCtc, type NemoCtcToy } from '../onnx/nemo-ctc.ts'
import { writeFiles } from '../onnx/nemo.ts'
import { babble } from '../onnx/random.ts'
import { firstDifference, type Case, type Comparison } from './agreement.ts'
import { SHERPA, sherpaTokens } from './sherpa.ts'
import { SherpaNemoFrontEnd } from './sherpa-features.ts'

const SECONDS = [0.4, 1, 2.3, 4, 7.1]
const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz')
const PIECES = ['<unk>', ...LETTERS, ...LETTERS.map((letter) => `▁${letter}`)]
const SUBSAMPLING = 8
/**
 * Scores nearer to each other than this are a tie: both compute their features in their own order of float32, and the
 * made-up heads are steep.
 */
const TIE = 0.05
const TIED = `a tie: two tokens within ${TIE} of each other, which rounding parts`
const SHORTER =
  'sherpa-onnx leaves out a last step of fewer than 8 frames; without it the tokens are the same'

const CTC: readonly NemoCtcToy[] = [1, 2, 3, 4, 5].flatMap((seed): NemoCtcToy[] => [
  { seed, pieces: PIECES, bands: 80, blankBias: 1 },
  { seed: seed + 100, pieces: PIECES, bands: 128, blankBias: 3 },
])

const CANARIES: readonly CanaryToy[] = [1, 2, 3].map((seed) => ({ seed, pieces: ['▁', ...PIECES.slice(1)] }))
const LANGUAGES = [
  ['en', false],
  ['de', false],
  ['fr', true],
] as const

/** @param scratch an empty folder. */
export async function nemoOffline(scratch: string): Promise<readonly Comparison[]> {
  const clips = SECONDS.map((seconds, index) => babble(index + 1, samplesOf(seconds)))
  const ctc: Case[] = []
  for (const toy of CTC) ctc.push(...(await ctcCases(join(scratch, `ctc-${toy.seed}`), toy, clips)))
  const canary: Case[] = []
  for (const toy of CANARIES)
    canary.push(...(await canaryCases(join(scratch, `canary-${toy.seed}`), toy, clips)))
  return [
    { family: 'NeMo CTC, on their features', reference: SHERPA, cases: ctc },
    { family: 'Canary, on their prompt and features', reference: SHERPA, cases: canary },
  ]
}

/**
 * The product, but prompted as they do: they leave out the mark that the tokenizer writes before the prompt (onnx-asr
 * has it), and count positions from 1 again behind it (NeMo's beam search, which the model is published with, goes on
 * counting).
 */
async function canaryCases(folder: string, toy: CanaryToy, clips: readonly Pcm[]): Promise<Case[]> {
  await mkdir(folder, { recursive: true })
  await writeFiles(folder, sherpaCanary(toy))
  const request = { ort: await loadRuntime(), folder, threads: 1 }
  await using stack = new AsyncDisposableStack()
  const encoder = await openGraph(stack, request, { name: 'encoder.onnx', ...SHERPA_NAMES.encoder })
  const decoder = await openGraph(stack, request, { name: 'decoder.onnx', ...SHERPA_NAMES.decoder })
  const network = sherpaNetwork({ encoder, decoder })
  const asTheirs: CanaryNetwork = {
    ...network,
    start: async (features, prompt) => ({ ...(await network.start(features, prompt.slice(1))), read: 1 }),
  }
  const vocabulary = await readCanaryVocabulary(join(folder, 'tokens.txt'))
  const end = vocabulary.id(END)
  const frontEnd = new SherpaNemoFrontEnd(128, 'hann', 7600)
  const cases: Case[] = []
  for (const [language, translate] of LANGUAGES) {
    const model = { kind: 'canary', graphs: ['encoder.onnx', 'decoder.onnx'], language, translate } as const
    const theirs = sherpaTokens(folder, model, 128, clips)
    const prompt = canaryPrompt(vocabulary, { language, translate })
    for (const [index, pcm] of clips.entries()) {
      const features = frontEnd.normalised(pcm)
      // Their budget: 30 a second of what the encoder heard, and one.
      const maxTokens = Math.floor((Math.ceil(features.frames / SUBSAMPLING) * SUBSAMPLING * 30) / 100) + 1
      const options = { prompt, end, maxTokens, guardLoops: false }
      const { tokens } = await canaryTokens(asTheirs, features, options)
      const other = theirs[index] ?? []
      cases.push({
        name: `weights ${toy.seed}, ${SECONDS[index] ?? 0} s, ${language}`,
        ours: tokens,
        theirs: other,
        fault: (await follows(asTheirs, features, options, other)) ? TIED : undefined,
      })
    }
  }
  return cases
}

async function ctcCases(folder: string, toy: NemoCtcToy, clips: readonly Pcm[]): Promise<Case[]> {
  await mkdir(folder, { recursive: true })
  await writeFiles(folder, sherpaCtc(toy))
  const theirs = sherpaTokens(folder, { kind: 'nemo-ctc', graph: 'model.onnx' }, toy.bands, clips)
  const frontEnd = new SherpaNemoFrontEnd(toy.bands, 'hann', 8000)
  const ort = await loadRuntime()
  const request = { ort, folder, threads: 1 }
  await using stack = new AsyncDisposableStack()
  const tokenizer = await readPieces(join(folder, 'tokens.txt'))
  const names = { inputs: ['audio_signal', 'length'], outputs: ['logprobs'] }
  const graph = await openGraph(stack, request, { name: 'model.onnx', ...names })
  const cases: Case[] = []
  for (const [index, pcm] of clips.entries()) {
    const features = frontEnd.normalised(pcm)
    const logits = await nemoLogProbs(graph, features, tokenizer)
    const said = (some: Logits): number[] => ctcGreedy(some, tokenizer.blank).tokens.map(({ id }) => id)
    const whole = { ...logits, steps: Math.floor(features.frames / SUBSAMPLING) }
    const other = theirs[index] ?? []
    cases.push({
      name: `weights ${toy.seed}, ${SECONDS[index] ?? 0} s`,
      ours: said(logits),
      theirs: other,
      fault: faultOf(said(whole), whole, other, tokenizer.blank),
    })
  }
  return cases
}

function faultOf(
  limited: readonly number[],
  logits: Logits,
  theirs: readonly number[],
  blank: number,
): string | undefined {
  if (firstDifference(limited, theirs) === undefined) return SHORTER
  return spellable(logits, theirs, blank) ? `${TIED}; and ${SHORTER}` : undefined
}

/** Whether these tokens are the best at every step of a decode, or tie with it, up to its end. */
async function follows(
  network: CanaryNetwork,
  features: BandMajor,
  { prompt, end, maxTokens }: CanaryDecode,
  tokens: readonly number[],
): Promise<boolean> {
  let step = await network.start(features, prompt)
  for (const token of tokens.length < maxTokens ? [...tokens, end] : tokens) {
    if ((step.logits[token] ?? -Infinity) < Math.max(...step.logits) - TIE) return false
    step = await network.advance(step, token)
  }
  return true
}

/** Whether a path that takes the best token of every step, or one that ties with it, collapses to these tokens. */
function spellable({ data, steps, tokens }: Logits, wanted: readonly number[], blank: number): boolean {
  /** How many tokens are spelt, and the token of the step before. */
  let ways = new Set([`0,${blank}`])
  for (let step = 0; step < steps; step++) {
    const row = data.subarray(step * tokens, (step + 1) * tokens)
    const least = Math.max(...row) - TIE
    const best = Array.from(row.keys()).filter((id) => (row[id] ?? -Infinity) >= least)
    ways = new Set(
      Array.from(ways).flatMap((way) => {
        const [spelt = 0, before] = way.split(',').map(Number)
        return best.flatMap((id) => {
          if (id === blank || id === before) return [`${spelt},${id}`]
          return wanted[spelt] === id ? [`${spelt + 1},${id}`] : []
        })
      }),
    )
  }
  return Array.from(ways).some((way) => way.startsWith(`${wanted.length},`))
}
