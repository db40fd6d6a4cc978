/**
 * The merged decoder of Hugging Face Optimum: one graph with two branches and a cache that goes in and out.
 *
 * `input_ids` int64 [1, k], `encoder_hidden_states` [1, T, d], `past_key_values.{i}.{decoder|encoder}.{key|value}`
 * [1, heads, length, head size], `use_cache_branch` bool [1] → `logits` [1, k, vocabulary], `present.…` likewise.
 * The first call takes the whole prompt and empty caches and gives the encoder's keys and values, which stay; each
 * call after it takes one token and the decoder's caches so far. What it gives for the encoder then is a dummy.
 */
import type { Tensor } from 'onnxruntime-node'
import { Graph, floats, idTensor, mismatch, type Tensors } from '../graph.ts'
import type { Ort } from '../runtime.ts'

/** A decode up to some token. Never changes: a decode may go on from it more than once. */
export interface DecoderStep {
  /** [k, vocabulary]: a row for each token of the call, or only for the last, as the graph likes. */
  readonly logits: Float32Array
  readonly vocabulary: number
  /** What every call takes. */
  readonly fixed: Tensors
  /** The decoder's caches, by input name. */
  readonly past: Tensors
}

export interface CachedDecoder extends AsyncDisposable {
  /** Of the graph that reads the prompt. */
  readonly file: string
  readonly takesMask: boolean
  /** Element type the encoder's answer must have. */
  readonly hiddenType: Tensor.Type
  /** @param context what every call takes: the encoder's answer, its mask. */
  start(context: Tensors, prompt: readonly number[]): Promise<DecoderStep>
  advance(step: DecoderStep, token: number): Promise<DecoderStep>
}

const CACHE_INPUT = /^past_key_values\.\d+\.(decoder|encoder)\.(key|value)$/
const REQUIRED = {
  inputs: ['input_ids', 'encoder_hidden_states', 'use_cache_branch', 'past_key_values.0.decoder.key'],
  outputs: ['logits', 'present.0.decoder.key', 'present.0.encoder.key'],
}

export class MergedDecoder implements CachedDecoder {
  readonly #graph: Graph
  readonly #caches: ReturnType<typeof cachesOf>

  private constructor(graph: Graph) {
    this.#graph = graph
    this.#caches = cachesOf(graph)
  }

  /** Rejects with `model-missing`, `model-corrupt` or `model-mismatch`, naming the file. */
  static async open(ort: Ort, file: string, threads: number): Promise<MergedDecoder> {
    return new MergedDecoder(await Graph.open(ort, file, threads, REQUIRED))
  }

  get file(): string {
    return this.#graph.file
  }

  get takesMask(): boolean {
    return this.#graph.inputNames.includes('encoder_attention_mask')
  }

  get hiddenType(): Tensor.Type {
    return this.#graph.input('encoder_hidden_states').type
  }

  async start(context: Tensors, prompt: readonly number[]): Promise<DecoderStep> {
    const { decoder, encoder } = this.#caches
    const names = [...decoder, ...encoder]
    const empty: Tensors = Object.fromEntries(names.map((name) => [name, this.#empty(name)] as const))
    const outputs = await this.#run({ ...context, ...empty }, prompt, false, names)
    const fixed = { ...context, ...takenCaches(outputs, encoder, this.file) }
    return stepOf(outputs, fixed, decoder, this.file)
  }

  async advance(step: DecoderStep, token: number): Promise<DecoderStep> {
    const { decoder } = this.#caches
    const outputs = await this.#run({ ...step.fixed, ...step.past }, [token], true, decoder)
    return stepOf(outputs, step.fixed, decoder, this.file)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#graph[Symbol.asyncDispose]()
  }

  async #run(
    feeds: Tensors,
    ids: readonly number[],
    cached: boolean,
    caches: readonly string[],
  ): Promise<Tensors> {
    const { ort } = this.#graph
    const branch = new ort.Tensor('bool', Uint8Array.of(cached ? 1 : 0), [1])
    const all = { ...feeds, input_ids: idTensor(ort, ids), use_cache_branch: branch }
    return await this.#graph.run(all, ['logits', ...caches.map(presentOf)])
  }

  #empty(name: string): Tensor {
    const { type, shape } = this.#graph.input(name)
    const dims = shape.map((size, axis) =>
      axis === 0 ? 1 : typeof size === 'number' ? Math.max(0, size) : 0,
    )
    const { ort } = this.#graph
    if (type === 'float16') return new ort.Tensor('float16', [], dims)
    return new ort.Tensor('float32', new Float32Array(), dims)
  }
}

/** The logits for the next token. */
export function lastRow({ logits, vocabulary }: DecoderStep): Float32Array {
  return logits.subarray(logits.length - vocabulary)
}

/** The caches that go in, by whose they are. */
export function cachesOf({ inputNames }: Graph): {
  readonly decoder: readonly string[]
  readonly encoder: readonly string[]
} {
  const caches = inputNames.filter((name) => CACHE_INPUT.test(name))
  return {
    decoder: caches.filter((name) => name.includes('.decoder.')),
    encoder: caches.filter((name) => name.includes('.encoder.')),
  }
}

export function presentOf(cache: string): string {
  return cache.replace('past_key_values', 'present')
}

/** @param caches the decoder's, which the next step takes. */
export function stepOf(
  answer: Tensors,
  fixed: Tensors,
  caches: readonly string[],
  file: string,
): DecoderStep {
  const logits = floats(answer['logits'], 'logits', file)
  const vocabulary = answer['logits']?.dims.at(-1) ?? 0
  return { logits, vocabulary, fixed, past: takenCaches(answer, caches, file) }
}

/** Caches by the names they go in with. @throws StenoError `model-mismatch` when one does not come out. */
export function takenCaches(answer: Tensors, caches: readonly string[], file: string): Tensors {
  const entries = caches.map((name) => {
    const tensor = answer[presentOf(name)]
    if (tensor === undefined) throw mismatch(file, `it has no “${presentOf(name)}”`)
    return [name, tensor] as const
  })
  return Object.fromEntries(entries)
}
