/**
 * Moonshine's streaming models of published size (arXiv 2602.12241) in the folder of moonshine-ai/moonshine, as .onnx.
 * The sizes of the five graphs follow from those of the published files: the frontend is float32 in all of them, the
 * embedding of the tokens and the last layer are two.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binaryPieces, streamingPieces } from '../../test/onnx/moonshine-streaming.ts'
import { writeFiles } from '../../test/onnx/nemo.ts'
import { Rotary } from './moonshine.ts'
import { attribute, Network, value, type Precision } from './network.ts'
import type { ValueInfoProto } from '../../test/onnx/writer.ts'

export interface StreamingMoonshineSize {
  /** Of the encoder and of the decoder. */
  readonly heard: number
  readonly width: number
  readonly layers: number
  readonly headSize: number
}

export const STREAMING_MOONSHINE_SIZES = {
  tiny: { heard: 320, width: 320, layers: 6, headSize: 40 },
  small: { heard: 620, width: 512, layers: 10, headSize: 64 },
} as const satisfies Record<string, StreamingMoonshineSize>

const HEADS = 8
const VOCABULARY = 32_768
const [START, END] = [1, 2]
const CONTEXT = 448
const FRAME = 80
const KERNEL = 5
const [LEFT, RIGHT, LOOKAHEAD] = [16, 4, 16]
const POSITIONS = 4096
const FIRST_WORD = 1000
/** More than the made-up scores come to. */
const SURE = 1000
const FAR = 2 ** 31

/** @param tokens how many it says before it ends. */
export async function writeStreamingMoonshine(
  folder: string,
  size: StreamingMoonshineSize,
  precision: Precision,
  tokens: number,
): Promise<void> {
  await writeFiles(folder, {
    'frontend.onnx': frontend(size),
    'encoder.onnx': encoder(size, precision),
    'adapter.onnx': adapter(size, precision),
    'cross_kv.onnx': crossKv(size, precision),
    'decoder_kv.onnx': decoderKv(size, precision, tokens),
    'streaming_config.json': JSON.stringify(settings(size)),
  })
  await writeFile(join(folder, 'tokenizer.bin'), binaryPieces(streamingPieces(VOCABULARY)))
}

function settings({ heard, width, layers, headSize }: StreamingMoonshineSize): Record<string, number> {
  return {
    encoder_dim: heard,
    decoder_dim: width,
    depth: layers,
    nheads: HEADS,
    head_dim: headSize,
    vocab_size: VOCABULARY,
    bos_id: START,
    eos_id: END,
    frame_len: FRAME,
    total_lookahead: LOOKAHEAD,
    d_model_frontend: heard,
    c1: 2 * heard,
    c2: heard,
    max_seq_len: CONTEXT,
  }
}

/** Frames of 80 samples, two causal convolutions of stride 2: 50 features a second. */
function frontend({ heard }: StreamingMoonshineSize): Uint8Array {
  const n = new Network('float32')
  const audio = n.concat([n.slice('sample_buffer', 0, 'sample_len', 1), 'audio_chunk'], 1)
  const length = n.size(audio, 1)
  const frames = n.op('Div', [length, n.ints([FRAME])])
  const whole = n.op('Mul', [frames, n.ints([FRAME])])
  const rest = n.op('Sub', [length, whole])
  const missing = n.op('Sub', [n.ints([FRAME - 1]), rest])
  n.named(
    'Pad',
    [n.slice(audio, whole, FAR, 1), n.concat([n.ints([0, 0, 0]), missing], 0)],
    ['sample_buffer_out'],
  )
  n.named('Identity', [rest], ['sample_len_out'])
  n.named('Add', ['frame_count', frames], ['frame_count_out'])
  const framed = n.reshape(n.slice(audio, 0, whole, 1), [1, -1, FRAME])
  const lifted = n.silu(n.linear(framed, FRAME, heard, { bias: false, gain: 20 }))
  const first = halved(n, n.transpose(lifted, [0, 2, 1]), 'conv1_buffer', 'frame_count', [heard, 2 * heard])
  const second = halved(n, n.silu(first.out), 'conv2_buffer', first.given, [2 * heard, heard])
  n.named('Transpose', [second.out], ['features'], { perm: attribute.ints([0, 2, 1]) })
  const states = (suffix: string): ValueInfoProto[] => [
    value(`sample_buffer${suffix}`, 'float', [1, FRAME - 1]),
    value(`sample_len${suffix}`, 'int64', [1]),
    value(`conv1_buffer${suffix}`, 'float', [1, heard, KERNEL - 1]),
    value(`conv2_buffer${suffix}`, 'float', [1, 2 * heard, KERNEL - 1]),
    value(`frame_count${suffix}`, 'int64', [1]),
  ]
  return n.file(
    [value('audio_chunk', 'float', [1, 'chunk_len']), ...states('')],
    [value('features', 'float', [1, 'num_frames', heard]), ...states('_out')],
  )
}

