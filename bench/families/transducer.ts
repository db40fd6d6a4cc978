/**
 * What is behind the encoders of NeMo's transducers, in published size and in the files of sherpa-onnx: an LSTM over
 * the tokens and a joint. Weights that were not trained say nothing sensible, so the encoder's first channel says
 * whether an odd or an even token is due, the decoder's first whether the last token was odd, and the joint says a
 * token when they differ: one each time, whatever decodes it.
 */
import { attribute, Network, value, type Precision } from './network.ts'
import type { ValueInfoProto } from '../../test/onnx/writer.ts'

export interface TransducerSize {
  readonly width: number
  readonly tokens: number
  readonly layers: number
  /** Scores for durations behind the tokens: 0, or 5 as in TDT. */
  readonly durations: number
}

const HIDDEN = 640
/** More than the made-up scores come to. */
const SURE = 100
/** Of TDT, steps to skip: what trained models say most. */
const DURATION = 2
const LSTM_STATES = ['states.1', 'onnx::Slice_3'] as const
const NEXT_STATES = ['states', '162'] as const

/** Pieces of words, the blank last. */
export function pieceList(tokens: number): string {
  return [...Array.from({ length: tokens }, (_, id) => `▁w${id}`), '<blk>']
    .map((piece, id) => `${piece} ${id}\n`)
    .join('')
}

export function decoderGraph({ tokens, layers }: TransducerSize, precision: Precision): Uint8Array {
  const n = new Network(precision, 'int8')
  const table = n.weight([tokens + 1, HIDDEN], 1)
  let x = n.transpose(n.lookUp(table, 'targets'), [1, 0, 2])
  const next: [string[], string[]] = [[], []]
  for (let layer = 0; layer < layers; layer++) {
    const [hidden, cell] = LSTM_STATES.map((state) => n.slice(state, layer, layer + 1, 0))
    const [output, hiddenNext, cellNext] = [n.name(), n.name(), n.name()]
    const gates = (rows: number): string => n.noise([1, 4 * HIDDEN, rows], HIDDEN ** -0.5)
    const inputs = [
      x,
      gates(HIDDEN),
      gates(HIDDEN),
      n.noise([1, 8 * HIDDEN], 0.1),
      '',
      hidden ?? '',
      cell ?? '',
    ]
    n.named('LSTM', inputs, [output, hiddenNext, cellNext], { hidden_size: attribute.int(HIDDEN) })
    x = n.op('Squeeze', [output, n.ints([1])])
    next[0].push(hiddenNext)
    next[1].push(cellNext)
  }
  NEXT_STATES.forEach((state, index) => {
    n.named('Concat', next[index] ?? [], [state], { axis: attribute.int(0) })
  })
  const odd = Float32Array.from({ length: tokens + 1 }, (_, id) => (id < tokens ? id % 2 : 0))
  const parity = n.op('Unsqueeze', [n.op('Gather', [n.floats(odd), 'targets']), n.ints([1])])
  const rest = n.slice(n.transpose(x, [1, 2, 0]), 1, 2 ** 31, 1)
  n.named('Concat', [parity, rest], ['outputs'], { axis: attribute.int(1) })
  n.named('Identity', ['target_length'], ['prednet_lengths'])
  const states = (names: readonly string[]): ValueInfoProto[] =>
    names.map((name) => value(name, 'float', [layers, 'b', HIDDEN]))
  return n.file(
    [value('targets', 'int32', ['b', 'u']), value('target_length', 'int32', ['b']), ...states(LSTM_STATES)],
    [
      value('outputs', 'float', ['b', HIDDEN, 'u']),
      value('prednet_lengths', 'int32', ['b']),
      ...states(NEXT_STATES),
    ],
  )
}

export function joinerGraph(size: TransducerSize, precision: Precision): Uint8Array {
  const { width, tokens, durations } = size
  const n = new Network(precision, 'int8')
  const heard = n.transpose('encoder_outputs', [0, 2, 1])
  const said = n.transpose('decoder_outputs', [0, 2, 1])
  const sum = n.op('Add', [
    n.op('Unsqueeze', [n.linear(heard, width, HIDDEN), n.ints([2])]),
    n.op('Unsqueeze', [n.linear(said, HIDDEN, HIDDEN), n.ints([1])]),
  ])
  const scores = tokens + 1 + durations
  const scored = n.linear(n.op('Relu', [sum]), HIDDEN, scores)
  n.named('Add', [scored, steering(n, heard, said, size)], ['outputs'])
  return n.file(
    [
      value('encoder_outputs', 'float', ['b', width, 't']),
      value('decoder_outputs', 'float', ['b', HIDDEN, 'u']),
    ],
    [value('outputs', 'float', ['b', 't', 'u', scores])],
  )
}

/** [1, t, u, scores]: an odd token where one is due and the last was even, an even one likewise, else the blank. */
function steering(n: Network, heard: string, said: string, { tokens, durations }: TransducerSize): string {
  const due = n.op('Unsqueeze', [n.slice(heard, 0, 1, 2), n.ints([2])])
  const last = n.op('Unsqueeze', [n.slice(said, 0, 1, 2), n.ints([1])])
  const wanted = (from: string, take: string, id: number): string => {
    const wants = n.op('Relu', [n.op('Sub', [from, take])])
    return n.op('Mul', [wants, n.floats(only(id, 2 * SURE, tokens, durations))])
  }
  const blank = only(tokens, SURE, tokens, durations)
  if (durations > 0) blank[tokens + 1 + DURATION] = SURE
  return n.op('Add', [n.floats(blank), n.op('Add', [wanted(due, last, 1), wanted(last, due, 2)])])
}

function only(id: number, bonus: number, tokens: number, durations: number): Float32Array {
  const scores = new Float32Array(tokens + 1 + durations)
  scores[id] = bonus
  return scores
}
