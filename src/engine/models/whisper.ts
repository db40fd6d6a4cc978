/**
 * Whisper (openai/whisper), all sizes, as transformers.js lays them out: `encoder_model` and `decoder_model_merged`
 * (or `decoder_model` and `decoder_with_past_model`) in one of several precisions, config.json,
 * generation_config.json, tokenizer.json; and as sherpa-onnx does: whisper-sherpa.ts.
 */
import { basename, join } from 'node:path'
import { samplesOf, secondsOf, type Pcm } from '../../shared/audio.ts'
import { StenoError } from '../../shared/errors.ts'
import type { ModelInfo, Wishes } from '../../shared/worker-frames.ts'
import type { Word } from '../../shared/transcript.ts'
import { repeatableRandom } from '../decode/autoregressive.ts'
import { spreadWords } from '../decode/spread-words.ts'
import { firedIn } from '../decode/text-hypothesis.ts'
import { best, judge, TEMPERATURES, type Attempt } from '../decode/whisper-fallback.ts'
import { isInvented } from '../decode/whisper-inventions.ts'
import { spansOf } from '../decode/whisper-spans.ts'
import type { Hypothesis, Model } from '../model.ts'
import { type FolderListing } from './folder.ts'
import { OTHER, type LoadRequest, type ModelFamily, type Verdict } from './family.ts'
import { unknownLanguage } from './languages.ts'
import { without } from './model-files.ts'
import { readOnnxMetadata } from './onnx-metadata.ts'
import { graphsOf, inFolder, lacking, seq2seqFiles } from './seq2seq-files.ts'
import { WhisperDecoder } from './whisper-decoder.ts'
import { OptimumWhisper } from './whisper-network.ts'
import { readWhisperSettings } from './whisper-settings.ts'
import { readSherpaWhisperSettings } from './whisper-sherpa-settings.ts'
import { SherpaWhisper, sherpaWhisperFiles } from './whisper-sherpa.ts'
import { whisperPrompt } from './whisper-prompt.ts'

const NAME = 'whisper'
/** The encoder's positions are learned for this much. */
const WINDOW_SECONDS = 30
/** Fast speech has five tokens a second; more is a loop. */
const TOKENS_PER_SECOND = 7
const SPARE_TOKENS = 10

class WhisperModel implements Model {
  readonly info: ModelInfo
  readonly #decoder: WhisperDecoder
  readonly #wishes: Wishes

  constructor(info: ModelInfo, decoder: WhisperDecoder, wishes: Wishes) {
    this.info = info
    this.#decoder = decoder
    this.#wishes = wishes
  }

  /** Audio of any length: beyond 30 s, window by window, each from where the one before it was settled. */
  async transcribe(pcm: Pcm, signal?: AbortSignal): Promise<Hypothesis> {
    const windows: Window[] = []
    let language = this.#wishes.language
    for (let from = 0; from < pcm.length;) {
      signal?.throwIfAborted()
      const audio = pcm.subarray(from, from + samplesOf(WINDOW_SECONDS))
      const last = from + audio.length === pcm.length
      const window = await this.#window(audio, { language, last, alone: from === 0 && last, signal })
      windows.push({ ...window, offset: secondsOf(from) })
      // Found once: a language does not change within an utterance.
      language = window.language
      from += Math.max(1, samplesOf(window.settled))
    }
    return this.#hypothesis(windows, language)
  }

