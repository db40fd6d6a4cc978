/**
 * Prediction network and joint of NeMo's transducers, in both published layouts: one graph for both (onnx-asr's
 * decoder_joint) or one for each (sherpa-onnx's decoder and joiner), where the LSTM runs once per token and not once
 * per step. The first token is the blank, as in NeMo.
 */
import type { Tensor } from 'onnxruntime-node'
import type { TransducerNetwork } from '../decode/transducer-search.ts'
import type { Ort } from '../runtime.ts'
import { CarriedStates, misfit, type States } from './carried-states.ts'
import type { Graph } from './model-files.ts'

const TARGETS = ['targets', 'target_length']
/** Published TDT models have five: 0 to 4 steps. More scores than this behind the tokens are tokens of another list. */
const DURATIONS_AT_MOST = 16

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
  readonly states: States
  /** What reading it gave. */
  read: { readonly output: Tensor | undefined; readonly states: States } | undefined
}

/** @throws StenoError `model-mismatch` when the graph has other inputs or outputs than its layout. */
export function jointNetwork(
  ort: Ort,
  { session, file }: Graph,
  vocabulary: Vocabulary,
): TransducerNetwork<NemoContext> {
  const carried = CarriedStates.byOrder(ort, session, file, ['encoder_outputs', ...TARGETS])
  const scores = async (step: Float32Array, context: NemoContext): Promise<Float32Array> => {
    const answer = await session.run(
      { ...context.states, ...targetOf(ort, context), encoder_outputs: columnOf(ort, step) },
      ['outputs', ...carried.outputs],
    )
    context.read = { output: undefined, states: carried.carry(answer) }
    return scoresOf(answer['outputs'], vocabulary, file)
  }
  return { ...contextsOf(carried, vocabulary.blank), scores }
}

/** The same for a decoder and a joiner of their own. */
export function splitNetwork(
  ort: Ort,
  decoder: Graph,
  joiner: Graph,
  vocabulary: Vocabulary,
): TransducerNetwork<NemoContext> {
  const carried = CarriedStates.byOrder(ort, decoder.session, decoder.file, TARGETS)
  const [outputName = ''] = decoder.session.outputNames
  const [encoderInput = '', decoderInput = ''] = joiner.session.inputNames
  const [scoresName = ''] = joiner.session.outputNames
  const read = async (context: NemoContext): Promise<NonNullable<NemoContext['read']>> => {
    const answer = await decoder.session.run({ ...context.states, ...targetOf(ort, context) }, [
      outputName,
      ...carried.outputs,
    ])
    return { output: answer[outputName], states: carried.carry(answer) }
  }
  const scores = async (step: Float32Array, context: NemoContext): Promise<Float32Array> => {
    context.read ??= await read(context)
    if (context.read.output === undefined) throw misfit(decoder.file, 'it answers nothing')
    const feeds = { [encoderInput]: columnOf(ort, step), [decoderInput]: context.read.output }
    const answer = await joiner.session.run(feeds, [scoresName])
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
  if (!(tensor?.data instanceof Float32Array)) throw misfit(file, 'its scores are not 32 bit numbers')
  const durations = tensor.data.length - size
  if (durations < 0 || durations > DURATIONS_AT_MOST)
    throw misfit(file, `it scores ${tensor.data.length} tokens, the token list has ${size}`)
  return tensor.data
}
