/** `@huggingface/transformers` on a folder of this machine: the reference for Whisper and Moonshine. */
import {
  AutoModelForSpeechSeq2Seq,
  AutoProcessor,
  env,
  LogitsProcessor,
  LogitsProcessorList,
  Tensor,
} from '@huggingface/transformers'
import type { Precision } from '../onnx/precision.ts'

export const TRANSFORMERS = `@huggingface/transformers ${env.version}`

export interface ReferenceModel {
  /** Everything it generates, prompt included. */
  generate(pcm: Float32Array, options: Readonly<Record<string, unknown>>): Promise<number[]>
  dispose(): Promise<void>
}

/** @param dtype its word for the precision. */
export async function openReference(folder: string, dtype: Precision = 'fp32'): Promise<ReferenceModel> {
  env.allowRemoteModels = false
  env.localModelPath = '/'
  const session_options = { intraOpNumThreads: 1, interOpNumThreads: 1 }
  const model = await AutoModelForSpeechSeq2Seq.from_pretrained(folder, {
    dtype,
    device: 'cpu',
    session_options,
  })
  const processor = await AutoProcessor.from_pretrained(folder)
  return {
    async generate(pcm, options) {
      const inputs = (await processor(pcm)) as Record<string, unknown>
      const output: unknown = await model.generate({ ...inputs, ...options })
      if (!(output instanceof Tensor)) throw new TypeError('transformers.js gives no tensor')
      return Array.from(output.data as BigInt64Array, Number)
    },
    async dispose() {
      await model.dispose()
    },
  }
}

/** Ids of a model's timestamps, and how many tokens its prompt has. */
export interface TimestampPlace {
  readonly firstTimestamp: number
  readonly promptLength: number
  /** The first one at most so many steps of 0.02 s after 0. */
  readonly latestFirst: number
}

/**
 * Two of openai/whisper's rules that transformers.js lacks (decoding.py: `max_initial_timestamp_index`, and
 * "timestamps shouldn't decrease"), as a processor in front of its own: with them the rest can be compared.
 */
export function missingRules(place: TimestampPlace): LogitsProcessorList {
  const list = new LogitsProcessorList()
  list.push(new OrderOfTimestamps(place))
  return list
}

class OrderOfTimestamps extends LogitsProcessor {
  readonly #place: TimestampPlace

  constructor(place: TimestampPlace) {
    super()
    this.#place = place
  }

  override _call(sequences: bigint[][], logits: Tensor): Tensor {
    const { firstTimestamp, promptLength, latestFirst } = this.#place
    const said = (sequences[0] ?? []).slice(promptLength).map(Number)
    const scores = logits.data as Float32Array
    if (said.length === 0) scores.fill(-Infinity, firstTimestamp + latestFirst + 1)
    const latest = said.findLast((id) => id >= firstTimestamp)
    if (latest === undefined) return logits
    // The one that opens a span may be the one that closed the span before.
    const opens = said.at(-1) === latest && (said.at(-2) ?? firstTimestamp) < firstTimestamp
    scores.fill(-Infinity, firstTimestamp, opens ? latest : latest + 1)
    return logits
  }
}