  async #window(audio: Pcm, { language, last, alone, signal }: Place): Promise<Omit<Window, 'offset'>> {
    const { tokens, tokenizer, context } = this.#decoder.settings
    const seconds = secondsOf(audio.length)
    const hidden = await this.#decoder.encode(audio)
    const spoken = language ?? (await this.#decoder.detectLanguage(hidden))
    signal?.throwIfAborted()
    // One window needs no times, and is decoded faster and surer without them.
    const timestamps = !alone
    const prompt = whisperPrompt(this.#decoder.settings, { ...this.#wishes, language: spoken }, timestamps)
    const primed = await this.#decoder.prime(hidden, prompt)
    const room = Math.min(Math.floor(context / 2), context - prompt.length)
    const options = {
      timestamps,
      random: repeatableRandom(),
      maxTokens: Math.min(room, Math.ceil(seconds * TOKENS_PER_SECOND) + SPARE_TOKENS),
      signal,
    }
    const attempts: Attempt[] = []
    for (const temperature of TEMPERATURES) {
      const sequence = await this.#decoder.decode(primed, { ...options, temperature })
      const text = tokenizer.decode(sequence.tokens.filter((token) => token < tokens.end)).trim()
      const attempt = { sequence, text, noSpeech: primed.noSpeech }
      const judgement = judge(attempt)
      const invented = isInvented({ text, seconds, noSpeech: primed.noSpeech }, this.#wishes.vocabulary ?? [])
      if (judgement === 'silence' || invented)
        return { words: [], text: '', settled: seconds, truncated: false, language: spoken }
      attempts.push(attempt)
      if (judgement === 'good') return this.#read(attempt, seconds, last, spoken)
    }
    return this.#read(best(attempts), seconds, last, spoken)
  }

  #read(
    attempt: Attempt | undefined,
    seconds: number,
    last: boolean,
    language: string | undefined,
  ): Omit<Window, 'offset'> {
    const { tokens, tokenizer } = this.#decoder.settings
    const sequence = attempt?.sequence ?? { tokens: [], logProbs: [], ending: 'end' }
    const { spans, settled } = spansOf(sequence, tokens, seconds, last)
    return {
      text: spans
        .map((span) => tokenizer.decode(span.tokens))
        .join('')
        .trim(),
      words: spans.flatMap((span) =>
        spreadWords(tokenizer.words(span.tokens), span.logProbs, span.start, span.end),
      ),
      settled,
      truncated: sequence.ending !== 'end',
      language,
    }
  }

  #hypothesis(windows: readonly Window[], language: string | undefined): Hypothesis {
    const text = windows
      .map((window) => window.text)
      .filter((part) => part !== '')
      .join(' ')
    const words = windows.flatMap((window) => window.words.map((word) => shifted(word, window.offset)))
    const { vocabulary = [] } = this.#wishes
    return {
      text,
      words,
      ...firedIn(text, vocabulary),
      ...(windows.some((window) => window.truncated) ? { truncated: true } : {}),
      ...(language === undefined ? {} : { language }),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#decoder[Symbol.asyncDispose]()
  }
}

interface Place {
  readonly language: string | undefined
  readonly last: boolean
  /** The utterance is this one window. */
  readonly alone: boolean
  readonly signal: AbortSignal | undefined
}

interface Window {
  readonly text: string
  /** Times from the start of the window, as is `settled`. */
  readonly words: readonly Word[]
  readonly settled: number
  readonly truncated: boolean
  readonly language: string | undefined
  /** Seconds of the window's start. */
  readonly offset: number
}

function shifted(word: Word, seconds: number): Word {
  return { ...word, start: word.start + seconds, end: word.end + seconds }
}

async function recognise(listing: FolderListing): Promise<Verdict> {
  const fields = listing.config?.fields
  if (fields?.['model_type'] !== NAME) return await recogniseSherpa(listing)
  const files = seq2seqFiles(listing)
  if (files instanceof StenoError) return { kind: 'unfit', error: files }
  const [width, layers, heads] = ['d_model', 'decoder_layers', 'encoder_attention_heads'].map((name) =>
    Number(fields[name] ?? 0),
  )
  return { kind: 'fits', graphs: graphsOf(files), workingBytes: workingBytes(width, layers, heads) }
}

async function recogniseSherpa(listing: FolderListing): Promise<Verdict> {
  const files = sherpaWhisperFiles(listing)
  if (files === undefined) return OTHER
  const settings = await readOnnxMetadata(join(listing.folder, files.encoder))
  if (settings.get('model_type')?.startsWith(`${NAME}-`) !== true) return OTHER
  const missing = [files.decoder, files.tokens].find((name) => !listing.files.has(name))
  if (missing !== undefined) return without(listing, missing)
  const [width, layers, heads, context] = ['n_text_state', 'n_text_layer', 'n_audio_head', 'n_text_ctx'].map(
    (name) => settings.integer(name),
  )
  // Caches of the whole context besides, as they go in and as they come out.
  const caches = 4 * 4 * (layers ?? 0) * (context ?? 0) * (width ?? 0)
  return {
    kind: 'fits',
    graphs: [files.encoder, files.decoder],
    workingBytes: caches + workingBytes(width, layers, heads),
  }
}

/** float32: the encoder's keys and values in every layer of the decoder, and the attention of one of its own. */
function workingBytes(width = 0, layers = 0, heads = 0): number {
  const steps = 1500
  return 4 * (2 * layers * steps * width + 2 * heads * steps * steps + 12 * steps * width)
}

async function load(request: LoadRequest): Promise<Model> {
  const { folder, wishes } = request
  const decoder = await openWhisper(request)
  await using stack = new AsyncDisposableStack()
  const { settings } = stack.use(decoder)
  const { languages } = settings.tokens
  const { language } = wishes
  if (language !== undefined && !(languages.has(language) || (languages.size === 0 && language === 'en'))) {
    throw unknownLanguage(folder, language)
  }
  const info: ModelInfo = {
    id: basename(folder),
    family: NAME,
    language: wishes.translate === true || languages.size === 0 ? 'en' : (language ?? 'auto'),
    maxSeconds: WINDOW_SECONDS,
    leastSeconds: WINDOW_SECONDS,
  }
  stack.move()
  return new WhisperModel(info, decoder, wishes)
}

async function openWhisper({ ort, folder, threads, listing }: LoadRequest): Promise<WhisperDecoder> {
  if (listing.config?.fields['model_type'] === NAME) {
    const files = seq2seqFiles(listing)
    if (files instanceof StenoError) throw files
    const settings = await readWhisperSettings(folder)
    const network = await OptimumWhisper.open(ort, inFolder(folder, files), threads, settings.bands)
    return new WhisperDecoder(settings, network)
  }
  const files = sherpaWhisperFiles(listing)
  if (files === undefined) throw lacking(listing, 'encoder.onnx')
  const settings = await readSherpaWhisperSettings(folder, files)
  return new WhisperDecoder(settings, await SherpaWhisper.open(ort, folder, files, threads, settings.bands))
}

export const FAMILY: ModelFamily = { name: NAME, recognise, load }
