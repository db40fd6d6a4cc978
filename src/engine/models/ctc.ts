/**
 * CTC models over log-mel features: Steno's own starter model and its kind.
 *
 * Graph: `features` float32 [1, frames, bands] → `log_probs` float32 [1, steps, tokens]. Folder: model.onnx,
 * tokens.txt (one piece per line), config.json (`features`, `blank`, `wordStart`, `maxSeconds`, and how to decode).
 */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { SAMPLE_RATE, samplesOf, secondsOf, type Pcm } from '../../shared/audio.ts'
import { StenoError, textOf } from '../../shared/errors.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import type { Logits } from '../decode/logits.ts'
import type { PhraseBoost } from '../decode/phrase-boost.ts'
import { parseLogMelConfig } from '../features/log-mel-config.ts'
import { LogMelFrontEnd } from '../features/log-mel.ts'
import type { Hypothesis, Model } from '../model.ts'
import { assertFile, openSession, type Ort, type Session } from '../runtime.ts'
import { PieceTokenizer } from '../tokenizer/pieces.ts'
import { loadCtcDecoder, type CtcDecoder } from './ctc-decoder.ts'
import { readConfig, readField, type ModelConfig } from './config.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import type { FolderListing } from './folder.ts'
import { hypothesisOf, userWishes } from './piece-wishes.ts'

/** Long enough for every convolution of the graph; decoded once at load to check its shape and to warm it. */
const WARM_UP_SECONDS = 1
const NAME = 'ctc'
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
    const { ort, session, frontEnd, tokenizer, file } = this.#parts
    const { data, frames, bands } = frontEnd.features(pcm)
    const input = new ort.Tensor('float32', data, [1, frames, bands])
    const { log_probs: output } = await session.run({ features: input }, ['log_probs'])
    const [batch, steps = 0, tokens] = output?.dims ?? []
    if (output?.data instanceof Float32Array && batch === 1 && tokens === tokenizer.size) {
      return { data: output.data, steps, tokens }
    }
    throw mismatch(
      file,
      `it answers [${output?.dims.join(', ') ?? ''}], but tokens.txt has ${tokenizer.size} tokens`,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.session.release()
  }
}

interface Parts {
  readonly ort: Ort
  readonly session: Session
  /** Of the graph, for messages. */
  readonly file: string
  readonly frontEnd: LogMelFrontEnd
  readonly tokenizer: PieceTokenizer
  readonly decode: CtcDecoder
  readonly boost: PhraseBoost | undefined
}

/** Steno's own folders say their family; nobody else's do. */
function recognise({ config, files }: FolderListing): Verdict {
  if (config?.fields['family'] !== NAME) return OTHER
  // One that is missing is named by the loading, which knows more of what it is for.
  return { kind: 'fits', graphs: ['model.onnx'], workingBytes: 4 * (files.get('tokens.txt') ?? 0) * STEPS }
}

async function load({ ort, ...request }: LoadRequest): Promise<Model> {
  const config = await readConfig(request.folder)
  const sampleRate = readField(config, 'sampleRate', 'number')
  if (sampleRate !== SAMPLE_RATE)
    throw mismatch(config.file, `it wants ${sampleRate} Hz, Steno gives ${SAMPLE_RATE}`)
  const tokenizer = await readTokens(request.folder, config)
  const { boost } = userWishes(request.wishes, tokenizer)
  const decode = await loadCtcDecoder(request.folder, config, tokenizer, boost)
  const frontEnd = new LogMelFrontEnd(parseLogMelConfig(config.fields['features']))
  const info: ModelInfo = {
    id: basename(request.folder),
    family: NAME,
    language: readField(config, 'language', 'string'),
    maxSeconds: readField(config, 'maxSeconds', 'number'),
  }
  const file = join(request.folder, 'model.onnx')
  const session = await openSession(ort, file, request.threads)
  const model = new CtcModel(info, { ort, session, file, frontEnd, tokenizer, decode, boost })
  try {
    await model.logits(new Float32Array(samplesOf(WARM_UP_SECONDS)))
  } catch (error) {
    await session.release()
    throw error instanceof StenoError ? error : mismatch(file, textOf(error))
  }
  return model
}

async function readTokens(folder: string, config: ModelConfig): Promise<PieceTokenizer> {
  const file = join(folder, 'tokens.txt')
  await assertFile(file)
  return PieceTokenizer.parse(await readFile(file, 'utf8'), {
    file,
    blank: readField(config, 'blank', 'number'),
    wordStart: readField(config, 'wordStart', 'string'),
  })
}

function mismatch(file: string, why: string): StenoError {
  return new StenoError('model-mismatch', `The model does not fit its own settings: ${file}: ${why}`, {
    file,
    hint: 'Its files are of different versions: fetch the model again.',
  })
}

export const FAMILY: ModelFamily = { name: NAME, recognise, load }
