/** Icefall's stateless prediction network (Ghodsi et al. 2020), which looks at the last few tokens, and its joiner. */
import type { Tensor } from 'onnxruntime-node'
import type { TransducerNetwork } from '../decode/transducer-search.ts'
import { floats, idTensor, mismatch, type Graph } from '../graph.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'

export const DECODER_NAMES = { inputs: ['y'], outputs: ['decoder_out'] }
export const JOINER_NAMES = { inputs: ['encoder_out', 'decoder_out'], outputs: ['logit'] }
const CONTEXT_AT_MOST = 16

export interface PieceContext {
  /** As many as the decoder looks at. */
  readonly tokens: readonly number[]
  /** What it says to them, once it was asked. */
  read: Tensor | undefined
}

/** @throws StenoError `model-mismatch` when the decoder has no fixed context, or scores are not as many as tokens. */
export function contextNetwork(
  decoder: Graph,
  joiner: Graph,
  { size, blank }: Pick<PieceTokenizer, 'size' | 'blank'>,
): TransducerNetwork<PieceContext> {
  const { ort } = decoder
  const length = decoder.input('y').shape[1]
  if (typeof length !== 'number' || length < 1 || length > CONTEXT_AT_MOST)
    throw mismatch(decoder.file, `it looks at ${String(length)} tokens`)
  return {
    // −1 is no token: the decoder masks it.
    start: () =>
      Promise.resolve({ tokens: [...new Array<number>(length - 1).fill(-1), blank], read: undefined }),
    scores: async (step, context) => {
      context.read ??= (await decoder.run({ y: idTensor(ort, context.tokens) }, ['decoder_out']))[
        'decoder_out'
      ]
      if (context.read === undefined) throw mismatch(decoder.file, 'it answers nothing')
      const encoder = new ort.Tensor('float32', step, [1, step.length])
      const answer = await joiner.run({ encoder_out: encoder, decoder_out: context.read }, ['logit'])
      const scores = floats(answer['logit'], 'logit', joiner.file)
      if (scores.length === size) return scores
      throw mismatch(joiner.file, `it scores ${scores.length} tokens, the token list has ${size}`)
    },
    advance: ({ tokens }, token) => Promise.resolve({ tokens: [...tokens.slice(1), token], read: undefined }),
  }
}