/** Every second frame by their number since the start (`count`), each with the four before it. */
function halved(
  n: Network,
  input: string,
  buffer: string,
  count: string,
  [from, to]: readonly [number, number],
): { readonly out: string; readonly given: string } {
  const extended = n.concat([buffer, input], 2)
  n.named('Slice', [extended, n.ints([1 - KERNEL]), n.ints([FAR]), n.ints([2])], [`${buffer}_out`])
  const due = n.slice(extended, n.op('Mod', [count, n.ints([2])]), FAR, 2)
  const out = n.conv(due, [to, from, KERNEL], { strides: attribute.ints([2]) })
  return { out, given: n.op('Div', [n.op('Add', [count, n.ints([1])]), n.ints([2])]) }
}

/** Windows without positions: the two layers at either end look a little ahead. */
function encoder({ heard, layers, headSize }: StreamingMoonshineSize, precision: Precision): Uint8Array {
  const n = new Network(precision)
  const count = n.op('Squeeze', [n.size('features', 1), n.ints([0])])
  const places = n.op('Range', [n.ints([0], []), count, n.ints([1], [])])
  const distance = n.op('Sub', [
    n.op('Unsqueeze', [places, n.ints([0])]),
    n.op('Unsqueeze', [places, n.ints([1])]),
  ])
  const within = (right: number): string => {
    const near = n.op('And', [
      n.op('Greater', [distance, n.ints([-LEFT - 1])]),
      n.op('Less', [distance, n.ints([right + 1])]),
    ])
    return n.op('Where', [near, n.scalar(0), n.scalar(-1e9)])
  }
  const [ahead, behind] = [within(RIGHT), within(0)]
  let x = 'features'
  for (let layer = 0; layer < layers; layer++) {
    const outer = layer < 2 || layer >= layers - 2
    const normed = n.layerNorm(x, heard)
    const project = (): string => headsOf(n, normed, heard, headSize)
    const query = n.op('Mul', [project(), n.scalar(headSize ** -0.5)])
    const mixed = n.attend(query, project(), project(), HEADS * headSize, outer ? ahead : behind)
    x = n.op('Add', [x, n.linear(mixed, HEADS * headSize, heard, { bias: false })])
    const inner = n.gelu(n.linear(n.layerNorm(x, heard), heard, 4 * heard))
    x = n.op('Add', [x, n.linear(inner, 4 * heard, heard)])
  }
  n.named('Identity', [n.layerNorm(x, heard)], ['encoded'])
  const dims = [1, 'num_frames', heard]
  return n.file([value('features', 'float', dims)], [value('encoded', 'float', dims)])
}

/** Learned positions on top. */
function adapter({ heard, width }: StreamingMoonshineSize, precision: Precision): Uint8Array {
  const n = new Network(precision)
  const count = n.op('Squeeze', [n.size('encoded', 1), n.ints([0])])
  const from = n.op('Squeeze', ['pos_offset', n.ints([0])])
  const places = n.op('Range', [from, n.op('Add', [from, count]), n.ints([1], [])])
  const placed = heard === width ? 'encoded' : n.linear('encoded', heard, width, { bias: false })
  n.named('Add', [placed, n.lookUp(n.weight([POSITIONS, width], width), places)], ['memory'])
  return n.file(
    [value('encoded', 'float', [1, 'num_frames', heard]), value('pos_offset', 'int64', [1])],
    [value('memory', 'float', [1, 'num_frames', width])],
  )
}

function crossKv(size: StreamingMoonshineSize, precision: Precision): Uint8Array {
  const { width, layers, headSize } = size
  const n = new Network(precision)
  for (const name of ['k_cross', 'v_cross']) {
    const each = Array.from({ length: layers }, () =>
      n.op('Unsqueeze', [headsOf(n, 'memory', width, headSize), n.ints([0])]),
    )
    n.named('Concat', each, [name], { axis: attribute.int(0) })
  }
  return n.file(
    [value('memory', 'float', [1, 'num_frames', width])],
    ['k_cross', 'v_cross'].map((name) => cache(name, 'num_frames', size)),
  )
}

