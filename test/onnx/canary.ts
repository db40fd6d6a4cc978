/**
 * Tiny Canaries of made-up weights in the layouts of onnx-asr and of sherpa-onnx: a decoder with real memories, masks
 * and positions behind the encoder of `nemo.ts`, with their names, shapes, types and settings.
 */
import { encoderParts, NEMO_WIDTH, type Files } from './nemo.ts'
import { Builder } from './seq2seq.ts'
import { attribute, graph, model, node, tensor, value, type NodeProto } from './writer.ts'

export interface CanaryToy {
  readonly seed: number
  /** Behind {@link CANARY_CONTROLS}. */
  readonly pieces: readonly string[]
  /** From this position on, the end becomes the more probable the later it is. */
  readonly endsAt?: number
  /** Added to the score of the end at every position. */
  readonly endBias?: number
}

/** In the order of their ids: a few of the published ones. */
export const CANARY_CONTROLS = [
  ...['<unk>', '<|nospeech|>', '<pad>', '<|endoftext|>', '<|startoftranscript|>', '<|pnc|>', '<|nopnc|>'],
  ...['<|startofcontext|>', '<|itn|>', '<|noitn|>', '<|timestamp|>', '<|notimestamp|>', '<|diarize|>'],
  ...['<|nodiarize|>', '<|emo:undefined|>', '<|en|>', '<|de|>', '<|es|>', '<|fr|>'],
]

const END = 3
const WIDTH = NEMO_WIDTH
const HEADS = 2
const LAYERS = 2
const CONTEXT = 1024
const BANDS = 128
const STEEPNESS = 12
const MEMORIES = Array.from({ length: LAYERS + 1 }, (_, index) => index)

/** encoder-model.onnx, decoder-model.onnx, vocab.txt, config.json. */
export function onnxAsrCanary(toy: CanaryToy): Files {
  return {
    'encoder-model.onnx': encoder(toy, false),
    'decoder-model.onnx': onnxAsrDecoder(toy),
    'vocab.txt': listOf(toy),
    'config.json': JSON.stringify({
      model_type: 'nemo-conformer-aed',
      features_size: BANDS,
      max_sequence_length: CONTEXT,
    }),
  }
}

/** encoder.onnx, decoder.onnx, tokens.txt: the same weights as {@link onnxAsrCanary}. */
export function sherpaCanary(toy: CanaryToy): Files {
  return {
    'encoder.onnx': encoder(toy, true),
    'decoder.onnx': sherpaDecoder(toy),
    'tokens.txt': listOf(toy),
  }
}

function listOf({ pieces }: CanaryToy): string {
  return [...CANARY_CONTROLS, ...pieces].map((piece, id) => `${piece} ${id}\n`).join('')
}

function encoder({ seed, pieces }: CanaryToy, sherpa: boolean): Uint8Array {
  const { nodes, initializers = [] } = encoderParts({ seed, bands: BANDS })
  const states = sherpa ? 'enc_states' : 'encoder_embeddings'
  const mask = sherpa ? 'enc_mask' : 'encoder_mask'
  const turn = { perm: attribute.ints([0, 2, 1]) }
  const parts = graph({
    name: `canary-encoder-${seed}`,
    nodes: [
      ...(sherpa
        ? [node('Transpose', ['x'], ['audio_signal'], turn), node('Identity', ['x_len'], ['length'])]
        : []),
      ...nodes,
      node('Transpose', ['outputs'], [states], turn),
      node('Shape', ['outputs'], ['shape']),
      node('Gather', ['shape', 'two'], ['steps']),
      node('Range', ['zero', 'steps', 'one'], ['places']),
      node('Unsqueeze', ['places', 'first'], ['row']),
      node('Unsqueeze', ['encoded_lengths', 'second'], ['column']),
      ...(sherpa
        ? [node('Less', ['row', 'column'], ['enc_mask']), node('Identity', ['encoded_lengths'], ['enc_len'])]
        : [
            node('Less', ['row', 'column'], ['valid']),
            node('Cast', ['valid'], ['encoder_mask'], { to: attribute.int(7) }),
          ]),
    ],
    initializers: [
      ...initializers,
      ...(['zero', 'one', 'two'] as const).map((name, number) => tensor(name, 'int64', [], [number])),
      tensor('first', 'int64', [1], [0]),
      tensor('second', 'int64', [1], [1]),
    ],
    inputs: sherpa
      ? [value('x', 'float', ['N', 'T', BANDS]), value('x_len', 'int64', ['N'])]
      : [value('audio_signal', 'float', ['N', BANDS, 'T']), value('length', 'int64', ['N'])],
    outputs: [
      value(states, 'float', ['N', 'S', WIDTH]),
      ...(sherpa ? [value('enc_len', 'int64', ['N'])] : []),
      value(mask, sherpa ? 'bool' : 'int64', ['N', 'S']),
    ],
  })
  const metadata = {
    vocab_size: String(CANARY_CONTROLS.length + pieces.length),
    normalize_type: 'per_feature',
    subsampling_factor: '8',
    model_type: 'EncDecMultiTaskModel',
    version: '1',
    model_author: 'NeMo',
    feat_dim: String(BANDS),
    num_decoder_layers: String(MEMORIES.length),
    decoder_hidden_size: String(WIDTH),
    comment: 'made-up weights',
  }
  return model(parts, sherpa ? { metadata } : {})
}

