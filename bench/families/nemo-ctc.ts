/** The FastConformer with a CTC head of Parakeet TDT-CTC 110M, in the folder of sherpa-onnx. */
import { writeFiles } from '../../test/onnx/nemo.ts'
import { heardWhole, STEPS_PER_TOKEN, type ConformerSize } from './conformer.ts'
import { attribute, Network, value, type Precision } from './network.ts'
import { pieceList } from './transducer.ts'

const SIZE: ConformerSize = { bands: 80, layers: 17, width: 512, heads: 8 }
const TOKENS = 1024
/** More than the made-up scores come to. */
const SURE = 100

export async function writeNemoCtc(folder: string, precision: Precision): Promise<void> {
  await writeFiles(folder, { 'model.onnx': network(precision), 'tokens.txt': pieceList(TOKENS) })
}

function network(precision: Precision): Uint8Array {
  const n = new Network(precision)
  const x = heardWhole(n, 'audio_signal', SIZE)
  const scores = n.op('Add', [n.linear(x, SIZE.width, TOKENS + 1), due(n, x)])
  n.named('LogSoftmax', [scores], ['logprobs'], { axis: attribute.int(-1) })
  return n.file(
    [value('audio_signal', 'float', ['N', SIZE.bands, 'T']), value('length', 'int64', ['N'])],
    [value('logprobs', 'float', ['N', 'S', TOKENS + 1])],
    {
      metadata: {
        vocab_size: String(TOKENS),
        normalize_type: 'per_feature',
        subsampling_factor: '8',
        model_type: 'EncDecHybridRNNTCTCBPEModel',
        version: '1',
        model_author: 'NeMo',
        comment: 'made-up weights',
      },
    },
  )
}

/** A token at every third step, no two alike in a row, and the blank between them. */
function due(n: Network, x: string): string {
  const count = n.op('Squeeze', [n.size(x, 1), n.ints([0])])
  const steps = n.op('Range', [n.ints([0], []), count, n.ints([1], [])])
  const rows = [1, 2].flatMap((token) =>
    Array.from({ length: STEPS_PER_TOKEN }, (_, step) => only(step === 0 ? token : TOKENS)),
  )
  const width = TOKENS + 1
  const table = new Float32Array(rows.length * width)
  for (const [index, row] of rows.entries()) table.set(row, index * width)
  const turn = n.op('Mod', [steps, n.ints([rows.length], [])])
  return n.op('Gather', [n.floats(table, [rows.length, width]), turn])
}

function only(token: number): Float32Array {
  const scores = new Float32Array(TOKENS + 1)
  scores[token] = SURE
  return scores
}
