/** A tiny SenseVoice of made-up weights: names, shapes and settings of sherpa-onnx's export. */
import type { Files } from './nemo.ts'
import { RandomWeights } from './random.ts'
import { attribute, graph, model, node, tensor, value } from './writer.ts'

export interface SenseVoiceToy {
  readonly seed: number
  /** The first is the blank; the tags come after {@link SENSE_VOICE_TAGS}. */
  readonly pieces: readonly string[]
  readonly blankBias?: number
}

/** In the order of ids 1 to 9: what the four steps before the speech may say. */
export const SENSE_VOICE_TAGS = [
  '<|zh|>',
  '<|en|>',
  '<|yue|>',
  '<|ja|>',
  '<|ko|>',
  '<|NEUTRAL|>',
  '<|Speech|>',
  '<|withitn|>',
  '<|woitn|>',
]

const WIDTH = 24
const STACKED = 560

/**
 * The language of the prefix is the one asked for, English if it is left to the model; each step of speech is scored
 * from its stacked frames and their neighbours.
 */
export function senseVoiceFiles({ seed, pieces, blankBias = 0 }: SenseVoiceToy): Files {
  const random = new RandomWeights(seed)
  const all = ['<blank>', ...SENSE_VOICE_TAGS, ...pieces]
  const means = random.values(STACKED, 1).map((mean) => -12 + mean)
  const scales = random.values(STACKED, 0.05).map((scale) => 0.2 + scale)
  const parts = graph({
    name: `sense-voice-${seed}`,
    nodes: [
      node('Transpose', ['x'], ['by_band'], { perm: attribute.ints([0, 2, 1]) }),
      node('Conv', ['by_band', 'w1'], ['c1'], {
        kernel_shape: attribute.ints([3]),
        pads: attribute.ints([1, 1]),
      }),
      node('Tanh', ['c1'], ['h1']),
      node('Transpose', ['h1'], ['by_step'], { perm: attribute.ints([0, 2, 1]) }),
      node('MatMul', ['by_step', 'Wo'], ['scored']),
      node('Add', ['scored', 'bias'], ['speech']),
      node('Gather', ['tag_of_language', 'language'], ['language_tag']),
      node('Gather', ['tag_of_norm', 'text_norm'], ['norm_tag']),
      node('Concat', ['language_tag', 'fixed_tags', 'norm_tag'], ['tags'], { axis: attribute.int(0) }),
      node('Cast', ['tags'], ['tags64'], { to: attribute.int(7) }),
      node('OneHot', ['tags64', 'depth', 'off_on'], ['tag_scores']),
      node('Unsqueeze', ['tag_scores', 'first'], ['prefix']),
      node('Concat', ['prefix', 'speech'], ['joined'], { axis: attribute.int(1) }),
      // The length is an input of every published graph.
      node('Cast', ['x_length'], ['length'], { to: attribute.int(1) }),
      node('Mul', ['length', 'none'], ['nothing']),
      node('Add', ['joined', 'nothing'], ['logits']),
    ],
    initializers: [
      random.matrix('w1', [WIDTH, STACKED, 3], STACKED * 3, 2),
      random.matrix('Wo', [WIDTH, all.length], WIDTH, 4),
      tensor(
        'bias',
        'float',
        [all.length],
        Float32Array.from({ length: all.length }, (_, id) => speechBias(id, blankBias)),
      ),
      tensor(
        'tag_of_language',
        'int32',
        [16],
        Array.from({ length: 16 }, (_, id) => TAG_OF_LANGUAGE[id] ?? 2),
      ),
      tensor(
        'tag_of_norm',
        'int32',
        [16],
        Array.from({ length: 16 }, (_, id) => (id === 14 ? 8 : 9)),
      ),
      tensor('fixed_tags', 'int32', [2], [6, 7]),
      tensor('depth', 'int64', [], [all.length]),
      tensor('off_on', 'float', [2], [0, 20]),
      tensor('first', 'int64', [1], [0]),
      tensor('none', 'float', [], [0]),
    ],
    inputs: [
      value('x', 'float', ['N', 'T', STACKED]),
      value('x_length', 'int32', ['N']),
      value('language', 'int32', ['N']),
      value('text_norm', 'int32', ['N']),
    ],
    outputs: [value('logits', 'float', ['N', 'L', all.length])],
  })
  return {
    'model.onnx': model(parts, { metadata: senseVoiceSettings(all.length, means, scales) }),
    'tokens.txt': all.map((piece, id) => `${piece} ${id}\n`).join(''),
  }
}

/** @param means what is added to each stacked band, before `scales` */
export function senseVoiceSettings(
  tokens: number,
  means: ArrayLike<number>,
  scales: ArrayLike<number>,
): Record<string, string> {
  return {
    lfr_window_size: '7',
    lfr_window_shift: '6',
    normalize_samples: '0',
    neg_mean: Array.from(means).join(),
    inv_stddev: Array.from(scales).join(),
    model_type: 'sense_voice_ctc',
    version: '1',
    model_author: 'iic',
    vocab_size: String(tokens),
    comment: 'made-up weights',
    lang_auto: '0',
    lang_zh: '3',
    lang_en: '4',
    lang_yue: '7',
    lang_ja: '11',
    lang_ko: '12',
    with_itn: '14',
    without_itn: '15',
  }
}

const TAG_OF_LANGUAGE: Readonly<Record<number, number>> = { 3: 1, 4: 2, 7: 3, 11: 4, 12: 5 }

/** Tags are not said in the middle of speech. */
function speechBias(id: number, blankBias: number): number {
  if (id === 0) return blankBias
  return id <= SENSE_VOICE_TAGS.length ? -50 : 0
}
