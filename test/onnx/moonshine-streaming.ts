/**
 * Tiny streaming Moonshines of made-up weights: the five graphs with their published names, shapes and types. A
 * frontend that really carries its states, an encoder of sliding windows, a decoder whose cache counts.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { convertToOrt } from './ort-format.ts'
import { RandomWeights } from './random.ts'
import { Builder } from './seq2seq.ts'
import { attribute, graph, model, node, value, type ValueInfoProto } from './writer.ts'

export interface StreamingMoonshineToy {
  readonly seed?: number
  /** From this position on, the end becomes the more probable the later it is. */
  readonly endsAt?: number
  readonly vocabulary?: number
  /** As published: `.ort`. */
  readonly format?: 'ort' | 'onnx'
}

const WIDTH = 16
const LAYERS = 2
const HEADS = 2
const HEAD_SIZE = 8
const FRONTEND = 12
const MIDDLE = 10
const FRAME = 80
const LEFT = 16
/** Of the encoder's two layers; as published, all in all 16. */
const RIGHT = [4, 12]
const CONTEXT = 448
const [START, END] = [1, 2]
/** How sure the decoder is: the logits' deviation. */
const STEEPNESS = 12

export const STREAMING_VOCABULARY = 96

export async function writeStreamingMoonshine(
  folder: string,
  { seed = 5, endsAt = 24, vocabulary = STREAMING_VOCABULARY, format = 'ort' }: StreamingMoonshineToy = {},
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const graphs = {
    frontend: frontend(seed),
    encoder: encoder(seed + 1),
    adapter: adapter(seed + 2),
    cross_kv: crossKv(seed + 3),
    decoder_kv: decoderKv(seed + 3, vocabulary, endsAt),
  }
  for (const [name, bytes] of Object.entries(graphs)) {
    const file = join(folder, `${name}.onnx`)
    await writeFile(file, bytes)
    if (format === 'onnx') continue
    await convertToOrt(file, join(folder, `${name}.ort`))
    await rm(file)
  }
  await writeFile(join(folder, 'streaming_config.json'), JSON.stringify(settings(vocabulary)))
  await writeFile(join(folder, 'tokenizer.bin'), binaryPieces(streamingPieces(vocabulary)))
}

function settings(vocabulary: number): Record<string, number> {
  return {
    encoder_dim: WIDTH,
    decoder_dim: WIDTH,
    depth: LAYERS,
    nheads: HEADS,
    head_dim: HEAD_SIZE,
    vocab_size: vocabulary,
    bos_id: START,
    eos_id: END,
    frame_len: FRAME,
    total_lookahead: 16,
    d_model_frontend: FRONTEND,
    c1: MIDDLE,
    c2: WIDTH,
    max_seq_len: CONTEXT,
  }
}

/** `<unk>`, the marks of start and end, words; the last id has none. */
export function streamingPieces(vocabulary: number): string[] {
  const words = Array.from(
    { length: vocabulary - 4 },
    (_, id) => `${id % 3 === 2 ? '' : '▁'}w${id.toString(36)}`,
  )
  return ['<unk>', '<s>', '</s>', ...words, '']
}

/** See src/engine/tokenizer/binary-tokenizer.ts. */
export function binaryPieces(pieces: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(
    pieces.flatMap((piece) => {
      const bytes = Buffer.from(piece)
      const { length } = bytes
      return [Uint8Array.from(length < 128 ? [length] : [128 + (length % 128), length >> 7]), bytes]
    }),
  )
}

