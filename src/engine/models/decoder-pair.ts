/**
 * The decoder of Hugging Face Optimum in two graphs, where a folder has no merged one: `decoder_model` reads the
 * prompt, `decoder_with_past_model` goes on from its caches.
 *
 * decoder_model: `input_ids`, `encoder_hidden_states` → `logits`, `present.{i}.{decoder|encoder}.{key|value}`.
 * decoder_with_past_model: `input_ids` [1, 1], `past_key_values.{i}.{decoder|encoder}.{key|value}` → `logits`,
 * `present.{i}.decoder.{key|value}`. Shapes and types as in merged-decoder.ts.
 */
import type { Tensor } from 'onnxruntime-node'
import { Graph, idTensor, type Tensors } from '../graph.ts'
import type { Ort } from '../runtime.ts'
import {
  cachesOf,
  MergedDecoder,
  presentOf,
  stepOf,
  takenCaches,
  type CachedDecoder,
  type DecoderStep,
} from './merged-decoder.ts'

const FIRST = {
  inputs: ['input_ids', 'encoder_hidden_states'],
  outputs: ['logits', 'present.0.decoder.key', 'present.0.encoder.key'],
}
const NEXT = {
  inputs: ['input_ids', 'past_key_values.0.decoder.key', 'past_key_values.0.encoder.key'],
  outputs: ['logits', 'present.0.decoder.key'],
}

export class DecoderPair implements CachedDecoder {
  readonly #first: Graph
  readonly #next: Graph
  readonly #caches: ReturnType<typeof cachesOf>

  private constructor(first: Graph, next: Graph) {
    this.#first = first
    this.#next = next
    this.#caches = cachesOf(next)
  }

  /** Rejects with `model-missing`, `model-corrupt` or `model-mismatch`, naming the file. */
  static async open(ort: Ort, first: string, next: string, threads: number): Promise<DecoderPair> {
    await using stack = new AsyncDisposableStack()
    const beginning = stack.use(await Graph.open(ort, first, threads, FIRST))
    const going = stack.use(await Graph.open(ort, next, threads, NEXT))
    stack.move()
    return new DecoderPair(beginning, going)
  }

  get file(): string {
    return this.#first.file
  }

  get takesMask(): boolean {
    return this.#first.inputNames.includes('encoder_attention_mask')
  }

  get hiddenType(): Tensor.Type {
    return this.#first.input('encoder_hidden_states').type
  }

  async start(context: Tensors, prompt: readonly number[]): Promise<DecoderStep> {
    const { decoder, encoder } = this.#caches
    const feeds = { ...context, input_ids: idTensor(this.#first.ort, prompt) }
    const answer = await this.#first.run(feeds, ['logits', ...[...decoder, ...encoder].map(presentOf)])
    // Of what was heard, the next graph may want no more than the keys and values.
    const again = Object.entries(context).filter(([name]) => this.#next.inputNames.includes(name))
    const fixed = { ...Object.fromEntries(again), ...takenCaches(answer, encoder, this.file) }
    return stepOf(answer, fixed, decoder, this.file)
  }

  async advance(step: DecoderStep, token: number): Promise<DecoderStep> {
    const { decoder } = this.#caches
    const feeds = { ...step.fixed, ...step.past, input_ids: idTensor(this.#next.ort, [token]) }
    const answer = await this.#next.run(feeds, ['logits', ...decoder.map(presentOf)])
    return stepOf(answer, step.fixed, decoder, this.#next.file)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#next[Symbol.asyncDispose]()
    await this.#first[Symbol.asyncDispose]()
  }
}

/** @param files paths; `next` where there is no merged graph. */
export async function openDecoder(
  ort: Ort,
  { decoder, next }: { readonly decoder: string; readonly next?: string | undefined },
  threads: number,
): Promise<CachedDecoder> {
  if (next === undefined) return await MergedDecoder.open(ort, decoder, threads)
  return await DecoderPair.open(ort, decoder, next, threads)
}
