/**
 * SenseVoice-Small of FunASR (Chinese, Cantonese, English, Japanese, Korean) as sherpa-onnx publishes it:
 * model.onnx (or .int8.onnx) with its settings inside, tokens.txt.
 *
 * Graph: `x` float32 [1, frames, 560], `x_length`, `language`, `text_norm` int32 [1] → `logits` float32
 * [1, 4 + frames, tokens]; CTC with blank 0. The first four steps are the language, the emotion, the kind of sound and
 * whether figures are written as figures. Names and settings as in scripts/sense-voice/export-onnx.py of
 * k2-fsa/sherpa-onnx.
 */
import { basename, join } from 'node:path'
import { samplesOf, type Pcm } from '../../shared/audio.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import { ctcBeam } from '../decode/ctc-beam.ts'
import { ctcGreedy } from '../decode/ctc-greedy.ts'
import { argmax, logSoftmax, type Logits } from '../decode/logits.ts'
import { PhraseBoost } from '../decode/phrase-boost.ts'
import { KaldiFrontEnd, SENSE_VOICE } from '../features/kaldi.ts'
import { lowFrameRate, scaleBands, type LowFrameRate } from '../features/low-frame-rate.ts'
import type { FrameMajor } from '../features/matrix.ts'
import { floats, mismatch, type Graph } from '../graph.ts'
import type { Hypothesis, Model } from '../model.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { graphNamed, idOfPiece, openGraph, readPieces, without } from './model-files.ts'
import { readOnnxMetadata, type OnnxMetadata } from './onnx-metadata.ts'
import { hypothesisOf } from './piece-wishes.ts'

const INPUTS = ['x', 'x_length', 'language', 'text_norm']
const LANGUAGES = ['zh', 'en', 'yue', 'ja', 'ko']
/** Steps before the first of the speech. */
const TAGS = 4
const BANDS = 80
const SECONDS_PER_FRAME = 0.01
const MAX_SECONDS = 30
/** Attention and logits of 500 steps. */
const WORKING_BYTES = 200 * 2 ** 20

export interface SenseVoiceParts {
  readonly graph: Graph
  /** Stacked and scaled frames. */
  readonly features: (pcm: Pcm) => FrameMajor
  readonly tokenizer: PieceTokenizer
  readonly secondsPerStep: number
  /** What the inputs `language` and `text_norm` are given. */
  readonly languageId: number
  readonly textNormId: number
  /** By token id, of the tags that say it. */
  readonly languages: ReadonlyMap<number, string>
  readonly boost: PhraseBoost | undefined
}

export class SenseVoiceModel implements Model {
  readonly info: ModelInfo
  readonly #parts: SenseVoiceParts
  readonly #stack: AsyncDisposableStack

  /** @param stack what to release with the model. */
  constructor(info: ModelInfo, parts: SenseVoiceParts, stack: AsyncDisposableStack) {
    this.info = info
    this.#parts = parts
    this.#stack = stack
  }

  async transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    const { features, tokenizer, boost, secondsPerStep, languages } = this.#parts
    signal?.throwIfAborted()
    const frames = features(pcm)
    if (frames.frames === 0) return { text: '', words: [] }
    const logits = await this.#logits(frames)
    const { blank } = tokenizer
    const speech = { ...logits, data: logits.data.subarray(TAGS * logits.tokens), steps: logits.steps - TAGS }
    const found =
      boost === undefined
        ? ctcGreedy(speech, blank, true)
        : ctcBeam(logSoftmax(speech), { blank, fusion: boost.start, signal })
    const language = languages.get(argmax(logits, 0))
    const hypothesis = hypothesisOf(found, tokenizer, secondsPerStep, boost)
    return { ...hypothesis, ...(language === undefined ? {} : { language }) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }

