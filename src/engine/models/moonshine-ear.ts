/**
 * What Moonshine's streaming encoder hears (moonshine-ai/moonshine, core/moonshine-streaming-model.cpp): audio of any
 * length in, memory for the decoder out. Three graphs:
 *
 * frontend: `audio_chunk` float32 [1, n] and its states → `features` [1, T, width], 50 a second, and the states again
 * with `_out` behind their names. encoder: `features` → `encoded`, alike in shape, without states: what a frame
 * becomes depends on 16 frames to the left in each of its layers and on `lookahead` to the right. adapter: `encoded`,
 * `pos_offset` int64 [1] → `memory` [1, T, decoder width].
 *
 * Both steps have a fixed grid, so that the memory depends on the audio alone, not on how it came in pieces: to the
 * last bit, even where a graph rounds by what else is in its window.
 */
import type { Pcm } from '../../shared/audio.ts'
import { floats, idTensor, mismatch, type Graph, type Tensors } from '../graph.ts'
import { CarriedStates } from './carried-states.ts'
import type { MoonshineStreamingSettings } from './moonshine-streaming-settings.ts'

/** Of one call of the frontend: 80 ms, as the original feeds it. */
const CHUNK_SAMPLES = 1280
/** Frames to the left that a layer of the encoder looks at. */
const LEFT_PER_LAYER = 16
/**
 * Frames from one call of the encoder to the next, 0.48 s. Fewer would show text sooner and hear the frames to the
 * left again more often: now 5 times with 6 layers, 10 times with 14.
 */
const STEP = 24

/** What a convolution of the frontend keeps of the frames before. */
const CONV_FRAMES = 4

export const SECONDS_PER_FRAME = 0.02

export interface EarGraphs {
  readonly frontend: Graph
  readonly encoder: Graph
  readonly adapter: Graph
}

/** [frames, width], row-major. */
export interface Memory {
  readonly data: Float32Array
  readonly frames: number
}

export class MoonshineEar {
  readonly #graphs: EarGraphs
  readonly #settings: MoonshineStreamingSettings
  readonly #carried: CarriedStates
  #states: Tensors
  /** Samples that do not fill a chunk. */
  #rest: Pcm = new Float32Array(0)
  /** Features from frame `#first` on. */
  #features: Float32Array = new Float32Array(0)
  #first = 0
  #encoded = 0
  #memory: Memory = { data: new Float32Array(0), frames: 0 }

  constructor(graphs: EarGraphs, settings: MoonshineStreamingSettings) {
    this.#graphs = graphs
    this.#settings = settings
    this.#carried = CarriedStates.byName(graphs.frontend, ['audio_chunk'], {
      conv1_buffer: [1, settings.frontendWidth, CONV_FRAMES],
      conv2_buffer: [1, settings.middleWidth, CONV_FRAMES],
    })
    this.#states = this.#carried.zeros()
  }

  get memory(): Memory {
    return this.#memory
  }

  async push(pcm: Pcm, signal?: AbortSignal): Promise<void> {
    this.#rest = joined(this.#rest, pcm)
    while (this.#rest.length >= CHUNK_SAMPLES) {
      signal?.throwIfAborted()
      await this.#hear(this.#rest.slice(0, CHUNK_SAMPLES))
      this.#rest = this.#rest.slice(CHUNK_SAMPLES)
      const { lookahead } = this.#settings
      while (this.#heard - this.#encoded >= STEP + lookahead) {
        signal?.throwIfAborted()
        await this.#encode(this.#encoded + STEP, this.#encoded + STEP + lookahead)
      }
    }
  }

  /** No more audio comes: the frames that waited for what is behind them do without. */
  async finish(signal?: AbortSignal): Promise<void> {
    const over = this.#rest.length % CHUNK_SAMPLES
    await this.push(new Float32Array(over === 0 ? 0 : CHUNK_SAMPLES - over), signal)
    signal?.throwIfAborted()
    if (this.#heard > this.#encoded) await this.#encode(this.#heard, this.#heard)
  }

  /** Goes on from here by itself. */
  fork(): MoonshineEar {
    const other = new MoonshineEar(this.#graphs, this.#settings)
    other.#states = this.#states
    other.#rest = this.#rest
    other.#features = this.#features
    other.#first = this.#first
    other.#encoded = this.#encoded
    other.#memory = this.#memory
    return other
  }

  /** Frames of features so far. */
  get #heard(): number {
    return this.#first + this.#features.length / this.#settings.encoderWidth
  }

  async #hear(chunk: Pcm): Promise<void> {
    const { frontend } = this.#graphs
    const audio = new frontend.ort.Tensor('float32', chunk, [1, chunk.length])
    const answer = await frontend.run({ ...this.#states, audio_chunk: audio }, [
      'features',
      ...this.#carried.outputs,
    ])
    this.#states = this.#carried.carry(answer)
    const features = rows(answer, 'features', this.#settings.encoderWidth, frontend)
    this.#features = joined(this.#features, features)
  }

  /** The frames up to `to` (exclusive) become memory; the encoder hears those up to `until`. */
  async #encode(to: number, until: number): Promise<void> {
    const { encoder, adapter } = this.#graphs
    const { encoderWidth, decoderWidth, layers } = this.#settings
    const left = LEFT_PER_LAYER * layers
    this.#forget(Math.max(0, this.#encoded - left))
    const window = this.#features.slice(0, (until - this.#first) * encoderWidth)
    const features = new encoder.ort.Tensor('float32', window, [1, until - this.#first, encoderWidth])
    const all = rows(await encoder.run({ features }, ['encoded']), 'encoded', encoderWidth, encoder)
    const fresh = all.slice((this.#encoded - this.#first) * encoderWidth, (to - this.#first) * encoderWidth)
    const frames = to - this.#encoded
    if (fresh.length !== frames * encoderWidth)
      throw mismatch(encoder.file, `it answers ${all.length / encoderWidth} frames to ${until - this.#first}`)
    const answer = await adapter.run(
      {
        encoded: new adapter.ort.Tensor('float32', fresh, [1, frames, encoderWidth]),
        pos_offset: idTensor(adapter.ort, [this.#encoded], [1]),
      },
      ['memory'],
    )
    const more = rows(answer, 'memory', decoderWidth, adapter)
    if (more.length !== frames * decoderWidth)
      throw mismatch(adapter.file, `it answers ${more.length / decoderWidth} frames to ${frames}`)
    this.#memory = { data: joined(this.#memory.data, more), frames: to }
    this.#encoded = to
  }

  /** The features below `frame` are not looked at again. */
  #forget(frame: number): void {
    this.#features = this.#features.slice((frame - this.#first) * this.#settings.encoderWidth)
    this.#first = frame
  }
}

/** @throws StenoError `model-mismatch` when the graph answers in rows of another width than its settings say. */
function rows(answer: Tensors, name: string, width: number, { file }: Graph): Float32Array {
  const dims = answer[name]?.dims ?? []
  if (dims.length === 3 && dims[0] === 1 && dims[2] === width) return floats(answer[name], name, file)
  throw mismatch(file, `it answers “${name}” [${dims.join(', ')}], streaming_config.json says ${width} wide`)
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
