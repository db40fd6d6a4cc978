/**
 * Tiny NeMo models of made-up weights: a strided convolution for the FastConformer, real LSTMs and a real joint behind
 * it, in the layouts of onnx-asr and of sherpa-onnx, with their names, shapes, types and settings.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RandomWeights } from './random.ts'
import {
  attribute,
  graph,
  model,
  node,
  tensor,
  value,
  type GraphParts,
  type NodeProto,
  type TensorProto,
} from './writer.ts'

export interface NemoToy {
  readonly seed: number
  readonly pieces: readonly string[]
  readonly bands: 80 | 128
  /** Layers of the prediction network: 2 in the models of 0.6 B, 1 in those of 110 M. */
  readonly layers: 1 | 2
  /** Scores for durations behind the tokens. */
  readonly tdt: boolean
  /** Added to the blank's score. */
  readonly blankBias?: number
  /** What `normalize_type` says. */
  readonly normalise?: string
}

/** Of the encoder's output. */
export const NEMO_WIDTH = 24
const HIDDEN = 16
const JOINT = 32
const DURATIONS = 5
const SUBSAMPLING = 8

/** Files of a folder by name; write them with {@link writeFiles}. */
export type Files = Readonly<Record<string, Uint8Array | string>>

export async function writeFiles(folder: string, files: Files): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
}

/** encoder.onnx, decoder.onnx, joiner.onnx, tokens.txt. */
export function sherpaTransducer(toy: NemoToy): Files {
  const { seed, layers } = toy
  const states = [
    value('states.1', 'float', [layers, 'b', HIDDEN]),
    value('onnx::Slice_3', 'float', [layers, 'b', HIDDEN]),
  ]
  const decoder = decoderParts(toy, ['states.1', 'onnx::Slice_3'], ['states', '162'], 'outputs')
  const joiner = joinerParts(toy, 'decoder_outputs')
  return {
    'encoder.onnx': model(graph(encoderParts(toy)), { metadata: settingsOf(toy) }),
    'decoder.onnx': model(
      graph({
        name: `decoder-${seed}`,
        ...decoder,
        inputs: [...TARGETS, ...states],
        outputs: [
          value('outputs', 'float', ['b', HIDDEN, 'u']),
          value('prednet_lengths', 'int32', ['b']),
          value('states', 'float', [layers, 'b', HIDDEN]),
          value('162', 'float', [layers, 'b', HIDDEN]),
        ],
      }),
    ),
    'joiner.onnx': model(
      graph({
        name: `joiner-${seed}`,
        ...joiner,
        inputs: [
          value('encoder_outputs', 'float', ['b', NEMO_WIDTH, 't']),
          value('decoder_outputs', 'float', ['b', HIDDEN, 'u']),
        ],
        outputs: [value('outputs', 'float', ['b', 't', 'u', scoresOf(toy)])],
      }),
    ),
    'tokens.txt': listOf(toy.pieces),
  }
}

/** encoder-model.onnx, decoder_joint-model.onnx, vocab.txt: the same weights as {@link sherpaTransducer}. */
export function onnxAsrTransducer(toy: NemoToy): Files {
  const { seed, layers } = toy
  const names = ['input_states_1', 'input_states_2']
  const decoder = decoderParts(toy, names, ['output_states_1', 'output_states_2'], 'read')
  const joiner = joinerParts(toy, 'read')
  const state = (name: string): ReturnType<typeof value> => value(name, 'float', [layers, 'b', HIDDEN])
  return {
    'encoder-model.onnx': model(graph(encoderParts(toy))),
    'decoder_joint-model.onnx': model(
      graph({
        name: `decoder-joint-${seed}`,
        nodes: [...decoder.nodes, ...joiner.nodes],
        initializers: [...decoder.initializers, ...joiner.initializers],
        inputs: [value('encoder_outputs', 'float', ['b', NEMO_WIDTH, 't']), ...TARGETS, ...names.map(state)],
        outputs: [
          value('outputs', 'float', ['b', 't', 'u', scoresOf(toy)]),
          value('prednet_lengths', 'int32', ['b']),
          state('output_states_1'),
          state('output_states_2'),
        ],
      }),
    ),
    'vocab.txt': listOf(toy.pieces),
  }
}