  async #logits({ data, frames, bands }: FrameMajor): Promise<Logits> {
    const { graph, tokenizer, languageId, textNormId } = this.#parts
    const number = (id: number): InstanceType<typeof graph.ort.Tensor> =>
      new graph.ort.Tensor('int32', Int32Array.of(id), [1])
    const feeds = {
      x: new graph.ort.Tensor('float32', data, [1, frames, bands]),
      x_length: number(frames),
      language: number(languageId),
      text_norm: number(textNormId),
    }
    const { logits } = await graph.run(feeds, ['logits'])
    const [, steps = 0, tokens] = logits?.dims ?? []
    if (steps !== frames + TAGS || tokens !== tokenizer.size)
      throw mismatch(
        graph.file,
        `it answers [${String(logits?.dims)}], tokens.txt has ${tokenizer.size} tokens`,
      )
    return { data: floats(logits, 'logits', graph.file), steps, tokens }
  }
}

async function recognise(listing: FolderListing): Promise<Verdict> {
  const graph = graphNamed(listing, 'model')
  if (graph === undefined || listing.config?.fields['family'] !== undefined) return OTHER
  const settings = await readOnnxMetadata(join(listing.folder, graph))
  const isOne = settings.get('lfr_window_size') !== undefined && settings.get('lang_auto') !== undefined
  if (!isOne) return OTHER
  if (!listing.files.has('tokens.txt')) return without(listing, 'tokens.txt')
  return { kind: 'fits', graphs: [graph], workingBytes: WORKING_BYTES }
}

async function load(request: LoadRequest): Promise<Model> {
  const { folder, listing, wishes } = request
  const name = graphNamed(listing, 'model') ?? 'model.onnx'
  const pieces = join(folder, 'tokens.txt')
  const settings = await readOnnxMetadata(join(folder, name))
  const tokenizer = await readPieces(pieces, 0)
  await using stack = new AsyncDisposableStack()
  const { language, vocabulary = [] } = wishes
  const known = language !== undefined && LANGUAGES.includes(language)
  const lfr = { window: settings.integer('lfr_window_size'), shift: settings.integer('lfr_window_shift') }
  const parts: SenseVoiceParts = {
    graph: await openGraph(stack, request, { name, inputs: INPUTS, outputs: ['logits'] }),
    features: featuresOf(settings, lfr),
    tokenizer,
    secondsPerStep: lfr.shift * SECONDS_PER_FRAME,
    languageId: settings.integer(known ? `lang_${language}` : 'lang_auto'),
    // Dictation is written with punctuation and figures.
    textNormId: settings.integer('with_itn'),
    languages: await languageTags(pieces),
    boost: vocabulary.length > 0 ? new PhraseBoost(vocabulary, tokenizer) : undefined,
  }
  const info: ModelInfo = {
    id: basename(folder),
    family: FAMILY.name,
    language: known ? language : 'multi',
    maxSeconds: MAX_SECONDS,
  }
  await new SenseVoiceModel(info, parts, stack).transcribe(new Float32Array(samplesOf(1)))
  return new SenseVoiceModel(info, parts, stack.move())
}

function featuresOf(settings: OnnxMetadata, lfr: LowFrameRate): (pcm: Pcm) => FrameMajor {
  const bands = lfr.window * BANDS
  const negativeMean = settings.floats('neg_mean', bands)
  const inverseDeviation = settings.floats('inv_stddev', bands)
  const scale = settings.integer('normalize_samples') === 0 ? SENSE_VOICE.scale : 1
  const frontEnd = new KaldiFrontEnd({ ...SENSE_VOICE, scale })
  return (pcm) => scaleBands(lowFrameRate(frontEnd.logMel(pcm), lfr), negativeMean, inverseDeviation)
}

async function languageTags(pieces: string): Promise<Map<number, string>> {
  const tags = new Map<number, string>()
  for (const language of LANGUAGES) {
    const id = await idOfPiece(pieces, `<|${language}|>`)
    if (id !== undefined) tags.set(id, language)
  }
  return tags
}

export const FAMILY: ModelFamily = { name: 'sense-voice', recognise, load }
