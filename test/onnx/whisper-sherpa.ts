/** Whisper folders as sherpa-onnx lays them out: the same weights and vocabulary as in `whisper.ts`. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { standInsOf } from '../../src/engine/tokenizer/byte-level.ts'
import {
  attend,
  Builder,
  causalMask,
  finish,
  randoms,
  steered,
  STEEPNESS,
  type DecoderShape,
} from './seq2seq.ts'
import { specialTokens, tokensBefore, toyDecoder, whisperIds, type WhisperKind } from './whisper.ts'
import { attribute, node, value } from './writer.ts'

export interface SherpaWhisperToy extends Partial<DecoderShape> {
  readonly kind?: WhisperKind
  readonly bands?: 80 | 128
  /** Of the files: tiny.en. */
  readonly name?: string
  /** The encoder takes windows of any length, as the newer exports do. */
  readonly anyLength?: boolean
}

export async function writeSherpaWhisper(folder: string, toy: SherpaWhisperToy = {}): Promise<void> {
  const { kind = '99 languages', bands = 80, name = 'tiny', anyLength = false, ...own } = toy
  const shape = { ...toyDecoder(kind), ...own }
  await mkdir(folder, { recursive: true })
  const settings = settingsOf(kind, bands, shape, name)
  await writeFile(join(folder, `${name}-encoder.onnx`), encoder(shape, bands, anyLength, settings))
  await writeFile(join(folder, `${name}-decoder.onnx`), decoder(shape))
  await writeFile(join(folder, `${name}-tokens.txt`), tokenList(kind))
}

function settingsOf(
  kind: WhisperKind,
  bands: number,
  { layers, heads, headSize, vocabulary, context }: DecoderShape,
  name: string,
): Record<string, string> {
  const special = specialTokens(kind)
  const { end, start, noTimestamps } = whisperIds(kind)
  const id = (token: string): string => String(special.get(`<|${token}|>`) ?? 0)
  const translate = special.get('<|translate|>') ?? 0
  const languages = [...special].filter(([, token]) => token > start && token < translate)
  const multilingual = kind !== 'english'
  const sequence = multilingual ? [start, start + 1, Number(id('transcribe'))] : [start]
  return {
    model_type: `whisper-${name}`,
    version: '1',
    maintainer: 'k2-fsa',
    n_mels: String(bands),
    n_audio_ctx: '1500',
    n_audio_state: String(heads * headSize),
    n_audio_head: String(heads),
    n_audio_layer: '1',
    n_vocab: String(vocabulary),
    n_text_ctx: String(context),
    n_text_state: String(heads * headSize),
    n_text_head: String(heads),
    n_text_layer: String(layers),
    sot_sequence: sequence.join(),
    all_language_tokens: languages.map(([, token]) => token).join(),
    all_language_codes: languages.map(([token]) => token.slice(2, -2)).join(),
    sot: String(start),
    sot_index: '0',
    eot: String(end),
    blank_id: '220',
    is_multilingual: multilingual ? '1' : '0',
    no_speech: id('nospeech'),
    non_speech_tokens: '1,2,7,8,9,10,14,25,26,27,28,29,31,58,59,60,61,62,63',
    transcribe: id('transcribe'),
    translate: id('translate'),
    sot_prev: id('startofprev'),
    sot_lm: id('startoflm'),
    no_timestamps: String(noTimestamps),
  }
}

/** `mel` [1, bands, frames] → keys and values of every layer of the decoder, [layers, 1, frames / 2, width]. */
function encoder(
  { layers, heads, headSize, vocabulary, context, seed = 3 }: DecoderShape,
  bands: number,
  anyLength: boolean,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const width = heads * headSize
  const square = width * width
  const b = new Builder(7)
  const kernel = b.floats([width, bands, 3], randoms(width * bands * 3, 0.6 / Math.sqrt(bands), 11))
  const convolved = b.op('Conv', ['mel', kernel], {
    kernel_shape: attribute.ints([3]),
    strides: attribute.ints([2]),
    pads: attribute.ints([1, 1]),
  })
  const steps = b.op('Transpose', [b.op('Tanh', [convolved])], { perm: attribute.ints([0, 2, 1]) })
  const hidden = b.product(steps, width, width, 2)
  b.reseed(seed)
  b.skip((vocabulary + context) * width)
  const cross: [string[], string[]] = [[], []]
  for (let layer = 0; layer < layers; layer++) {
    // Query, key, value and output of the decoder’s own, and the query of what follows.
    b.skip(5 * square)
    for (const all of cross) all.push(b.op('Unsqueeze', [b.product(hidden, width, width), b.ints([0])]))
    b.skip(square)
  }
  for (const [index, name] of ['n_layer_cross_k', 'n_layer_cross_v'].entries())
    b.nodes.push(node('Concat', cross[index] ?? [], [name], { axis: attribute.int(0) }))
  const [frames, heard] = anyLength ? (['T', 'S'] as const) : ([3000, 1500] as const)
  return finish(
    b,
    {
      inputs: [value('mel', 'float', ['n_audio', bands, frames])],
      outputs: ['n_layer_cross_k', 'n_layer_cross_v'].map((name) =>
        value(name, 'float', [layers, 'n_audio', heard, width]),
      ),
    },
    metadata,
  )
}

