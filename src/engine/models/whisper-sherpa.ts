/**
 * Whisper as sherpa-onnx publishes it (scripts/whisper/export-onnx.py of k2-fsa/sherpa-onnx): ‹name›-encoder.onnx with
 * settings inside, ‹name›-decoder.onnx (each also as .int8.onnx), ‹name›-tokens.txt, which has every token in base64.
 *
 * Encoder: `mel` float32 [1, bands, frames] → `n_layer_cross_k`, `n_layer_cross_v` [layers, 1, T, d]. Decoder: `tokens`
 * int64 [1, k], `in_n_layer_self_k_cache`, `in_n_layer_self_v_cache` [layers, 1, context, d], both of those, `offset`
 * int64 [1], the tokens read before → `logits` [1, k, vocabulary], `out_n_layer_self_k_cache`, `…_v_cache`.
 */
import { join } from 'node:path'
import type { Pcm } from '../../shared/audio.ts'
import type { BandMajor } from '../features/matrix.ts'
import { scaleWhisper, WhisperFrontEnd } from '../features/whisper.ts'
import { floats, floatTensor, Graph, idTensor, mismatch, type Tensors } from '../graph.ts'
import type { Ort } from '../runtime.ts'
import type { FolderListing } from './folder.ts'
import type { DecoderStep } from './merged-decoder.ts'
import type { WhisperNetwork } from './whisper-network.ts'

const CROSS = ['n_layer_cross_k', 'n_layer_cross_v'] as const
/** Input → output. */
const CACHES = {
  in_n_layer_self_k_cache: 'out_n_layer_self_k_cache',
  in_n_layer_self_v_cache: 'out_n_layer_self_v_cache',
} as const
const ENCODER = { inputs: ['mel'], outputs: [...CROSS] }
const DECODER = {
  inputs: ['tokens', ...Object.keys(CACHES), ...CROSS, 'offset'],
  outputs: ['logits', ...Object.values(CACHES)],
}
/** Frames of the longest window. */
const MOST_FRAMES = 3000
/** An encoder of any length wants so many frames of nothing behind the audio, or the decoder finds no end: theirs. */
const TAIL_FRAMES = 1000
const FRAME_SAMPLES = 160

export interface SherpaWhisperFiles {
  readonly encoder: string
  readonly decoder: string
  readonly tokens: string
}

/** By what serves a CPU best. */
const SUFFIXES = ['.int8.onnx', '.onnx', '.fp16.onnx']

/**
 * Names within the folder; undefined where no encoder is named like it. The others may be missing.
 */
export function sherpaWhisperFiles({ files }: FolderListing): SherpaWhisperFiles | undefined {
  for (const file of files.keys()) {
    const suffix = SUFFIXES.find((end) => file.endsWith(`-encoder${end}`))
    if (suffix === undefined) continue
    const name = file.slice(0, -`-encoder${suffix}`.length)
    const graph = (part: string): string =>
      SUFFIXES.map((end) => `${name}-${part}${end}`).find((one) => files.has(one)) ?? `${name}-${part}.onnx`
    return { encoder: graph('encoder'), decoder: graph('decoder'), tokens: `${name}-tokens.txt` }
  }
  return undefined
}

export class SherpaWhisper implements WhisperNetwork {
  readonly #encoder: Graph
  readonly #decoder: Graph
  readonly #frontEnd: WhisperFrontEnd

  private constructor(encoder: Graph, decoder: Graph, bands: 80 | 128) {
    this.#encoder = encoder
    this.#decoder = decoder
    this.#frontEnd = new WhisperFrontEnd(bands)
  }

  /** Rejects with a StenoError that names the file. */
  static async open(
    ort: Ort,
    folder: string,
    files: SherpaWhisperFiles,
    threads: number,
    bands: 80 | 128,
  ): Promise<SherpaWhisper> {
    await using stack = new AsyncDisposableStack()
    const encoder = stack.use(await Graph.open(ort, join(folder, files.encoder), threads, ENCODER))
    const decoder = stack.use(await Graph.open(ort, join(folder, files.decoder), threads, DECODER))
    stack.move()
    return new SherpaWhisper(encoder, decoder, bands)
  }

  get file(): string {
    return this.#decoder.file
  }

  /** 30 s where the encoder's positions are fixed; else the audio and a tail. */
  features(pcm: Pcm): BandMajor {
    const fixed = this.#encoder.input('mel').shape[2]
    if (typeof fixed === 'number' && fixed > 0) return scaleWhisper(this.#frontEnd.paddedLogMel(pcm))
    const heard = pcm.subarray(0, MOST_FRAMES * FRAME_SAMPLES)
    return withTail(scaleWhisper(this.#frontEnd.logMel(heard)), TAIL_FRAMES)
  }

  async hear({ data, bands, frames }: BandMajor): Promise<Tensors> {
    const { ort, file } = this.#encoder
    const { type } = this.#encoder.input('mel')
    const answer = await this.#encoder.run({ mel: floatTensor(ort, type, data, [1, bands, frames]) }, CROSS)
    return Object.fromEntries(
      CROSS.map((name) => {
        const tensor = answer[name]
        if (tensor === undefined) throw mismatch(file, `it gives no “${name}”`)
        return [name, tensor] as const
      }),
    )
  }

  start(heard: Tensors, prompt: readonly number[]): Promise<DecoderStep> {
    const empty = Object.keys(CACHES).map((name) => [name, this.#zeros(name)] as const)
    return this.#read({ fixed: heard, past: Object.fromEntries(empty) }, 0, prompt)
  }

  advance({ fixed, past }: DecoderStep, token: number): Promise<DecoderStep> {
    return this.#read({ fixed, past }, Number(past['offset']?.data[0] ?? 0), [token])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#decoder[Symbol.asyncDispose]()
    await this.#encoder[Symbol.asyncDispose]()
  }

  /** @param offset tokens read before. */
  async #read(
    { fixed, past }: Pick<DecoderStep, 'fixed' | 'past'>,
    offset: number,
    ids: readonly number[],
  ): Promise<DecoderStep> {
    const { ort, file } = this.#decoder
    const feeds = { ...fixed, ...past, tokens: idTensor(ort, ids), offset: idTensor(ort, [offset], [1]) }
    const answer = await this.#decoder.run(feeds, DECODER.outputs)
    const next: Record<string, Tensors[string]> = { offset: idTensor(ort, [offset + ids.length], [1]) }
    for (const [input, output] of Object.entries(CACHES)) {
      const tensor = answer[output]
      if (tensor === undefined) throw mismatch(file, `it gives no “${output}”`)
      next[input] = tensor
    }
    const logits = floats(answer['logits'], 'logits', file)
    return { logits, vocabulary: answer['logits']?.dims.at(-1) ?? 0, fixed, past: next }
  }

  #zeros(name: string): Tensors[string] {
    const { type, shape } = this.#decoder.input(name)
    const dims = shape.map((size) => (typeof size === 'number' && size > 0 ? size : 1))
    const count = dims.reduce((product, size) => product * size, 1)
    return floatTensor(this.#decoder.ort, type, new Float32Array(count), dims)
  }
}

/** Frames of zeros behind, in all no more than a window has. */
export function withTail({ data, bands, frames, layout }: BandMajor, tail: number): BandMajor {
  const total = Math.min(frames + tail, MOST_FRAMES)
  const longer = new Float32Array(bands * total)
  for (let band = 0; band < bands; band++)
    longer.set(data.subarray(band * frames, band * frames + Math.min(frames, total)), band * total)
  return { layout, data: longer, frames: total, bands }
}