function onnxAsrDecoder(toy: CanaryToy): Uint8Array {
  const b = new Builder(toy.seed + 4000)
  const past = b.op('Gather', [b.op('Shape', ['decoder_mems']), b.ints([2], [])])
  const memories = MEMORIES.map((index) => b.op('Gather', ['decoder_mems', b.ints([index], [])]))
  const mask = b.op('Cast', ['encoder_mask'], { to: attribute.int(9) })
  const { logits, grown } = decoder(b, toy, {
    ids: 'input_ids',
    position: past,
    past,
    memories,
    states: 'encoder_embeddings',
    mask,
  })
  const stacked = grown.map((memory) => b.op('Unsqueeze', [memory, b.ints([0])]))
  b.nodes.push(node('Concat', stacked, ['decoder_hidden_states'], { axis: attribute.int(0) }))
  return finish(b, [node('Identity', [logits], ['logits'])], {
    inputs: [
      value('input_ids', 'int64', ['N', 'k']),
      value('encoder_embeddings', 'float', ['N', 'S', WIDTH]),
      value('encoder_mask', 'int64', ['N', 'S']),
      value('decoder_mems', 'float', [MEMORIES.length, 'N', 'm', WIDTH]),
    ],
    outputs: [
      value('logits', 'float', ['N', 'k', scoresOf(toy)]),
      value('decoder_hidden_states', 'float', [MEMORIES.length, 'N', 'n', WIDTH]),
    ],
  })
}

function sherpaDecoder(toy: CanaryToy): Uint8Array {
  const b = new Builder(toy.seed + 4000)
  const names = MEMORIES.map((index) => `decoder_mems_list_${index}`)
  const past = b.op('Gather', [b.op('Shape', [names[0] ?? '']), b.ints([1], [])])
  const all = b.op('Cast', ['decoder_input_ids'], { to: attribute.int(7) })
  const slice = (from: number, to: number): string =>
    b.op('Slice', [all, b.ints([from]), b.ints([to]), b.ints([1])])
  const position = b.op('Squeeze', [slice(-1, 2 ** 31)])
  const { logits, grown } = decoder(b, toy, {
    ids: slice(0, -1),
    position,
    past,
    memories: names,
    states: 'enc_states',
    mask: 'enc_mask',
  })
  const last = b.op('Slice', [logits, b.ints([-1]), b.ints([2 ** 31]), b.ints([1])])
  const next = MEMORIES.map((index) => `next_decoder_mem_list_${index}`)
  return finish(
    b,
    [
      node('Identity', [last], ['logits']),
      ...grown.map((memory, index) => node('Identity', [memory], [next[index] ?? ''])),
    ],
    {
      inputs: [
        value('decoder_input_ids', 'int32', [1, 'k']),
        ...names.map((name) => value(name, 'float', [1, 'm', WIDTH])),
        value('enc_states', 'float', [1, 'S', WIDTH]),
        value('enc_mask', 'bool', [1, 'S']),
      ],
      outputs: [
        value('logits', 'float', [1, 1, scoresOf(toy)]),
        ...next.map((name) => value(name, 'float', [1, 'n', WIDTH])),
      ],
    },
  )
}

