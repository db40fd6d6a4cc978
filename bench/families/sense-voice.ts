/** SenseVoice Small of published size (FunASR, models/sense_voice/model.py), in the folder of sherpa-onnx. */
import { writeFiles } from '../../test/onnx/nemo.ts'
import { SENSE_VOICE_TAGS, senseVoiceSettings } from '../../test/onnx/sense-voice.ts'
import { attribute, Network, value, type Precision } from './network.ts'

const STACKED = 560
const WIDTH = 512
const HEADS = 4
const INNER = 2048
const KERNEL = 11
/** Fifty layers over the sound, and twenty more. */
const LAYERS = 50
const MORE_LAYERS = 20
const TOKENS = 25_055
const MOST_STEPS = 600
/** Of 60 ms each. */
const STEPS_PER_TOKEN = 4
/** Ids of English, a calm voice, speech, figures written as figures. */
const TAGS = [2, 6, 7, 8]
const BONUS = 1000

export async function writeSenseVoice(folder: string, precision: Precision): Promise<void> {
  const n = new Network(precision)
  const tag = (input: string): string => {
    const row = n.op('Gather', [n.noise([16, STACKED], 1), input])
    return n.op('Unsqueeze', [row, n.ints([0])])
  }
  const prefix = [tag('language'), n.noise([1, 2, STACKED], 1), tag('text_norm')]
  const all = n.op('Mul', [n.concat([...prefix, 'x'], 1), n.scalar(Math.sqrt(WIDTH))])
  const steps = n.size(all, 1)
  let x = n.op('Add', [all, n.slice(n.noise([1, MOST_STEPS, STACKED], 0.7), n.ints([0]), steps, 1)])
  x = layer(n, x, STACKED)
  for (let index = 1; index < LAYERS; index++) x = layer(n, x, WIDTH)
  x = n.layerNorm(x, WIDTH)
  for (let index = 0; index < MORE_LAYERS; index++) x = layer(n, x, WIDTH)
  const scores = n.linear(n.layerNorm(x, WIDTH), WIDTH, TOKENS)
  // The length is an input of every published graph.
  const nothing = n.op('Mul', [n.cast('x_length', 'float'), n.scalar(0)])
  n.named('Add', [n.op('Add', [scores, script(n, steps)]), nothing], ['logits'])
  const metadata = senseVoiceSettings(
    TOKENS,
    new Float32Array(STACKED).fill(-12),
    new Float32Array(STACKED).fill(0.2),
  )
  const number = (name: string): ReturnType<typeof value> => value(name, 'int32', ['N'])
  const graph = n.file(
    [value('x', 'float', ['N', 'T', STACKED]), number('x_length'), number('language'), number('text_norm')],
    [value('logits', 'float', ['N', 'L', TOKENS])],
    { metadata },
  )
  const pieces = ['<blank>', ...SENSE_VOICE_TAGS]
  while (pieces.length < TOKENS) pieces.push(`▁w${pieces.length}`)
  await writeFiles(folder, {
    'model.onnx': graph,
    'tokens.txt': pieces.map((piece, id) => `${piece} ${id}\n`).join(''),
  })
}

/** Attention with a memory beside it: a convolution over the values (Gao et al. 2020, arXiv 2006.01713). */
function layer(n: Network, x: string, width: number): string {
  const all = n.linear(n.layerNorm(x, width), width, 3 * WIDTH)
  const part = (index: number): string => n.slice(all, index * WIDTH, (index + 1) * WIDTH, 2)
  const [plain, size] = [part(2), WIDTH / HEADS]
  const query = n.op('Mul', [n.heads(part(0), HEADS, size), n.scalar(size ** -0.5)])
  const mixed = n.attend(query, n.heads(part(1), HEADS, size), n.heads(plain, HEADS, size), WIDTH)
  const around = n.conv(n.transpose(plain, [0, 2, 1]), [WIDTH, 1, KERNEL], {
    group: attribute.int(WIDTH),
    pads: attribute.ints([5, 5]),
  })
  const memory = n.op('Add', [n.transpose(around, [0, 2, 1]), plain])
  const heard = n.op('Add', [n.linear(mixed, WIDTH, WIDTH), memory])
  // The first layer makes the sound narrower: there is nothing to add to.
  const attended = width === WIDTH ? n.op('Add', [x, heard]) : heard
  const inner = n.op('Relu', [n.linear(n.layerNorm(attended, WIDTH), WIDTH, INNER)])
  return n.op('Add', [attended, n.linear(inner, INNER, WIDTH)])
}

/** By step: a tag, a token now and then, or the blank. */
function script(n: Network, steps: string): string {
  const said = Array.from({ length: MOST_STEPS }, (_, step) => {
    const speech = step - TAGS.length
    if (speech < 0) return TAGS[step] ?? 0
    return speech % STEPS_PER_TOKEN === 0 ? 1000 + speech : 0
  })
  const tokens = n.slice(n.ints(said), n.ints([0]), steps, 0)
  return n.op('OneHot', [tokens, n.ints([TOKENS], []), n.floats([0, BONUS])], { axis: attribute.int(-1) })
}
