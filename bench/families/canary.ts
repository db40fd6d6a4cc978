/**
 * Canary 180M flash of published size (NeMo, common/transformer/transformer_decoders.py) in the folder of sherpa-onnx.
 * As published, the decoder keeps what went into each layer and not its keys and values: with every token it projects
 * anew all that it read, and all that the encoder heard.
 */
import { CANARY_CONTROLS } from '../../test/onnx/canary.ts'
import { writeFiles } from '../../test/onnx/nemo.ts'
import { heardWhole, stepsOf, type ConformerSize } from './conformer.ts'
import { Network, value, type Precision } from './network.ts'

const ENCODER: ConformerSize = { bands: 128, layers: 17, width: 512, heads: 8 }
const [LAYERS, WIDTH, HEADS, CONTEXT] = [4, 1024, 8, 1024]
const TOKENS = 5248
const END = CANARY_CONTROLS.indexOf('<|endoftext|>')
/** Tokens of the prompt: the list has no mark of a word by itself, so that both sides read as many. */
const PROMPT = 9
const FIRST_WORD = 1000
/** More than the made-up scores come to. */
const SURE = 1000
const MEMORIES = Array.from({ length: LAYERS + 2 }, (_, index) => index)

/** @param tokens how many it says before it ends. */
export async function writeCanary(folder: string, precision: Precision, tokens: number): Promise<void> {
  const words = Array.from({ length: TOKENS - CANARY_CONTROLS.length }, (_, id) => `▁w${id}`)
  await writeFiles(folder, {
    'encoder.onnx': encoder(precision),
    'decoder.onnx': decoder(precision, tokens),
    'tokens.txt': [...CANARY_CONTROLS, ...words].map((piece, id) => `${piece} ${id}\n`).join(''),
  })
}

function encoder(precision: Precision): Uint8Array {
  const n = new Network(precision)
  const heard = heardWhole(n, n.transpose('x', [0, 2, 1]), ENCODER)
  n.named('Identity', [n.linear(heard, ENCODER.width, WIDTH)], ['enc_states'])
  const count = n.op('Squeeze', [n.size(heard, 1), n.ints([0])])
  const places = n.op('Range', [n.ints([0], []), count, n.ints([1], [])])
  const length = stepsOf(n, 'x_len')
  n.named('Identity', [length], ['enc_len'])
  const [row, column] = [n.op('Unsqueeze', [places, n.ints([0])]), n.op('Unsqueeze', [length, n.ints([1])])]
  n.named('Less', [row, column], ['enc_mask'])
  return n.file(
    [value('x', 'float', ['N', 'T', ENCODER.bands]), value('x_len', 'int64', ['N'])],
    [
      value('enc_states', 'float', ['N', 'S', WIDTH]),
      value('enc_len', 'int64', ['N']),
      value('enc_mask', 'bool', ['N', 'S']),
    ],
    {
      metadata: {
        vocab_size: String(TOKENS),
        normalize_type: 'per_feature',
        subsampling_factor: '8',
        model_type: 'EncDecMultiTaskModel',
        version: '1',
        model_author: 'NeMo',
        feat_dim: String(ENCODER.bands),
        num_decoder_layers: String(MEMORIES.length),
        decoder_hidden_size: String(WIDTH),
        comment: 'made-up weights',
      },
    },
  )
}

/** Reads one token with its position: [1, 2]. */
function decoder(precision: Precision, tokens: number): Uint8Array {
  const n = new Network(precision)
  const both = n.cast('decoder_input_ids', 'int64')
  const [ids, position] = [n.slice(both, 0, 1, 1), n.slice(both, 1, 2, 1)]
  const past = n.size('decoder_mems_list_0', 1)
  const masked = n.op('Where', ['enc_mask', n.scalar(0), n.scalar(-1e9)])
  const across = n.op('Unsqueeze', [masked, n.ints([1, 2])])
  let x = n.op('Add', [
    n.lookUp(n.weight([TOKENS, WIDTH], 1), ids),
    n.op('Gather', [n.noise([CONTEXT, WIDTH], 0.7), position]),
  ])
  x = n.layerNorm(x, WIDTH)
  const remember = (index: number): string => {
    const all = n.concat([`decoder_mems_list_${index}`, x], 1)
    n.named('Identity', [all], [`next_decoder_mem_list_${index}`])
    return all
  }
  for (let layer = 0; layer < LAYERS; layer++) {
    // The token itself is the last of what was read.
    const read = n.layerNorm(remember(layer), WIDTH)
    x = n.op('Add', [x, attention(n, n.slice(read, -1, 2 ** 31, 1), read)])
    x = n.op('Add', [x, attention(n, n.layerNorm(x, WIDTH), 'enc_states', across)])
    const inner = n.op('Relu', [n.linear(n.layerNorm(x, WIDTH), WIDTH, 4 * WIDTH)])
    x = n.op('Add', [x, n.linear(inner, 4 * WIDTH, WIDTH)])
  }
  remember(LAYERS)
  x = n.layerNorm(x, WIDTH)
  remember(LAYERS + 1)
  n.named('Add', [n.linear(x, WIDTH, TOKENS), script(n, past, tokens)], ['logits'])
  const memories = (name: string): ReturnType<typeof value>[] =>
    MEMORIES.map((index) => value(`${name}_${index}`, 'float', [1, 'm', WIDTH]))
  return n.file(
    [
      value('decoder_input_ids', 'int32', [1, 'k']),
      ...memories('decoder_mems_list'),
      value('enc_states', 'float', [1, 'S', WIDTH]),
      value('enc_mask', 'bool', [1, 'S']),
    ],
    [value('logits', 'float', [1, 1, TOKENS]), ...memories('next_decoder_mem_list')],
  )
}

function attention(n: Network, x: string, over: string, mask?: string): string {
  const size = WIDTH / HEADS
  const project = (input: string): string => n.heads(n.linear(input, WIDTH, WIDTH), HEADS, size)
  const query = n.op('Mul', [project(x), n.scalar(size ** -0.5)])
  return n.linear(n.attend(query, project(over), project(over), WIDTH, mask), WIDTH, WIDTH)
}

/** [1, 1, TOKENS]: by how many tokens were read, for sherpa-onnx counts positions anew behind the prompt. */
function script(n: Network, past: string, tokens: number): string {
  const said = n.ints(
    Array.from({ length: CONTEXT }, (_, read) => {
      const word = read - (PROMPT - 1)
      if (word >= tokens) return END
      return word < 0 ? 0 : FIRST_WORD + 12 * word
    }),
  )
  const ids = n.ints(Array.from({ length: TOKENS }, (_, id) => id))
  const wanted = n.cast(n.op('Equal', [ids, n.op('Gather', [said, past])]), 'float')
  return n.reshape(n.op('Mul', [wanted, n.scalar(SURE)]), [1, 1, TOKENS])
}
