/**
 * The decoder of Moonshine's streaming models, which reads a memory that grows. Each time it begins anew, but takes
 * what it said last as a draft (moonshine-ai/moonshine, core/moonshine-streaming-model.cpp, decode_full): one call
 * scores all of it, and it goes token by token only from where it would say something else. The text is that of a
 * decode without a draft.
 *
 * cross_kv: `memory` [1, T, width] → `k_cross`, `v_cross` [layers, 1, heads, T, head size]. decoder_kv: `token` int64
 * [1, k], `k_self`, `v_self` [layers, 1, heads, length, head size], `out_k_cross`, `out_v_cross` → `logits`
 * [1, k, vocabulary], `out_k_self`, `out_v_self`.
 */
import type { Tensor } from 'onnxruntime-node'
import { decodeTokens, greedy, largest, type Sequence } from '../decode/autoregressive.ts'
import { floats, idTensor, mismatch, type Graph, type Tensors } from '../graph.ts'
import type { Memory } from './moonshine-ear.ts'
import type { MoonshineStreamingSettings } from './moonshine-streaming-settings.ts'

/**
 * How far (natural log) the best token after a draft must be ahead of the next, or it is scored again by itself: a call
 * with many tokens rounds otherwise than calls with one, by 10⁻⁵ in float32, by more where activations become 8 bits.
 */
const CERTAIN = 0.25

export interface SpeakerGraphs {
  readonly crossKv: Graph
  readonly decoder: Graph
}

interface Past {
  readonly kSelf: Tensor
  readonly vSelf: Tensor
}

interface Step extends Past {
  /** For the token after each of those the call was given: [k, vocabulary]. */
  readonly logits: Float32Array
}

export interface SpeakRequest {
  /** What was said of the memory when it was shorter. */
  readonly draft: readonly number[]
  readonly maxTokens: number
  readonly signal?: AbortSignal | undefined
}

export class MoonshineSpeaker {
  readonly #graphs: SpeakerGraphs
  readonly #settings: MoonshineStreamingSettings
  #tokensRead = 0

  constructor(graphs: SpeakerGraphs, settings: MoonshineStreamingSettings) {
    this.#graphs = graphs
    this.#settings = settings
  }

  /** Tokens the decoder was given so far. */
  get tokensRead(): number {
    return this.#tokensRead
  }

  async speak({ data, frames }: Memory, { draft, maxTokens, signal }: SpeakRequest): Promise<Sequence> {
    const { crossKv } = this.#graphs
    const { decoderWidth, start, end } = this.#settings
    const memory = new crossKv.ort.Tensor('float32', data, [1, frames, decoderWidth])
    const cross = await crossKv.run({ memory }, ['k_cross', 'v_cross'])
    signal?.throwIfAborted()
    const guess = draft.slice(0, maxTokens)
    const read = await this.#read(cross, this.#nothing(), [start, ...guess])
    const { accepted, logProbs, step } = await this.#verify(cross, read, guess, signal)
    return await decodeTokens(
      step,
      {
        logits: (state) => state.logits,
        advance: (state, token) => this.#read(cross, state, [token]),
        choose: greedy,
        end,
        maxTokens,
        signal,
      },
      accepted,
      logProbs,
    )
  }

  /** The tokens of the draft that are chosen again, and what there is to choose from behind them. */
  async #verify(
    cross: Tensors,
    read: Step,
    draft: readonly number[],
    signal?: AbortSignal,
  ): Promise<{ accepted: number[]; logProbs: number[]; step: Step }> {
    const accepted: number[] = []
    const logProbs: number[] = []
    for (let at = 0; ; at++) {
      signal?.throwIfAborted()
      const row = this.#rowOf(read, at)
      const given = draft[at - 1] ?? this.#settings.start
      const alone =
        draft.length === 0 || isCertain(row)
          ? undefined
          : await this.#read(cross, this.#cut(read, at), [given])
      const { token, logProb } = greedy(alone?.logits ?? row)
      if (token !== draft[at]) {
        return { accepted, logProbs, step: alone ?? { ...this.#cut(read, at + 1), logits: row } }
      }
      accepted.push(token)
      logProbs.push(logProb)
    }
  }

  #rowOf({ logits }: Step, at: number): Float32Array {
    const { vocabulary } = this.#settings
    return logits.subarray(at * vocabulary, (at + 1) * vocabulary)
  }

  /** As if the decoder had read no more than so many tokens, the start among them. */
  #cut({ kSelf, vSelf }: Step, tokens: number): Past {
    return { kSelf: this.#shortened(kSelf, tokens), vSelf: this.#shortened(vSelf, tokens) }
  }

  #shortened(cache: Tensor, length: number): Tensor {
    const { layers, heads, headSize } = this.#settings
    const from = (cache.dims[3] ?? 0) * headSize
    const to = length * headSize
    if (from === to) return cache
    const data = floats(cache, 'out_k_self', this.#graphs.decoder.file)
    const shorter = new Float32Array(layers * heads * to)
    for (let row = 0; row < layers * heads; row++)
      shorter.set(data.subarray(row * from, row * from + to), row * to)
    return this.#cache(shorter, length)
  }

  async #read(cross: Tensors, past: Past, tokens: readonly number[]): Promise<Step> {
    const { decoder } = this.#graphs
    this.#tokensRead += tokens.length
    const answer = await decoder.run(
      {
        token: idTensor(decoder.ort, tokens),
        k_self: past.kSelf,
        v_self: past.vSelf,
        ...crossInputs(cross, this.#graphs.crossKv.file),
      },
      ['logits', 'out_k_self', 'out_v_self'],
    )
    const { logits, out_k_self: kSelf, out_v_self: vSelf } = answer
    const [, rows, vocabulary] = logits?.dims ?? []
    const wanted = this.#settings.vocabulary
    if (rows !== tokens.length || vocabulary !== wanted || kSelf === undefined || vSelf === undefined)
      throw mismatch(
        decoder.file,
        `it answers [${String(logits?.dims)}] to ${tokens.length} tokens, streaming_config.json says ${wanted} wide`,
      )
    return { logits: floats(logits, 'logits', decoder.file), kSelf, vSelf }
  }

  #nothing(): Past {
    return { kSelf: this.#cache(new Float32Array(0), 0), vSelf: this.#cache(new Float32Array(0), 0) }
  }

  #cache(data: Float32Array, length: number): Tensor {
    const { layers, heads, headSize } = this.#settings
    return new this.#graphs.decoder.ort.Tensor('float32', data, [layers, 1, heads, length, headSize])
  }
}

function crossInputs({ k_cross: key, v_cross: value }: Tensors, file: string): Tensors {
  if (key === undefined || value === undefined) throw mismatch(file, 'it answers no “k_cross”, “v_cross”')
  return { out_k_cross: key, out_v_cross: value }
}

/** No other token comes near the best. */
function isCertain(row: Float32Array): boolean {
  const best = largest(row)
  const most = (row[best] ?? 0) - CERTAIN
  return row.every((logit, token) => token === best || logit <= most)
}