interface DecoderEnds {
  /** int64 [1, k], of which the first stands at `position`; `past` of them have been read. */
  readonly ids: string
  readonly position: string
  readonly past: string
  /** [1, read, WIDTH] each: what went into each layer, and what came out of the last. */
  readonly memories: readonly string[]
  readonly states: string
  readonly mask: string
}

function decoder(
  b: Builder,
  toy: CanaryToy,
  { ids, position, past, memories, states, mask }: DecoderEnds,
): { logits: string; grown: string[] } {
  const count = b.op('Gather', [b.op('Shape', [ids]), b.ints([1], [])])
  const range = (from: string, length: string): string =>
    b.op('Range', [from, b.op('Add', [from, length]), b.ints([1], [])])
  const places = range(past, count)
  const columns = range(b.ints([0], []), b.op('Add', [past, count]))
  const later = b.op('Greater', [columns, b.op('Unsqueeze', [places, b.ints([1])])])
  const causal = b.op('Where', [later, b.floats([], [-1e4]), b.floats([], [0])])
  const heard = b.op('Where', [mask, b.floats([], [0]), b.floats([], [-1e4])])
  const across = b.op('Unsqueeze', [heard, b.ints([1, 2])])
  const positions = range(position, count)
  let x = b.op('Add', [
    b.op('Gather', [b.weight(scoresOf(toy), WIDTH, Math.sqrt(scoresOf(toy) / 3)), ids]),
    b.op('Gather', [b.weight(CONTEXT, WIDTH, Math.sqrt(CONTEXT / 3)), positions]),
  ])
  const grown: string[] = []
  const remember = (): string => {
    const all = b.op('Concat', [memories[grown.length] ?? '', x], { axis: attribute.int(1) })
    grown.push(all)
    return all
  }
  for (let layer = 0; layer < LAYERS; layer++) {
    const all = remember()
    x = attend(b, x, all, causal)
    x = attend(b, x, states, across)
  }
  remember()
  const said = b.op('MatMul', [b.op('Tanh', [x]), b.weight(WIDTH, scoresOf(toy), STEEPNESS)])
  return { logits: b.op('Add', [said, steering(b, toy, positions)]), grown }
}

function attend(b: Builder, x: string, over: string, mask: string): string {
  const project = (input: string): string =>
    b.split(b.op('MatMul', [input, b.weight(WIDTH, WIDTH, 0.7)]), HEADS, WIDTH / HEADS)
  const turned = b.op('Transpose', [project(over)], { perm: attribute.ints([0, 1, 3, 2]) })
  const scores = b.op('Add', [b.op('MatMul', [project(x), turned]), mask])
  const mixed = b.op('MatMul', [b.op('Softmax', [scores], { axis: attribute.int(-1) }), project(over)])
  const joined = b.op('Transpose', [mixed], { perm: attribute.ints([0, 2, 1, 3]) })
  const flat = b.op('Reshape', [joined, b.ints([1, -1, WIDTH])])
  return b.op('Add', [x, b.op('MatMul', [flat, b.weight(WIDTH, WIDTH)])])
}

/** No control but the end is said, and that late. */
function steering(b: Builder, toy: CanaryToy, positions: string): string {
  const { endsAt = 30, endBias = 0 } = toy
  const controls = Array.from({ length: scoresOf(toy) }, (_, id) =>
    id < CANARY_CONTROLS.length && id !== END ? -9 * STEEPNESS : 0,
  )
  const bonus = Array.from(
    { length: CONTEXT },
    (_, at) => endBias + (at < endsAt ? -3 : at - endsAt) * STEEPNESS,
  )
  const late = b.op('Unsqueeze', [b.op('Gather', [b.floats([CONTEXT], bonus), positions]), b.ints([1])])
  const ids = b.ints(controls.map((_, id) => id))
  const isEnd = b.cast(b.op('Equal', [ids, b.ints([END])]), 'float')
  return b.op('Add', [b.op('Mul', [late, isEnd]), b.floats([controls.length], controls)])
}

function scoresOf({ pieces }: CanaryToy): number {
  return CANARY_CONTROLS.length + pieces.length
}

function finish(
  { nodes, initializers }: Builder,
  last: readonly NodeProto[],
  ends: Pick<Parameters<typeof graph>[0], 'inputs' | 'outputs'>,
): Uint8Array {
  return model(graph({ name: 'canary-decoder', nodes: [...nodes, ...last], initializers, ...ends }))
}
