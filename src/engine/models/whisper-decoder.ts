/**
 * Whisper's two graphs on one window of 30 s: encode it, find its language, decode it once.
 *
 * Encoder: `input_features` [1, bands, 3000] → `last_hidden_state` [1, 1500, d]. Decoder: merged-decoder.ts.
 */
import type { Tensor } from 'onnxruntime-node'
import type { Pcm } from '../../shared/audio.ts'
import { decodeTokens, greedy, sample, type Sequence } from '../decode/autoregressive.ts'
import { logSumExp } from '../decode/logits.ts'
import { whisperRules } from '../decode/whisper-rules.ts'
import { scaleWhisper, WhisperFrontEnd } from '../features/whisper.ts'
import { Graph, floats, floatTensor, mismatch } from '../graph.ts'
import type { Ort } from '../runtime.ts'
import { lastRow, MergedDecoder, type DecoderStep } from './merged-decoder.ts'
import type { Seq2SeqFiles } from './seq2seq-files.ts'
import type { WhisperSettings } from './whisper-settings.ts'

export interface WhisperDecode {
  /** Tokens before the text: what was said before, language, task. */
  readonly prompt: readonly number[]
  readonly timestamps: boolean
  /** 0 takes the most probable token. */
  readonly temperature: number
  readonly random: () => number
  readonly maxTokens: number
  readonly signal?: AbortSignal | undefined
  readonly guardLoops?: boolean
}

/** A prompt the decoder has read. */
export interface Primed {
  readonly step: DecoderStep
  /** Probability that nobody speaks, 0 to 1. */
  readonly noSpeech: number
}

export class WhisperDecoder implements AsyncDisposable {
  readonly settings: WhisperSettings
  readonly #encoder: Graph
  readonly #decoder: MergedDecoder
  readonly #frontEnd: WhisperFrontEnd

  private constructor(settings: WhisperSettings, encoder: Graph, decoder: MergedDecoder) {
    this.settings = settings
    this.#encoder = encoder
    this.#decoder = decoder
    this.#frontEnd = new WhisperFrontEnd(settings.bands)
  }

  /** Rejects with a StenoError that names the file. */
  static async open(
    ort: Ort,
    { encoder, decoder }: Seq2SeqFiles,
    threads: number,
    settings: WhisperSettings,
  ): Promise<WhisperDecoder> {
    await using stack = new AsyncDisposableStack()
    const names = { inputs: ['input_features'], outputs: ['last_hidden_state'] }
    const opened = stack.use(await Graph.open(ort, encoder, threads, names))
    const merged = stack.use(await MergedDecoder.open(ort, decoder, threads))
    stack.move()
    return new WhisperDecoder(settings, opened, merged)
  }

  /** @param pcm at most 30 s; what is longer is left out. */
  async encode(pcm: Pcm): Promise<Tensor> {
    const { data, bands, frames } = scaleWhisper(this.#frontEnd.paddedLogMel(pcm))
    const { type } = this.#encoder.input('input_features')
    const input = floatTensor(this.#encoder.ort, type, data, [1, bands, frames])
    const { last_hidden_state: hidden } = await this.#encoder.run({ input_features: input }, [
      'last_hidden_state',
    ])
    if (hidden === undefined) throw mismatch(this.#encoder.file, 'it gives no “last_hidden_state”')
    const wanted = this.#decoder.hiddenType
    if (hidden.type === wanted) return hidden
    const values = floats(hidden, 'last_hidden_state', this.#encoder.file)
    return floatTensor(this.#encoder.ort, wanted, values, hidden.dims)
  }

  /** The most probable language, ISO 639. `undefined` for a model of English alone. */
  async detectLanguage(hidden: Tensor): Promise<string | undefined> {
    const { languages, start } = this.settings.tokens
    if (languages.size === 0) return undefined
    const logits = lastRow(await this.#decoder.start({ encoder_hidden_states: hidden }, [start]))
    const byLikelihood = [...languages].sort(([, a], [, b]) => (logits[b] ?? 0) - (logits[a] ?? 0))
    return byLikelihood[0]?.[0]
  }

  async prime(hidden: Tensor, prompt: readonly number[]): Promise<Primed> {
    const step = await this.#decoder.start({ encoder_hidden_states: hidden }, prompt)
    const { tokens, tokenizer } = this.settings
    if (step.vocabulary < tokenizer.size) {
      const why = `it knows ${step.vocabulary} tokens, tokenizer.json has ${tokenizer.size}`
      throw mismatch(this.#decoder.file, why)
    }
    const row = prompt.indexOf(tokens.start) * step.vocabulary
    const atStart = step.logits.subarray(row, row + step.vocabulary)
    // A graph that answers for the last token only says nothing about silence.
    const whole = step.logits.length === prompt.length * step.vocabulary
    const noSpeech = whole ? Math.exp((atStart[tokens.noSpeech] ?? -Infinity) - logSumExp(atStart)) : 0
    return { step, noSpeech }
  }

  /** May be called again with the same `primed`: the rules take the same from its logits each time. */
  async decode({ step }: Primed, options: Omit<WhisperDecode, 'prompt'>): Promise<Sequence> {
    const { timestamps, temperature, random, ...limits } = options
    const { tokens, suppressed } = this.settings
    const rules = whisperRules(tokens, suppressed, timestamps)
    return await decodeTokens(step, {
      ...limits,
      logits: lastRow,
      advance: (state, token) => this.#decoder.advance(state, token),
      choose: (logits, sampled) => {
        rules(logits, sampled)
        return temperature === 0 ? greedy(logits) : sample(logits, temperature, random)
      },
      end: tokens.end,
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#decoder[Symbol.asyncDispose]()
    await this.#encoder[Symbol.asyncDispose]()
  }
}
