/** `sherpa-onnx-node` on a folder of this machine: the reference for transducers, SenseVoice and their features. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Pcm } from '../../src/shared/audio.ts'
import { parsePieces } from '../../src/engine/tokenizer/piece-file.ts'

export interface SherpaJob {
  readonly streaming: boolean
  /** As its recognisers want it. */
  readonly config: unknown
  /** Of each stream. */
  readonly language?: string | undefined
  /** Files of float32 samples. */
  readonly clips: readonly string[]
}

const PROCESS = fileURLToPath(new URL('sherpa-process.ts', import.meta.url))
const { version } = createRequire(import.meta.url)('sherpa-onnx-node/package.json') as { version: string }

export const SHERPA = `sherpa-onnx ${version}`

/** What its `modelConfig` says for the models here. */
export type SherpaModel =
  | {
      readonly kind: 'nemo' | 'zipformer' | 'nemo-streaming'
      readonly graphs: readonly [string, string, string]
      /** Of a streaming model that is told it. */
      readonly language?: string | undefined
    }
  | { readonly kind: 'nemo-ctc'; readonly graph: string }
  | {
      readonly kind: 'whisper'
      /** What the names of its files begin with. */
      readonly name: string
      readonly language: string
      readonly translate: boolean
    }
  | {
      readonly kind: 'canary'
      readonly graphs: readonly [string, string]
      readonly language: string
      readonly translate: boolean
    }
  | { readonly kind: 'sense-voice'; readonly graph: string; readonly language: string }

/** The token ids of each clip. @param bands of the features. */
export function sherpaTokens(
  folder: string,
  model: SherpaModel,
  bands: number,
  clips: readonly Pcm[],
): number[][] {
  const list = join(folder, 'tokens.txt')
  // It shows the mark of a word's start as a space.
  const ids = new Map(
    parsePieces(readFileSync(list, 'utf8'), list).map((piece, id) => [piece.replaceAll('▁', ' '), id]),
  )
  const said = sherpaPieces(folder, model, bands, clips)
  return said.map((tokens) => tokens.map((token) => ids.get(token.replaceAll('▁', ' ')) ?? -1))
}

/** What it shows of each token of each clip. */
export function sherpaPieces(
  folder: string,
  model: SherpaModel,
  bands: number,
  clips: readonly Pcm[],
): string[][] {
  const files = clips.map((pcm, index) => {
    const file = join(folder, `clip-${index}.f32`)
    writeFileSync(file, new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    return file
  })
  const job: SherpaJob = {
    streaming: streams(model),
    config: sherpaConfig(folder, model, bands),
    language: model.kind === 'nemo-streaming' ? model.language : undefined,
    clips: files,
  }
  const file = join(folder, 'job.json')
  writeFileSync(file, JSON.stringify(job))
  const output = execFileSync(process.execPath, [PROCESS, file], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  return JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as string[][]
}

export function streams({ kind }: SherpaModel): boolean {
  return kind === 'zipformer' || kind === 'nemo-streaming'
}

/** What its recognisers want, on one thread. */
export function sherpaConfig(folder: string, model: SherpaModel, bands: number): unknown {
  const at = (name: string): string => join(folder, name)
  const common = { tokens: at('tokens.txt'), numThreads: 1, provider: 'cpu', debug: 0 }
  const featConfig = { sampleRate: 16_000, featureDim: bands }
  if (model.kind === 'sense-voice') {
    const senseVoice = { model: at(model.graph), language: model.language, useInverseTextNormalization: 1 }
    return { featConfig, modelConfig: { ...common, senseVoice } }
  }
  if (model.kind === 'nemo-ctc')
    return { featConfig, modelConfig: { ...common, nemoCtc: { model: at(model.graph) } } }
  if (model.kind === 'canary') {
    const [encoder, decoder] = model.graphs
    const languages = { srcLang: model.language, tgtLang: model.translate ? 'en' : model.language }
    const canary = { encoder: at(encoder), decoder: at(decoder), ...languages, usePnc: 1 }
    return { featConfig, modelConfig: { ...common, canary } }
  }
  if (model.kind === 'whisper') {
    const [encoder, decoder, tokens] = ['encoder.onnx', 'decoder.onnx', 'tokens.txt'].map((end) =>
      at(`${model.name}-${end}`),
    )
    const { language, translate } = model
    const whisper = { encoder, decoder, language, task: translate ? 'translate' : 'transcribe' }
    return { featConfig, modelConfig: { ...common, tokens, whisper } }
  }
  const [encoder, decoder, joiner] = model.graphs
  const transducer = { encoder: at(encoder), decoder: at(decoder), joiner: at(joiner) }
  const modelType = model.kind === 'nemo' ? { modelType: 'nemo_transducer' } : {}
  return {
    featConfig,
    modelConfig: { ...common, transducer, ...modelType },
    decodingMethod: 'greedy_search',
    enableEndpoint: 0,
  }
}