function decoder(shape: DecoderShape): Uint8Array {
  const { layers, heads, headSize, vocabulary, context, seed = 3 } = shape
  const width = heads * headSize
  const b = new Builder(seed)
  const count = b.op('Gather', [b.op('Shape', ['tokens']), b.ints([1], [])])
  const past = b.op('Squeeze', ['offset'])
  const total = b.op('Add', [past, count])
  const end = b.op('Unsqueeze', [total, b.ints([0])])
  const positions = b.op('Range', [past, total, b.ints([1], [])])
  const mask = causalMask(b, positions, total)
  const layerOf = (name: string, layer: number): string => b.op('Gather', [name, b.ints([layer], [])])
  const split = (name: string): string => b.split(name, heads, headSize)
  let x = b.op('Add', [
    b.op('Gather', [b.weight(vocabulary, width, Math.sqrt(vocabulary / 3)), 'tokens']),
    b.op('Gather', [b.weight(context, width, Math.sqrt(context / 3)), positions]),
  ])
  const updated: Record<'k' | 'v', string[]> = { k: [], v: [] }
  for (let layer = 0; layer < layers; layer++) {
    const query = split(b.product(x, width, width))
    const grown = (part: 'k' | 'v'): string => {
      const all = layerOf(`in_n_layer_self_${part}_cache`, layer)
      const before = b.op('Slice', [all, b.ints([0]), 'offset', b.ints([1])])
      const joined = b.op('Concat', [before, b.product(x, width, width)], { axis: attribute.int(1) })
      const behind = b.op('Slice', [all, end, b.ints([context]), b.ints([1])])
      const whole = b.op('Concat', [joined, behind], { axis: attribute.int(1) })
      updated[part].push(b.op('Unsqueeze', [whole, b.ints([0])]))
      return split(joined)
    }
    x = attend(b, x, query, grown('k'), grown('v'), mask, width)
    const asked = split(b.product(x, width, width))
    b.skip(2 * width * width)
    const heard = (part: string): string => split(layerOf(`n_layer_cross_${part}`, layer))
    x = attend(b, x, asked, heard('k'), heard('v'), undefined, width)
  }
  for (const part of ['k', 'v'] as const)
    b.nodes.push(
      node('Concat', updated[part], [`out_n_layer_self_${part}_cache`], { axis: attribute.int(0) }),
    )
  const said = b.product(b.op('Tanh', [x]), width, vocabulary, STEEPNESS)
  b.nodes.push(node('Identity', [steered(b, said, positions, shape)], ['logits']))
  const caches = (way: string): ReturnType<typeof value>[] =>
    ['k', 'v'].map((part) =>
      value(`${way}_n_layer_self_${part}_cache`, 'float', [layers, 'n_audio', context, width]),
    )
  return finish(b, {
    inputs: [
      value('tokens', 'int64', ['n_audio', 'n_tokens']),
      ...caches('in'),
      ...['k', 'v'].map((part) => value(`n_layer_cross_${part}`, 'float', [layers, 'n_audio', 'T', width])),
      value('offset', 'int64', [1]),
    ],
    outputs: [value('logits', 'float', ['n_audio', 'n_tokens', vocabulary]), ...caches('out')],
  })
}

function tokenList(kind: WhisperKind): string {
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [standInsOf(Uint8Array.of(byte)), byte]))
  return tokensBefore(whisperIds(kind).end)
    .map((token, id) => {
      const spelt = Uint8Array.from(token, (letter) => bytes.get(letter) ?? 0)
      return `${Buffer.from(spelt).toString('base64')} ${id}\n`
    })
    .join('')
}
