/** Whisper on one window of 30 s: hear it, find its language, decode it once. */
import type { Pcm } from '../../shared/audio.ts'
import { decodeTokens, greedy, sample, type Sequence } from '../decode/autoregressive.ts'
import { logSumExp } from '../decode/logits.ts'
import { whisperRules } from '../decode/whisper-rules.ts'
import { mismatch, type Tensors } from '../graph.ts'
import { lastRow, type DecoderStep } from './merged-decoder.ts'
import type { WhisperNetwork } from './whisper-network.ts'
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
  readonly #network: WhisperNetwork

  /** @param network belongs to the decoder from now on. */
  constructor(settings: WhisperSettings, network: WhisperNetwork) {
    this.settings = settings
    this.#network = network
  }

  /** @param pcm at most 30 s; what is longer is left out. */
  async encode(pcm: Pcm): Promise<Tensors> {
    return await this.#network.hear(this.#network.features(pcm))
  }

  /** The most probable language, ISO 639. `undefined` for a model of English alone. */
  async detectLanguage(heard: Tensors): Promise<string | undefined> {
    const { languages, start } = this.settings.tokens
    if (languages.size === 0) return undefined
    const logits = lastRow(await this.#network.start(heard, [start]))
    const byLikelihood = [...languages].sort(([, a], [, b]) => (logits[b] ?? 0) - (logits[a] ?? 0))
    return byLikelihood[0]?.[0]
  }

  async prime(heard: Tensors, prompt: readonly number[]): Promise<Primed> {
    const step = await this.#network.start(heard, prompt)
    const { tokens, tokenizer } = this.settings
    if (step.vocabulary < tokenizer.size) {
      const why = `it knows ${step.vocabulary} tokens, its list has ${tokenizer.size}`
      throw mismatch(this.#network.file, why)
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
      advance: (state, token) => this.#network.advance(state, token),
      choose: (logits, sampled) => {
        rules(logits, sampled)
        return temperature === 0 ? greedy(logits) : sample(logits, temperature, random)
      },
      end: tokens.end,
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#network[Symbol.asyncDispose]()
  }
}
