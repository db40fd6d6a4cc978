/**
 * Tiny CTC model folders in the layout of resources/models/starter-en: same files, same inputs and outputs, but
 * 20 kB of made-up weights. One that works, one that never comes back, one that contradicts its tokens.txt.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

const STARTER_CONFIG = fileURLToPath(
  new URL('../../resources/models/starter-en/config.json', import.meta.url),
)
const BANDS = 64
const WIDTH = 16

const LETTERS = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(97 + i))

/** Blank first, then each letter within a word and at the start of one. */
export const TOY_TOKENS: readonly string[] = ['<blank>', ...LETTERS, ...LETTERS.map((letter) => `▁${letter}`)]

export interface ToyCtcOptions {
  /** Lines of tokens.txt. */
  readonly tokens?: readonly string[]
}

export interface HangingCtcOptions extends ToyCtcOptions {
  /** Rounds of the loop that a long input goes through: the default takes days. */
  readonly iterations?: number
  /** An input of more frames than these is a long one; the default lets a second of warm-up pass. */
  readonly patienceFrames?: number
}

/**
 * `features [1, frames, 64]` → `log_probs [1, steps, tokens]`, steps = ⌈⌈frames/2⌉/2⌉. The tokens follow from the
 * features, always the same ones, and mean nothing.
 */
export async function writeToyCtc(
  directory: string,
  { tokens = TOY_TOKENS }: ToyCtcOptions = {},
): Promise<void> {
  await writeFolder(directory, tokens, logProbs(network(tokens.length), tokens.length, 'logits'))
}

/** The same answers as the toy for short inputs; a native call that does not return for long ones. */
export async function writeHangingCtc(directory: string, options: HangingCtcOptions = {}): Promise<void> {
  const { tokens = TOY_TOKENS, iterations = 2 ** 40, patienceFrames = 150 } = options
  const parts = network(tokens.length)
  const delay = halvingLoop(iterations, patienceFrames)
  const slowed = {
    nodes: [...parts.nodes, ...delay.nodes, node('Mul', ['logits', 'loop_scale'], ['slow_logits'])],
    initializers: [...parts.initializers, ...delay.initializers],
  }
  await writeFolder(directory, tokens, logProbs(slowed, tokens.length, 'slow_logits'))
}

/** Gives probabilities for one token more than tokens.txt has. */
export async function writeWrongShapeCtc(
  directory: string,
  { tokens = TOY_TOKENS }: ToyCtcOptions = {},
): Promise<void> {
  const outputs = tokens.length + 1
  await writeFolder(directory, tokens, logProbs(network(outputs), outputs, 'logits'))
}

interface Parts {
  readonly nodes: readonly NodeProto[]
  readonly initializers: readonly TensorProto[]
}

/** features → logits: two convolutions of stride 2 and a projection. */
function network(outputs: number): Parts {
  const halve = {
    kernel_shape: attribute.ints([3]),
    strides: attribute.ints([2]),
    pads: attribute.ints([1, 1]),
  }
  const swap = { perm: attribute.ints([0, 2, 1]) }
  const random = uniform()
  return {
    nodes: [
      node('Transpose', ['features'], ['by_band'], swap),
      node('Conv', ['by_band', 'w1'], ['c1'], halve),
      node('Relu', ['c1'], ['r1']),
      node('Conv', ['r1', 'w2'], ['c2'], halve),
      node('Relu', ['c2'], ['r2']),
      node('Transpose', ['r2'], ['by_step'], swap),
      node('MatMul', ['by_step', 'projection'], ['logits']),
    ],
    initializers: [
      tensor('w1', 'float', [WIDTH, BANDS, 3], weights(WIDTH * BANDS * 3, BANDS * 3, random)),
      tensor('w2', 'float', [WIDTH, WIDTH, 3], weights(WIDTH * WIDTH * 3, WIDTH * 3, random)),
      // Steep, so that a step has a clear winner.
      tensor('projection', 'float', [WIDTH, outputs], weights(WIDTH * outputs, WIDTH, random, 4)),
    ],
  }
}

/**
 * `loop_scale` = 2 · ½^rounds, with one round for short inputs. It has to reach the output, or the optimiser would
 * take the loop away.
 */
function halvingLoop(iterations: number, patienceFrames: number): Parts {
  const body = graph({
    name: 'halve',
    nodes: [node('Mul', ['scale', 'half'], ['halved']), node('Identity', ['go_on'], ['still_on'])],
    inputs: [value('round', 'int64', []), value('go_on', 'bool', []), value('scale', 'float', [])],
    outputs: [value('still_on', 'bool', []), value('halved', 'float', [])],
    initializers: [tensor('half', 'float', [], [0.5])],
  })
  return {
    nodes: [
      node('Shape', ['features'], ['shape']),
      node('Gather', ['shape', 'frame_axis'], ['frames']),
      node('Greater', ['frames', 'patience'], ['is_long']),
      node('Where', ['is_long', 'iterations', 'once'], ['rounds']),
      node('Loop', ['rounds', '', 'two'], ['loop_scale'], { body: attribute.graph(body) }),
    ],
    initializers: [
      tensor('frame_axis', 'int64', [], [1]),
      tensor('patience', 'int64', [], [patienceFrames]),
      tensor('iterations', 'int64', [], [iterations]),
      tensor('once', 'int64', [], [1]),
      tensor('two', 'float', [], [2]),
    ],
  }
}

function logProbs({ nodes, initializers }: Parts, outputs: number, logits: string): GraphParts {
  return {
    name: 'ctc',
    nodes: [...nodes, node('LogSoftmax', [logits], ['log_probs'], { axis: attribute.int(-1) })],
    inputs: [value('features', 'float', [1, 'frames', BANDS])],
    outputs: [value('log_probs', 'float', [1, 'steps', outputs])],
    initializers,
  }
}

async function writeFolder(directory: string, tokens: readonly string[], parts: GraphParts): Promise<void> {
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, 'model.onnx'), model(graph(parts)))
  await writeFile(join(directory, 'tokens.txt'), tokens.map((token) => `${token}\n`).join(''))
  await writeFile(join(directory, 'config.json'), await toyConfig())
}

/** The starter model's, without its decoding: the toy has no language model beside it. */
async function toyConfig(): Promise<string> {
  const starter = JSON.parse(await readFile(STARTER_CONFIG, 'utf8')) as Record<string, unknown>
  return JSON.stringify({ ...starter, decoding: undefined })
}

/** Uniform weights that keep the variance of their inputs (LeCun initialisation), times `gain`. */
function weights(count: number, fanIn: number, random: () => number, gain = 1): Float32Array {
  const limit = gain * Math.sqrt(3 / fanIn)
  return Float32Array.from({ length: count }, () => limit * random())
}

/** The same numbers in [−1, 1) each time. */
function uniform(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  }
}
