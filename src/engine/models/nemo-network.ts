/**
 * Prediction network and joint of NeMo's transducers, in both published layouts: one graph for both (onnx-asr's
 * decoder_joint) or one for each (sherpa-onnx's decoder and joiner), where the LSTM runs once per token and not once
 * per step. The first token is the blank, as in NeMo.
 */
import type { Tensor } from 'onnxruntime-node'
import type { TransducerNetwork } from '../decode/transducer-search.ts'
import { floats, mismatch, type Graph, type Tensors } from '../graph.ts'
import type { Ort } from '../runtime.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import { CarriedStates } from './carried-states.ts'
import type { LoadRequest } from './family.ts'
import { openGraph } from './model-files.ts'

const TARGETS = ['targets', 'target_length']
/** Published TDT models have five: 0 to 4 steps. More scores than this behind the tokens are tokens of another list. */
const DURATIONS_AT_MOST = 8

/** The tokens a network scores. */
export interface Vocabulary {
  /** The blank included. */
  readonly size: number
  readonly blank: number
}

export interface NemoContext {
  /** The last token … */
  readonly token: number
  /** … and the states before it was read. */
  readonly states: Tensors
  /** What reading it gave. */
  read: { readonly output: Tensor | undefined; readonly states: Tensors } | undefined
}

/** Inputs and outputs of a joint in one graph with its decoder; states are besides. */
const JOINT_NAMES = { inputs: ['encoder_outputs', ...TARGETS], outputs: ['outputs'] }
/** Of a decoder by itself. */
const DECODER_NAMES = { inputs: TARGETS, outputs: [] }

/** @throws StenoError `model-mismatch` when the graph carries no states. */
function jointNetwork(graph: Graph, vocabulary: Vocabulary): TransducerNetwork<NemoContext> {
  const { ort } = graph
  const carried = CarriedStates.byOrder(graph, JOINT_NAMES.inputs)
  const scores = async (step: Float32Array, context: NemoContext): Promise<Float32Array> => {
    const answer = await graph.run(
      { ...context.states, ...targetOf(ort, context), encoder_outputs: columnOf(ort, step) },
      ['outputs', ...carried.outputs],
    )
    context.read = { output: undefined, states: carried.carry(answer) }
    return scoresOf(answer['outputs'], vocabulary, graph.file)
  }
  return { ...contextsOf(carried, vocabulary.blank), scores }
}

/** The same for a decoder and a joiner of their own. Their first outputs are what counts, whatever their names. */
function splitNetwork(decoder: Graph, joiner: Graph, vocabulary: Vocabulary): TransducerNetwork<NemoContext> {
  const { ort } = decoder
  const carried = CarriedStates.byOrder(decoder, TARGETS)
  const [outputName = ''] = decoder.outputNames
  const [encoderInput = '', decoderInput = ''] = joiner.inputNames
  const [scoresName = ''] = joiner.outputNames
  const read = async (context: NemoContext): Promise<NonNullable<NemoContext['read']>> => {
    const answer = await decoder.run({ ...context.states, ...targetOf(ort, context) }, [
      outputName,
      ...carried.outputs,
    ])
    return { output: answer[outputName], states: carried.carry(answer) }
  }
  const scores = async (step: Float32Array, context: NemoContext): Promise<Float32Array> => {
    context.read ??= await read(context)
    if (context.read.output === undefined) throw mismatch(decoder.file, 'it answers nothing')
    const feeds = { [encoderInput]: columnOf(ort, step), [decoderInput]: context.read.output }
    const answer = await joiner.run(feeds, [scoresName])
    return scoresOf(answer[scoresName], vocabulary, joiner.file)
  }
  return { ...contextsOf(carried, vocabulary.blank), scores }
}

function contextsOf(
  carried: CarriedStates,
  blank: number,
): Pick<TransducerNetwork<NemoContext>, 'start' | 'advance'> {
  return {
    start: () => Promise.resolve({ token: blank, states: carried.zeros(), read: undefined }),
    advance: (context, token) =>
      Promise.resolve({ token, states: context.read?.states ?? context.states, read: undefined }),
  }
}

function targetOf(ort: Ort, { token }: NemoContext): Record<string, Tensor> {
  return {
    targets: new ort.Tensor('int32', Int32Array.of(token), [1, 1]),
    target_length: new ort.Tensor('int32', Int32Array.of(1), [1]),
  }
}

/** One step as the joint wants it: [1, width, 1]. */
function columnOf(ort: Ort, step: Float32Array): Tensor {
  return new ort.Tensor('float32', step, [1, step.length, 1])
}

/** @throws StenoError `model-mismatch` when there are not as many scores as tokens, with durations behind or without. */
function scoresOf(tensor: Tensor | undefined, { size }: Vocabulary, file: string): Float32Array {
  const scores = floats(tensor, 'outputs', file)
  const durations = scores.length - size
  if (durations < 0 || durations > DURATIONS_AT_MOST)
    throw mismatch(file, `it scores ${scores.length} tokens, the token list has ${size}`)
  return scores
}

/** Opens what is behind the encoder, in whichever layout: without a joiner, the decoder holds it. */
export async function openNetwork(
  stack: AsyncDisposableStack,
  request: LoadRequest,
  tokenizer: PieceTokenizer,
  decoderName: string,
  joinerName: string | undefined,
): Promise<TransducerNetwork<NemoContext>> {
  if (joinerName === undefined)
    return jointNetwork(await openGraph(stack, request, { name: decoderName, ...JOINT_NAMES }), tokenizer)
  const decoder = await openGraph(stack, request, { name: decoderName, ...DECODER_NAMES })
  const joiner = await openGraph(stack, request, {
    name: joinerName,
    inputs: ['encoder_outputs'],
    outputs: [],
  })
  return splitNetwork(decoder, joiner, tokenizer)
}