/** Frames of 80 samples, two causal convolutions of kernel 5 and stride 2: 50 features a second. */
function frontend(seed: number): Uint8Array {
  const b = new Builder(seed)
  const one = b.ints([1])
  const zero = b.ints([0])
  const slice = (input: string, from: string, to: string, axis: number, step = one): string =>
    b.op('Slice', [input, from, to, b.ints([axis]), step])
  const far = b.ints([2 ** 31])
  const frame = b.ints([FRAME])
  const kept = slice('sample_buffer', zero, 'sample_len', 1)
  const audio = b.op('Concat', [kept, 'audio_chunk'], { axis: attribute.int(1) })
  const length = slice(b.op('Shape', [audio]), one, b.ints([2]), 0)
  const frames = b.op('Div', [length, frame])
  const whole = b.op('Mul', [frames, frame])
  const rest = slice(audio, whole, far, 1)
  const restLength = b.op('Sub', [length, whole])
  const missing = b.op('Sub', [b.ints([79]), restLength])
  const pads = b.op('Concat', [zero, zero, zero, missing], { axis: attribute.int(0) })
  b.nodes.push(node('Pad', [rest, pads], ['sample_buffer_out']))
  b.nodes.push(node('Identity', [restLength], ['sample_len_out']))
  b.nodes.push(node('Add', ['frame_count', frames], ['frame_count_out']))
  const framed = b.op('Reshape', [slice(audio, zero, whole, 1), b.ints([1, -1, FRAME])])
  const lifted = b.op('Tanh', [b.op('MatMul', [framed, b.weight(FRAME, FRONTEND, 3)])])
  /** Every second frame by their number since the start, each with the four before it. */
  const halve = (
    input: string,
    buffer: string,
    count: string,
    from: number,
    to: number,
  ): [string, string] => {
    const extended = b.op('Concat', [buffer, input], { axis: attribute.int(2) })
    b.nodes.push(node('Slice', [extended, b.ints([-4]), far, b.ints([2])], [`${buffer}_out`]))
    const kernel = b.floats(
      [to, from, 5],
      new RandomWeights(seed + from).values(to * from * 5, 1 / Math.sqrt(from)),
    )
    const all = b.op('Conv', [extended, kernel], { kernel_shape: attribute.ints([5]) })
    const odd = b.op('Mod', [count, b.ints([2])])
    const given = b.op('Div', [b.op('Add', [count, one]), b.ints([2])])
    return [b.op('Tanh', [slice(all, odd, far, 2, b.ints([2]))]), given]
  }
  const bands = b.op('Transpose', [lifted], { perm: attribute.ints([0, 2, 1]) })
  const [first, count] = halve(bands, 'conv1_buffer', 'frame_count', FRONTEND, MIDDLE)
  const [second] = halve(first, 'conv2_buffer', count, MIDDLE, WIDTH)
  b.nodes.push(node('Transpose', [second], ['features'], { perm: attribute.ints([0, 2, 1]) }))
  const states = (suffix: string): ValueInfoProto[] => [
    value(`sample_buffer${suffix}`, 'float', [1, 79]),
    value(`sample_len${suffix}`, 'int64', [1]),
    value(`conv1_buffer${suffix}`, 'float', [1, FRONTEND, 4]),
    value(`conv2_buffer${suffix}`, 'float', [1, MIDDLE, 4]),
    value(`frame_count${suffix}`, 'int64', [1]),
  ]
  return finish('frontend', b, {
    inputs: [value('audio_chunk', 'float', [1, 'chunk_len']), ...states('')],
    outputs: [value('features', 'float', [1, 'num_frames', WIDTH]), ...states('_out')],
  })
}

/** Two layers of attention over 16 frames to the left and a few to the right. */
function encoder(seed: number): Uint8Array {
  const b = new Builder(seed)
  const count = b.op('Gather', [b.op('Shape', ['features']), b.ints([1], [])])
  const places = b.op('Range', [b.ints([0], []), count, b.ints([1], [])])
  const distance = b.op('Sub', [
    b.op('Unsqueeze', [places, b.ints([0])]),
    b.op('Unsqueeze', [places, b.ints([1])]),
  ])
  let x = 'features'
  for (const right of RIGHT) {
    const near = b.op('And', [
      b.op('Greater', [distance, b.ints([-LEFT - 1])]),
      b.op('Less', [distance, b.ints([right + 1])]),
    ])
    const mask = b.op('Where', [near, b.floats([], [0]), b.floats([], [-1e9])])
    const project = (): string => b.op('MatMul', [x, b.weight(WIDTH, WIDTH, 2)])
    const scores = b.op('MatMul', [
      project(),
      b.op('Transpose', [project()], { perm: attribute.ints([0, 2, 1]) }),
    ])
    const weights = b.op('Softmax', [b.op('Add', [scores, mask])], { axis: attribute.int(-1) })
    x = b.op('Add', [x, b.op('MatMul', [weights, project()])])
  }
  b.nodes.push(node('Tanh', [x], ['encoded']))
  const dims = [1, 'num_frames', WIDTH]
  return finish('encoder', b, {
    inputs: [value('features', 'float', dims)],
    outputs: [value('encoded', 'float', dims)],
  })
}

/** Learned positions on top. */
function adapter(seed: number): Uint8Array {
  const b = new Builder(seed)
  const count = b.op('Gather', [b.op('Shape', ['encoded']), b.ints([1], [])])
  const from = b.op('Squeeze', ['pos_offset', b.ints([0])])
  const places = b.op('Range', [from, b.op('Add', [from, count]), b.ints([1], [])])
  const position = b.op('Gather', [b.weight(4096, WIDTH, 30), places])
  b.nodes.push(node('Add', [b.op('MatMul', ['encoded', b.weight(WIDTH, WIDTH, 3)]), position], ['memory']))
  return finish('adapter', b, {
    inputs: [value('encoded', 'float', [1, 'num_frames', WIDTH]), value('pos_offset', 'int64', [1])],
    outputs: [value('memory', 'float', [1, 'num_frames', WIDTH])],
  })
}

