/**
 * Moonshine v1 of published size (transformers, models/moonshine/modeling_moonshine.py) in the folder of
 * transformers.js.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MOONSHINE_END, MOONSHINE_VOCABULARY, writeMoonshineSettings } from '../../test/onnx/moonshine.ts'
import { writeDecoder } from './decoder.ts'
import { attribute, Network, value, type Precision } from './network.ts'

export interface MoonshineSize {
  readonly width: number
  readonly layers: number
}

export const MOONSHINE_SIZES = {
  tiny: { width: 288, layers: 6 },
  base: { width: 416, layers: 8 },
} as const satisfies Record<string, MoonshineSize>

const HEADS = 8
const CONTEXT = 512
/** Steps of 30 s, and some. */
const MOST_STEPS = 1400
/** Of each head, the part that is turned. */
const ROTARY_SHARE = 0.9
const FIRST_WORD = 1000

/** @param tokens how many it says before it ends. */
export async function writeMoonshine(
  folder: string,
  { width, layers }: MoonshineSize,
  precision: Precision,
  tokens: number,
): Promise<void> {
  await writeMoonshineSettings(folder, { width, heads: HEADS, layers })
  const suffix = precision === 'int8' ? '_quantized' : ''
  const at = (name: string): string => join(folder, 'onnx', `${name}${suffix}.onnx`)
  await writeFile(at('encoder_model'), encoder(width, layers, precision))
  await writeFile(at('decoder_model_merged'), decoder(width, layers, precision, tokens))
}

function encoder(width: number, layers: number, precision: Precision): Uint8Array {
  const n = new Network(precision)
  const stride = (by: number): { strides: ReturnType<typeof attribute.ints> } => ({
    strides: attribute.ints([by]),
  })
  const wave = n.op('Unsqueeze', ['input_values', n.ints([1])])
  // Loud enough that what follows is not all bias.
  const heard = n.op('Tanh', [n.conv(wave, [width, 1, 127], stride(64), 20)])
  const wide = n.gelu(n.conv(heard, [2 * width, width, 7], stride(3), 3))
  const steps = n.transpose(n.gelu(n.conv(wide, [width, 2 * width, 3], stride(2), 3)), [0, 2, 1])
  const rotary = new Rotary(n, width / HEADS, MOST_STEPS)
  const count = n.op('Squeeze', [n.size(steps, 1), n.ints([0])])
  const positions = n.op('Range', [n.ints([0], []), count, n.ints([1], [])])
  let x = steps
  for (let layer = 0; layer < layers; layer++) {
    const normed = n.layerNorm(x, width)
    const project = (): string =>
      n.heads(n.linear(normed, width, width, { bias: false }), HEADS, width / HEADS)
    const query = n.op('Mul', [rotary.turn(project(), positions), n.scalar((width / HEADS) ** -0.5)])
    const mixed = n.attend(query, rotary.turn(project(), positions), project(), width)
    x = n.op('Add', [x, n.linear(mixed, width, width, { bias: false })])
    const inner = n.gelu(n.linear(n.layerNorm(x, width), width, 4 * width))
    x = n.op('Add', [x, n.linear(inner, 4 * width, width)])
  }
  n.named('Identity', [n.layerNorm(x, width)], ['last_hidden_state'])
  return n.file(
    [value('input_values', 'float', ['batch', 'samples'])],
    [value('last_hidden_state', 'float', ['batch', 'steps', width])],
  )
}

function decoder(width: number, layers: number, precision: Precision, tokens: number): Uint8Array {
  const n = new Network(precision, 'int8')
  const rotary = new Rotary(n, width / HEADS, CONTEXT)
  const said = Array.from({ length: tokens }, (_, index) => FIRST_WORD + 12 * index)
  return writeDecoder(
    n,
    {
      layers,
      heads: HEADS,
      headSize: width / HEADS,
      vocabulary: MOONSHINE_VOCABULARY,
      context: CONTEXT,
      script: [...said, MOONSHINE_END],
    },
    {
      place: (_, x, positions) => rotary.turn(x, positions),
      embed: (_, embedded) => embedded,
      feedForward: (_, x) => {
        const both = n.linear(x, width, 8 * width)
        const gate = n.silu(n.slice(both, 4 * width, 8 * width, 2))
        return n.linear(n.op('Mul', [n.slice(both, 0, 4 * width, 2), gate]), 4 * width, width)
      },
      bias: false,
    },
  )
}

/** Rotary positions (Su et al. 2021) over a part of each head. */
export class Rotary {
  readonly #n: Network
  readonly #size: number
  readonly #turned: number
  readonly #cosines: string
  readonly #sines: string

  constructor(n: Network, size: number, most: number) {
    const turned = 2 * Math.floor((size * ROTARY_SHARE) / 2)
    const table = (wave: (angle: number) => number): string =>
      n.floats(
        Float32Array.from({ length: most * turned }, (_, index) => {
          const [position, column] = [Math.floor(index / turned), index % (turned / 2)]
          return wave(position * 10_000 ** ((-2 * column) / turned))
        }),
        [most, turned],
      )
    this.#n = n
    this.#size = size
    this.#turned = turned
    this.#cosines = table(Math.cos)
    this.#sines = table(Math.sin)
  }

  /** @param x [1, heads, steps, size] */
  turn(x: string, positions: string): string {
    const [n, turned] = [this.#n, this.#turned]
    const part = n.slice(x, 0, turned, 3)
    const [low, high] = [n.slice(part, 0, turned / 2, 3), n.slice(part, turned / 2, turned, 3)]
    const crossed = n.concat([n.op('Neg', [high]), low], 3)
    const sum = n.op('Add', [
      n.op('Mul', [part, n.op('Gather', [this.#cosines, positions])]),
      n.op('Mul', [crossed, n.op('Gather', [this.#sines, positions])]),
    ])
    return n.concat([sum, n.slice(x, turned, this.#size, 3)], 3)
  }
}
