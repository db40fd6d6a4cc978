/** Whisper of published size (openai/whisper, whisper/model.py) in the folder of transformers.js. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { whisperIds, writeWhisperSettings, type WhisperKind } from '../../test/onnx/whisper.ts'
import { writeDecoder } from './decoder.ts'
import { attribute, Network, value, type Precision } from './network.ts'

export interface WhisperSize {
  readonly kind: WhisperKind
  readonly width: number
  readonly heads: number
  readonly encoderLayers: number
  readonly decoderLayers: number
  readonly bands: 80 | 128
}

const STEPS = 1500
const CONTEXT = 448
/** Plain words, none of them suppressed, none repeated. */
const FIRST_WORD = 1000

export const WHISPER_SIZES = {
  'tiny.en': { kind: 'english', width: 384, heads: 6, encoderLayers: 4, decoderLayers: 4, bands: 80 },
  base: { kind: '99 languages', width: 512, heads: 8, encoderLayers: 6, decoderLayers: 6, bands: 80 },
  small: { kind: '99 languages', width: 768, heads: 12, encoderLayers: 12, decoderLayers: 12, bands: 80 },
  'large-v3-turbo': {
    kind: '100 languages',
    width: 1280,
    heads: 20,
    encoderLayers: 32,
    decoderLayers: 4,
    bands: 128,
  },
} as const satisfies Record<string, WhisperSize>

/** @param tokens how many it says before it ends. */
export async function writeWhisper(
  folder: string,
  size: WhisperSize,
  precision: Precision,
  tokens: number,
): Promise<void> {
  const { kind, width, heads, encoderLayers, decoderLayers, bands } = size
  await writeWhisperSettings(folder, { kind, bands, width, heads, encoderLayers, decoderLayers })
  const suffix = precision === 'int8' ? '_quantized' : ''
  const at = (name: string): string => join(folder, 'onnx', `${name}${suffix}.onnx`)
  await writeFile(at('encoder_model'), encoder(size, precision))
  await writeFile(at('decoder_model_merged'), decoder(size, precision, tokens))
}

function encoder({ width, heads, encoderLayers, bands }: WhisperSize, precision: Precision): Uint8Array {
  const n = new Network(precision)
  const around = { pads: attribute.ints([1, 1]) }
  const first = n.gelu(n.conv('input_features', [width, bands, 3], around))
  const second = n.gelu(n.conv(first, [width, width, 3], { ...around, strides: attribute.ints([2]) }))
  let x = n.op('Add', [n.transpose(second, [0, 2, 1]), n.noise([STEPS, width], 0.5)])
  for (let layer = 0; layer < encoderLayers; layer++) {
    const normed = n.layerNorm(x, width)
    const project = (bias: boolean): string =>
      n.heads(n.linear(normed, width, width, { bias }), heads, width / heads)
    const query = n.op('Mul', [project(true), n.scalar((width / heads) ** -0.5)])
    x = n.op('Add', [x, n.linear(n.attend(query, project(false), project(true), width), width, width)])
    x = n.op('Add', [x, feedForward(n, n.layerNorm(x, width), width)])
  }
  n.named('Identity', [n.layerNorm(x, width)], ['last_hidden_state'])
  return n.file(
    [value('input_features', 'float', ['batch', bands, 2 * STEPS])],
    [value('last_hidden_state', 'float', ['batch', STEPS, width])],
  )
}

function decoder(
  { kind, width, heads, decoderLayers }: WhisperSize,
  precision: Precision,
  tokens: number,
): Uint8Array {
  const { end, size } = whisperIds(kind)
  const prompt = kind === 'english' ? 2 : 4
  const said = Array.from({ length: tokens }, (_, index) => FIRST_WORD + 12 * index)
  const n = new Network(precision, 'int8')
  const learned = n.noise([CONTEXT, width], 0.5)
  return writeDecoder(
    n,
    {
      layers: decoderLayers,
      heads,
      headSize: width / heads,
      vocabulary: size,
      context: CONTEXT,
      steps: STEPS,
      script: [...new Array<number>(prompt - 1).fill(-1), ...said, end],
    },
    {
      place: (_, x) => x,
      embed: (_, embedded, positions) => n.op('Add', [embedded, n.op('Gather', [learned, positions])]),
      feedForward: (_, x) => feedForward(n, x, width),
      bias: true,
    },
  )
}

function feedForward(n: Network, x: string, width: number): string {
  return n.linear(n.gelu(n.linear(x, width, 4 * width)), 4 * width, width)
}
