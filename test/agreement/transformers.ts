/** `@huggingface/transformers` on a folder of this machine: the reference for Whisper and Moonshine. */
import { AutoModelForSpeechSeq2Seq, AutoProcessor, env, Tensor } from '@huggingface/transformers'

export const TRANSFORMERS = `@huggingface/transformers ${env.version}`

export interface ReferenceModel {
  /** Everything it generates, prompt included. */
  generate(pcm: Float32Array, options: Readonly<Record<string, unknown>>): Promise<number[]>
  dispose(): Promise<void>
}

/** @param dtype its word for the precision: 'fp32', 'q8'. */
export async function openReference(folder: string, dtype: 'fp32' | 'q8' = 'fp32'): Promise<ReferenceModel> {
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
