/**
 * CTC models over log-mel features: Steno's own starter model and its kind.
 *
 * Graph: `features` float32 [1, frames, bands] → `log_probs` float32 [1, steps, tokens]. Folder: model.onnx,
 * tokens.txt (one piece per line), config.json (`features`, `blank`, `wordStart`, `maxSeconds`, and how to decode).
 */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { SAMPLE_RATE, samplesOf, secondsOf, type Pcm } from '../../shared/audio.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import type { Logits } from '../decode/logits.ts'
import type { PhraseBoost } from '../decode/phrase-boost.ts'
import { parseLogMelConfig } from '../features/log-mel-config.ts'
import { LogMelFrontEnd } from '../features/log-mel.ts'
import { floats, mismatch, type Graph } from '../graph.ts'
import type { Hypothesis, Model } from '../model.ts'
import { assertFile } from '../runtime.ts'
import { corruptPieces } from '../tokenizer/piece-file.ts'
import { PieceTokenizer } from '../tokenizer/pieces.ts'
import { loadCtcDecoder, type CtcDecoder } from './ctc-decoder.ts'
import { readConfig, readField, type ModelConfig } from './config.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { openGraph } from './model-files.ts'
import { hypothesisOf, userWishes } from './piece-wishes.ts'

/** Long enough for every convolution of the graph; decoded once at load to check its shape and to warm it. */
const WARM_UP_SECONDS = 1
const NAME = 'ctc'
const GRAPH = 'model.onnx'
/** Shorter segments than these hold no sentence, and no pause to cut at. */
const SECONDS_AT_LEAST = 5
/** More than any segment has; for the estimate of memory. */
const STEPS = 1500

class CtcModel implements Model {
  readonly info: ModelInfo
  readonly #parts: Parts

  constructor(info: ModelInfo, parts: Parts) {
    this.info = info
    this.#parts = parts
  }

  async transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    const { tokenizer, decode, boost } = this.#parts
    signal?.throwIfAborted()
    const logits = await this.logits(pcm)
    return hypothesisOf(decode(logits, signal), tokenizer, secondsOf(pcm.length) / logits.steps, boost)
  }

  /** Throws `model-mismatch` when the graph answers in another shape than tokens.txt promises. */
  async logits(pcm: Pcm): Promise<Logits> {
    const { graph, frontEnd, tokenizer } = this.#parts
    const { data, frames, bands } = frontEnd.features(pcm)
    const input = new graph.ort.Tensor('float32', data, [1, frames, bands])
    const { log_probs: output } = await graph.run({ features: input }, ['log_probs'])
    const [batch, steps = 0, tokens] = output?.dims ?? []
    if (batch === 1 && tokens === tokenizer.size)
      return { data: floats(output, 'log_probs', graph.file), steps, tokens }
    throw mismatch(
      graph.file,
      `it answers [${String(output?.dims)}], but tokens.txt has ${tokenizer.size} tokens`,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.graph[Symbol.asyncDispose]()
  }
}

interface Parts {
  readonly graph: Graph
  readonly frontEnd: LogMelFrontEnd
  readonly tokenizer: PieceTokenizer
  readonly decode: CtcDecoder
  readonly boost: PhraseBoost | undefined
}

/** Steno's own folders say their family; nobody else's do. */
function recognise({ config, files }: FolderListing): Verdict {
  if (config?.fields['family'] !== NAME) return OTHER
  // One that is missing is named by the loading, which knows more of what it is for.
  return { kind: 'fits', graphs: [GRAPH], workingBytes: 4 * (files.get('tokens.txt') ?? 0) * STEPS }
}

async function load(request: LoadRequest): Promise<Model> {
  const { folder, wishes } = request
  const config = await readConfig(folder)
  const sampleRate = readField(config, 'sampleRate', 'number')
  if (sampleRate !== SAMPLE_RATE)
    throw mismatch(config.file, `it wants ${sampleRate} Hz, Steno gives ${SAMPLE_RATE}`)
  const maxSeconds = readField(config, 'maxSeconds', 'number')
  if (maxSeconds < SECONDS_AT_LEAST) throw mismatch(config.file, `it takes no more than ${maxSeconds} s`)
  const tokenizer = await readTokens(folder, config)
  const { boost } = userWishes(wishes, tokenizer)
  const info: ModelInfo = {
    id: basename(folder),
    family: NAME,
    language: readField(config, 'language', 'string'),
    maxSeconds,
  }
  const frontEnd = new LogMelFrontEnd(parseLogMelConfig(config.fields['features'], config.file))
  const decode = await loadCtcDecoder(folder, config, tokenizer, boost)
  await using stack = new AsyncDisposableStack()
  const names = { inputs: ['features'], outputs: ['log_probs'] }
  const graph = await openGraph(stack, request, { name: GRAPH, ...names })
  const model = new CtcModel(info, { graph, frontEnd, tokenizer, decode, boost })
  await model.logits(new Float32Array(samplesOf(WARM_UP_SECONDS)))
  stack.move()
  return model
}

async function readTokens(folder: string, config: ModelConfig): Promise<PieceTokenizer> {
  const file = join(folder, 'tokens.txt')
  await assertFile(file)
  const text = await readFile(file, 'utf8')
  // Nothing else would tell half a piece from a whole one: a line has no number.
  if (!text.endsWith('\n')) throw corruptPieces(file, 'its last line is cut short')
  return PieceTokenizer.parse(text, {
    file,
    blank: readField(config, 'blank', 'number'),
    wordStart: readField(config, 'wordStart', 'string'),
  })
}

export const FAMILY: ModelFamily = { name: NAME, recognise, load }