const TARGETS = [value('targets', 'int32', ['b', 'u']), value('target_length', 'int32', ['b'])]

interface Parts {
  readonly nodes: readonly NodeProto[]
  readonly initializers: readonly TensorProto[]
}

function scoresOf({ pieces, tdt }: NemoToy): number {
  return pieces.length + 1 + (tdt ? DURATIONS : 0)
}

/** `piece id` on every line, the blank last. */
export function listOf(pieces: readonly string[]): string {
  return [...pieces, '<blk>'].map((piece, id) => `${piece} ${id}\n`).join('')
}

function settingsOf({
  pieces,
  layers,
  bands,
  tdt,
  normalise = 'per_feature',
}: NemoToy): Record<string, string> {
  return {
    vocab_size: String(pieces.length),
    normalize_type: normalise,
    pred_rnn_layers: String(layers),
    pred_hidden: String(HIDDEN),
    subsampling_factor: String(SUBSAMPLING),
    model_type: 'EncDecRNNTBPEModel',
    version: '2',
    model_author: 'NeMo',
    url: tdt
      ? 'https://huggingface.co/nvidia/parakeet-tdt-0.6b-v2'
      : 'https://huggingface.co/nvidia/parakeet-rnnt-0.6b',
    comment: 'made-up weights',
    feat_dim: String(bands),
  }
}

/** Frames → ⌈frames / 8⌉ steps. */
export function encoderParts({ seed, bands }: Pick<NemoToy, 'seed' | 'bands'>): GraphParts {
  const random = new RandomWeights(seed)
  const stride = {
    kernel_shape: attribute.ints([SUBSAMPLING]),
    strides: attribute.ints([SUBSAMPLING]),
    pads: attribute.ints([0, SUBSAMPLING - 1]),
  }
  const around = { kernel_shape: attribute.ints([3]), pads: attribute.ints([1, 1]) }
  return {
    name: `encoder-${seed}`,
    nodes: [
      node('Conv', ['audio_signal', 'w1'], ['c1'], stride),
      node('Tanh', ['c1'], ['h1']),
      node('Conv', ['h1', 'w2'], ['c2'], around),
      node('Tanh', ['c2'], ['outputs']),
      node('Add', ['length', 'seven'], ['padded']),
      node('Div', ['padded', 'eight'], ['encoded_lengths']),
    ],
    initializers: [
      random.matrix('w1', [NEMO_WIDTH, bands, SUBSAMPLING], bands * SUBSAMPLING),
      random.matrix('w2', [NEMO_WIDTH, NEMO_WIDTH, 3], NEMO_WIDTH * 3, 2),
      tensor('seven', 'int64', [1], [SUBSAMPLING - 1]),
      tensor('eight', 'int64', [1], [SUBSAMPLING]),
    ],
    inputs: [value('audio_signal', 'float', ['b', bands, 't']), value('length', 'int64', ['b'])],
    outputs: [value('outputs', 'float', ['b', NEMO_WIDTH, 's']), value('encoded_lengths', 'int64', ['b'])],
  }
}