function decoderKv(size: StreamingMoonshineSize, precision: Precision, tokens: number): Uint8Array {
  const { width, layers, headSize } = size
  const n = new Network(precision, 'int8')
  const { positions, mask } = placesOf(n)
  const rotary = new Rotary(n, headSize, CONTEXT)
  const layerOf = (name: string, layer: number): string =>
    n.op('Gather', [name, n.ints([layer], [])], { axis: attribute.int(0) })
  const grown: Record<'k_self' | 'v_self', string[]> = { k_self: [], v_self: [] }
  const scaled = (query: string): string => n.op('Mul', [query, n.scalar(headSize ** -0.5)])
  let x = n.lookUp(n.weight([VOCABULARY, width], 1), 'token')
  for (let layer = 0; layer < layers; layer++) {
    const grow = (name: 'k_self' | 'v_self', fresh: string): string => {
      const all = n.concat([layerOf(name, layer), fresh], 2)
      grown[name].push(n.op('Unsqueeze', [all, n.ints([0])]))
      return all
    }
    const normed = n.layerNorm(x, width)
    const project = (): string => headsOf(n, normed, width, headSize)
    const query = scaled(rotary.turn(project(), positions))
    const key = grow('k_self', rotary.turn(project(), positions))
    const mixed = n.attend(query, key, grow('v_self', project()), width, mask)
    x = n.op('Add', [x, n.linear(mixed, width, width, { bias: false })])
    const asked = scaled(headsOf(n, n.layerNorm(x, width), width, headSize))
    const heard = n.attend(asked, layerOf('out_k_cross', layer), layerOf('out_v_cross', layer), width)
    x = n.op('Add', [x, n.linear(heard, width, width, { bias: false })])
    x = n.op('Add', [x, feedForward(n, n.layerNorm(x, width), width)])
  }
  for (const name of ['k_self', 'v_self'] as const)
    n.named('Concat', grown[name], [`out_${name}`], { axis: attribute.int(0) })
  const scores = n.linear(n.layerNorm(x, width), width, VOCABULARY, { bias: false })
  n.named('Add', [scores, script(n, positions, tokens)], ['logits'])
  return n.file(
    [
      value('token', 'int64', [1, 'token_len']),
      cache('k_self', 'cache_len', size),
      cache('v_self', 'cache_len', size),
      cache('out_k_cross', 'cross_len', size),
      cache('out_v_cross', 'cross_len', size),
    ],
    [
      value('logits', 'float', [1, 'token_len', VOCABULARY]),
      cache('out_k_self', 'new_cache_len', size),
      cache('out_v_self', 'new_cache_len', size),
    ],
  )
}

/** Positions of the tokens of a call, and a mask that hides what comes after each. */
function placesOf(n: Network): { readonly positions: string; readonly mask: string } {
  const scalar = (size: string): string => n.op('Squeeze', [size, n.ints([0])])
  const past = scalar(n.size('k_self', 3))
  const total = n.op('Add', [past, scalar(n.size('token', 1))])
  const positions = n.op('Range', [past, total, n.ints([1], [])])
  const columns = n.op('Range', [n.ints([0], []), total, n.ints([1], [])])
  const later = n.op('Greater', [columns, n.op('Unsqueeze', [positions, n.ints([1])])])
  return { positions, mask: n.op('Where', [later, n.scalar(-1e9), n.scalar(0)]) }
}

function feedForward(n: Network, x: string, width: number): string {
  const both = n.linear(x, width, 8 * width)
  const gate = n.silu(n.slice(both, 4 * width, 8 * width, 2))
  return n.linear(n.op('Mul', [n.slice(both, 0, 4 * width, 2), gate]), 4 * width, width)
}

/** [k, VOCABULARY]: a bonus for the token of each position. */
function script(n: Network, positions: string, tokens: number): string {
  const said = n.ints(
    Array.from({ length: CONTEXT }, (_, position) => (position < tokens ? FIRST_WORD + 12 * position : END)),
  )
  const ids = n.ints(Array.from({ length: VOCABULARY }, (_, id) => id))
  const now = n.op('Unsqueeze', [n.op('Gather', [said, positions]), n.ints([1])])
  return n.op('Mul', [n.cast(n.op('Equal', [ids, now]), 'float'), n.scalar(SURE)])
}

function headsOf(n: Network, x: string, from: number, headSize: number): string {
  return n.heads(n.linear(x, from, HEADS * headSize, { bias: false }), HEADS, headSize)
}

function cache(name: string, length: string, { layers, headSize }: StreamingMoonshineSize): ValueInfoProto {
  return value(name, 'float', [layers, 1, HEADS, length, headSize])
}
