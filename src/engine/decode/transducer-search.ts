/**
 * Greedy search through a transducer: RNN-T (Graves 2012) and its token-and-duration kind, TDT (Xu et al., arXiv
 * 2304.06795), which says with every token how many steps to skip. It takes the encoder's output in one piece or in
 * many: the tokens are the same.
 *
 * Phrases are favoured as NeMo's greedy decoders do it (arXiv 2508.07014): their worth is added before a token is
 * chosen; a token once chosen stays.
 */
import type { Fusion } from './fusion.ts'
import type { EmittedToken, TokenHypothesis } from './hypothesis.ts'
import { logSumExp } from './logits.ts'

/** Encoder output [steps, width], row-major. */
export interface EncoderSteps {
  readonly data: Float32Array
  readonly steps: number
  readonly width: number
}

/** The prediction network and the joint. A context is all they know of the tokens so far. */
export interface TransducerNetwork<Context> {
  /** Before the first token. */
  start(): Promise<Context>
  /**
   * Scores of every token after this context, and of every duration behind them where the model has durations; need
   * not be normalised. Without native work, where it can be, for a context asked again.
   */
  scores(step: Float32Array, context: Context): Promise<Float32Array>
  /** The context with one more token. It follows a call of `scores` with the same context. */
  advance(context: Context, token: number): Promise<Context>
}

export interface TransducerSearchOptions {
  /** Number of tokens, the blank included; scores behind them are of durations 0, 1, 2, … steps. */
  readonly tokens: number
  readonly blank: number
  /** At most so many tokens on one step: NeMo's greedy decoders allow 10, icefall's streaming ones 1. */
  readonly symbolsPerStep: number
  /** A token that counts as a blank: icefall's `<unk>`. */
  readonly unknown?: number | undefined
  /** By token id: 0 for one that may not be chosen. The blank always may. */
  readonly allowed?: Uint8Array | undefined
  readonly fusion?: Fusion | undefined
}

/** Tokens so far below the best (natural log) are not worth a phrase. */
const FUSION_MARGIN = 12

interface Choice {
  readonly token: number
  /** Natural log. */
  readonly logProb: number
}

export class TransducerSearch<Context> {
  readonly #network: TransducerNetwork<Context>
  readonly #options: TransducerSearchOptions
  #tokens: readonly EmittedToken[] = []
  #score = 0
  #context: Context | undefined
  #fusion: Fusion | undefined
  /** The step to look at next; a duration may reach into what has not been heard yet. */
  #step = 0
  #heard = 0
  #symbols = 0

  constructor(network: TransducerNetwork<Context>, options: TransducerSearchOptions) {
    this.#network = network
    this.#options = options
    this.#fusion = options.fusion
  }

  /** What was found so far; later tokens only follow. */
  get hypothesis(): TokenHypothesis {
    return { tokens: this.#tokens, score: this.#score }
  }

  /** Steps heard so far. */
  get steps(): number {
    return this.#heard
  }

  /** Goes on from here by itself. */
  fork(): TransducerSearch<Context> {
    const other = new TransducerSearch(this.#network, this.#options)
    other.#tokens = this.#tokens
    other.#score = this.#score
    other.#context = this.#context
    other.#fusion = this.#fusion
    other.#step = this.#step
    other.#heard = this.#heard
    other.#symbols = this.#symbols
    return other
  }

  /** Goes on through the next steps. @throws the signal's reason, between native calls. */
  async hear({ data, steps, width }: EncoderSteps, signal?: AbortSignal): Promise<void> {
    const from = this.#heard
    this.#heard += steps
    while (this.#step < this.#heard) {
      signal?.throwIfAborted()
      const at = (this.#step - from) * width
      await this.#look(data.subarray(at, at + width))
    }
  }

  async #look(step: Float32Array): Promise<void> {
    const { blank, tokens, unknown } = this.#options
    this.#context ??= await this.#network.start()
    const scores = await this.#network.scores(step, this.#context)
    const { token, logProb } = this.#choose(scores)
    const isBlank = token === blank || token === unknown
    const duration = scores.length > tokens ? argmaxOf(scores.subarray(tokens)) : 0
    this.#score += logProb
    if (!isBlank) {
      const endStep = this.#step + Math.max(1, duration)
      this.#tokens = [...this.#tokens, { id: token, step: this.#step, endStep, logProb }]
      this.#fusion = this.#fusion?.extend(token)
      this.#context = await this.#network.advance(this.#context, token)
      this.#symbols += 1
    }
    this.#move(duration, isBlank)
  }

  /** A blank of duration 0 would be looked at for ever. */
  #move(duration: number, isBlank: boolean): void {
    const stuck = isBlank || this.#symbols >= this.#options.symbolsPerStep
    const steps = duration === 0 && stuck ? 1 : duration
    this.#step += steps
    if (steps > 0) this.#symbols = 0
  }

  #choose(scores: Float32Array): Choice {
    const { tokens, blank, allowed } = this.#options
    let best = blank
    for (let token = 0; token < tokens; token++) {
      if ((scores[token] ?? 0) > (scores[best] ?? 0) && allowed?.[token] !== 0) best = token
    }
    const total = logSumExp(scores.subarray(0, tokens))
    if (this.#fusion !== undefined) best = this.#favour(scores, best, this.#fusion)
    return { token: best, logProb: (scores[best] ?? 0) - total }
  }

  #favour(scores: Float32Array, best: number, fusion: Fusion): number {
    const { tokens, blank, unknown, allowed } = this.#options
    const least = (scores[best] ?? 0) - FUSION_MARGIN
    let favourite = blank
    let worth = scores[blank] ?? -Infinity
    for (let token = 0; token < tokens; token++) {
      const score = scores[token] ?? 0
      if (score < least || token === blank || allowed?.[token] === 0) continue
      const gain = token === unknown ? 0 : fusion.extend(token).score - fusion.score
      if (score + gain > worth) {
        favourite = token
        worth = score + gain
      }
    }
    return favourite
  }
}

function argmaxOf(scores: Float32Array): number {
  let best = 0
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i
  return best
}