/** targets [b, u] → `output` [b, HIDDEN, u] through an embedding and LSTMs with the states of NeMo's layout [layers, b, HIDDEN]. */
function decoderParts(
  { seed, layers, pieces }: NemoToy,
  [hidden = '', cell = '']: readonly string[],
  [nextHidden = '', nextCell = '']: readonly string[],
  output: string,
): Parts {
  const random = new RandomWeights(seed + 1000)
  const each = Array.from({ length: layers }, (_, layer) => layer)
  const split = (name: string): string[] => each.map((layer) => `${name}_${layer}`)
  return {
    nodes: [
      node('Gather', ['embedding', 'targets'], ['embedded']),
      node('Transpose', ['embedded'], ['x0'], { perm: attribute.ints([1, 0, 2]) }),
      node('Split', [hidden], split('h'), { axis: attribute.int(0) }),
      node('Split', [cell], split('c'), { axis: attribute.int(0) }),
      ...each.flatMap((layer) => [
        node(
          'LSTM',
          [`x${layer}`, `W${layer}`, `R${layer}`, `B${layer}`, '', `h_${layer}`, `c_${layer}`],
          [`y${layer}`, `hn_${layer}`, `cn_${layer}`],
          { hidden_size: attribute.int(HIDDEN) },
        ),
        node('Squeeze', [`y${layer}`, 'direction'], [`x${layer + 1}`]),
      ]),
      node('Transpose', [`x${layers}`], [output], { perm: attribute.ints([1, 2, 0]) }),
      node('Concat', split('hn'), [nextHidden], { axis: attribute.int(0) }),
      node('Concat', split('cn'), [nextCell], { axis: attribute.int(0) }),
      node('Identity', ['target_length'], ['prednet_lengths']),
    ],
    initializers: [
      tensor(
        'embedding',
        'float',
        [pieces.length + 1, HIDDEN],
        random.values((pieces.length + 1) * HIDDEN, 2),
      ),
      tensor('direction', 'int64', [1], [1]),
      ...each.flatMap((layer) => [
        random.matrix(`W${layer}`, [1, 4 * HIDDEN, HIDDEN], HIDDEN, 2),
        random.matrix(`R${layer}`, [1, 4 * HIDDEN, HIDDEN], HIDDEN, 2),
        random.matrix(`B${layer}`, [1, 8 * HIDDEN], HIDDEN),
      ]),
    ],
  }
}

/** encoder_outputs [b, NEMO_WIDTH, t] and `read` [b, HIDDEN, u] → `outputs` [b, t, u, scores]. */
function joinerParts(toy: NemoToy, read: string): Parts {
  const { seed, pieces, blankBias = 0 } = toy
  const random = new RandomWeights(seed + 2000)
  const scores = scoresOf(toy)
  const turn = { perm: attribute.ints([0, 2, 1]) }
  return {
    nodes: [
      node('Transpose', ['encoder_outputs'], ['by_step'], turn),
      node('MatMul', ['by_step', 'We'], ['heard']),
      node('Unsqueeze', ['heard', 'u_axis'], ['heard4']),
      node('Transpose', [read], ['by_token'], turn),
      node('MatMul', ['by_token', 'Wd'], ['said']),
      node('Unsqueeze', ['said', 't_axis'], ['said4']),
      node('Add', ['heard4', 'said4'], ['sum']),
      node('Relu', ['sum'], ['active']),
      node('MatMul', ['active', 'Wo'], ['scored']),
      node('Add', ['scored', 'bias'], ['outputs']),
    ],
    initializers: [
      random.matrix('We', [NEMO_WIDTH, JOINT], NEMO_WIDTH, 2),
      random.matrix('Wd', [HIDDEN, JOINT], HIDDEN, 2),
      random.matrix('Wo', [JOINT, scores], JOINT, 3),
      tensor(
        'bias',
        'float',
        [scores],
        Float32Array.from({ length: scores }, (_, id) => biasOf(id - pieces.length, blankBias)),
      ),
      tensor('u_axis', 'int64', [1], [2]),
      tensor('t_axis', 'int64', [1], [1]),
    ],
  }
}

/** @param beyond places behind the last piece: the blank, then duration 0, which a trained model seldom says. */
function biasOf(beyond: number, blankBias: number): number {
  if (beyond === 0) return blankBias
  return beyond === 1 ? -4 : 0
}