function crossKv(seed: number): Uint8Array {
  const b = new Builder(seed)
  for (const name of ['k_cross', 'v_cross']) {
    const layers = Array.from({ length: LAYERS }, () =>
      b.op('Unsqueeze', [
        b.split(b.op('MatMul', ['memory', b.weight(WIDTH, WIDTH, 2)]), HEADS, HEAD_SIZE),
        b.ints([0]),
      ]),
    )
    b.nodes.push(node('Concat', layers, [name], { axis: attribute.int(0) }))
  }
  return finish('cross_kv', b, {
    inputs: [value('memory', 'float', [1, 'num_frames', WIDTH])],
    outputs: ['k_cross', 'v_cross'].map((name) => cache(name, 'num_frames')),
  })
}

function decoderKv(seed: number, vocabulary: number, endsAt: number): Uint8Array {
  const b = new Builder(seed)
  const axis = (name: string, index: number): string =>
    b.op('Gather', [b.op('Shape', [name]), b.ints([index], [])])
  const past = axis('k_self', 3)
  const total = b.op('Add', [past, axis('token', 1)])
  const positions = b.op('Range', [past, total, b.ints([1], [])])
  const columns = b.op('Range', [b.ints([0], []), total, b.ints([1], [])])
  const later = b.op('Greater', [columns, b.op('Unsqueeze', [positions, b.ints([1])])])
  const mask = b.op('Where', [later, b.floats([], [-1e9]), b.floats([], [0])])
  const layerOf = (name: string, layer: number): string => b.op('Gather', [name, b.ints([layer], [])])
  let x = b.op('Add', [
    b.op('Gather', [b.weight(vocabulary, WIDTH, Math.sqrt(vocabulary / 3)), 'token']),
    b.op('Gather', [b.weight(CONTEXT, WIDTH, Math.sqrt(CONTEXT / 3)), positions]),
  ])
  const grown: Record<'k_self' | 'v_self', string[]> = { k_self: [], v_self: [] }
  for (let layer = 0; layer < LAYERS; layer++) {
    const project = (): string => b.split(b.op('MatMul', [x, b.weight(WIDTH, WIDTH)]), HEADS, HEAD_SIZE)
    const grow = (name: 'k_self' | 'v_self'): string => {
      const joined = b.op('Concat', [layerOf(name, layer), project()], { axis: attribute.int(2) })
      grown[name].push(b.op('Unsqueeze', [joined, b.ints([0])]))
      return joined
    }
    x = attend(b, x, project(), grow('k_self'), grow('v_self'), mask)
    x = attend(b, x, project(), layerOf('out_k_cross', layer), layerOf('out_v_cross', layer), undefined)
  }
  for (const name of ['k_self', 'v_self'] as const)
    b.nodes.push(node('Concat', grown[name], [`out_${name}`], { axis: attribute.int(0) }))
  const said = b.op('MatMul', [b.op('Tanh', [x]), b.weight(WIDTH, vocabulary, STEEPNESS)])
  const bonus = Array.from({ length: CONTEXT }, (_, at) => (at < endsAt ? -3 : at - endsAt) * STEEPNESS)
  const late = b.op('Unsqueeze', [b.op('Gather', [b.floats([CONTEXT], bonus), positions]), b.ints([1])])
  const ids = b.ints(Array.from({ length: vocabulary }, (_, id) => id))
  const isEnd = b.cast(b.op('Equal', [ids, b.ints([END])]), 'float')
  b.nodes.push(node('Add', [said, b.op('Mul', [late, isEnd])], ['logits']))
  return finish('decoder_kv', b, {
    inputs: [
      value('token', 'int64', [1, 'token_len']),
      cache('k_self', 'cache_len'),
      cache('v_self', 'cache_len'),
      cache('out_k_cross', 'cross_len'),
      cache('out_v_cross', 'cross_len'),
    ],
    outputs: [
      value('logits', 'float', [1, 'token_len', vocabulary]),
      cache('out_k_self', 'new_cache_len'),
      cache('out_v_self', 'new_cache_len'),
    ],
  })
}

function attend(
  b: Builder,
  x: string,
  query: string,
  key: string,
  values: string,
  mask: string | undefined,
): string {
  const scores = b.op('MatMul', [query, b.op('Transpose', [key], { perm: attribute.ints([0, 1, 3, 2]) })])
  const masked = mask === undefined ? scores : b.op('Add', [scores, mask])
  const mixed = b.op('MatMul', [b.op('Softmax', [masked], { axis: attribute.int(-1) }), values])
  const joined = b.op('Transpose', [mixed], { perm: attribute.ints([0, 2, 1, 3]) })
  const flat = b.op('Reshape', [joined, b.ints([1, -1, WIDTH])])
  return b.op('Add', [x, b.op('MatMul', [flat, b.weight(WIDTH, WIDTH)])])
}

function cache(name: string, length: string): ValueInfoProto {
  return value(name, 'float', [LAYERS, 1, HEADS, length, HEAD_SIZE])
}

function finish(
  name: string,
  { nodes, initializers }: Builder,
  ends: { readonly inputs: readonly ValueInfoProto[]; readonly outputs: readonly ValueInfoProto[] },
): Uint8Array {
  return model(graph({ name, nodes, initializers, ...ends }))
}
