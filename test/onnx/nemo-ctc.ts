/** Tiny NeMo models with a CTC head behind the encoder of `nemo.ts`, in the layouts of onnx-asr and of sherpa-onnx. */
import { encoderParts, listOf, NEMO_WIDTH, type Files, type NemoToy } from './nemo.ts'
import { RandomWeights } from './random.ts'
import { attribute, graph, model, node, tensor, value } from './writer.ts'

export interface NemoCtcToy extends Pick<NemoToy, 'seed' | 'pieces' | 'bands' | 'blankBias' | 'normalise'> {
  /** Frames in a window, of a model that streams. */
  readonly window?: number
}

/** model.onnx with its settings inside, tokens.txt. */
export function sherpaCtc(toy: NemoCtcToy): Files {
  const { pieces, normalise = 'per_feature', window } = toy
  const metadata = {
    vocab_size: String(pieces.length),
    normalize_type: normalise,
    subsampling_factor: '8',
    model_type: 'EncDecHybridRNNTCTCBPEModel',
    version: '1',
    model_author: 'NeMo',
    comment: 'made-up weights',
    ...(window === undefined ? {} : { window_size: String(window) }),
  }
  return { 'model.onnx': ctcGraph(toy, metadata), 'tokens.txt': listOf(pieces) }
}

/** model.onnx, vocab.txt, config.json: the same weights as {@link sherpaCtc}. */
export function onnxAsrCtc(toy: NemoCtcToy): Files {
  const config = { model_type: 'nemo-conformer-ctc', features_size: toy.bands, subsampling_factor: 8 }
  return {
    'model.onnx': ctcGraph(toy),
    'vocab.txt': listOf(toy.pieces),
    'config.json': JSON.stringify(config),
  }
}

function ctcGraph(toy: NemoCtcToy, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const { seed, pieces, bands, blankBias = 0 } = toy
  const random = new RandomWeights(seed + 3000)
  const { nodes, initializers = [], inputs } = encoderParts({ seed, bands })
  const tokens = pieces.length + 1
  const parts = graph({
    name: `ctc-${seed}`,
    nodes: [
      ...nodes,
      node('Transpose', ['outputs'], ['by_step'], { perm: attribute.ints([0, 2, 1]) }),
      node('MatMul', ['by_step', 'projection'], ['scored']),
      node('Add', ['scored', 'bias'], ['logits']),
      node('LogSoftmax', ['logits'], ['logprobs'], { axis: attribute.int(-1) }),
    ],
    initializers: [
      ...initializers,
      random.matrix('projection', [NEMO_WIDTH, tokens], NEMO_WIDTH, 4),
      tensor('bias', 'float', [tokens], [...pieces.map(() => 0), blankBias]),
    ],
    inputs,
    outputs: [value('logprobs', 'float', ['b', 's', tokens])],
  })
  return model(parts, { metadata })
}
