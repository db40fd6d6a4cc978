/**
 * How a CTC model's answer becomes tokens. Greedy unless config.json says otherwise or the user has phrases:
 * `"decoding": { "beamWidth": 32, "languageModel": "lm.ngrams", "weight": 0.5, "wordBonus": 1.5 }`, where the
 * language model (a file of the folder: ARPA, or what scripts/pack-language-model.ts makes of it) and its two weights
 * may be left out, and so may `unknownPenalty`, what a word costs that it does not know (natural log).
 */
import { join } from 'node:path'
import * as v from 'valibot'
import { StenoError } from '../../shared/errors.ts'
import { readArpa } from '../decode/arpa.ts'
import { ctcBeam } from '../decode/ctc-beam.ts'
import { ctcGreedy } from '../decode/ctc-greedy.ts'
import { readNgrams } from '../decode/ngram-file.ts'
import { fuse, type Fusion } from '../decode/fusion.ts'
import type { TokenHypothesis } from '../decode/hypothesis.ts'
import type { Logits } from '../decode/logits.ts'
import { NgramModel } from '../decode/ngram.ts'
import type { PhraseBoost } from '../decode/phrase-boost.ts'
import { wordFusion } from '../decode/word-fusion.ts'
import { assertFile } from '../runtime.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import type { ModelConfig } from './config.ts'

export type CtcDecoder = (logits: Logits, signal?: AbortSignal) => TokenHypothesis

const DECODING = v.strictObject({
  beamWidth: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)), 32),
  /** A name, not a path: a model folder reaches nothing outside itself. */
  languageModel: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+$/))),
  weight: v.optional(v.pipe(v.number(), v.minValue(0)), 0.5),
  wordBonus: v.optional(v.number(), 1.5),
  unknownPenalty: v.optional(v.pipe(v.number(), v.maxValue(0))),
})

/**
 * @param boost phrases of the user: they need a beam, so a model that is read greedily gets one.
 * Rejects with `model-corrupt` or `model-missing`, naming the file.
 */
export async function loadCtcDecoder(
  folder: string,
  config: ModelConfig,
  tokenizer: PieceTokenizer,
  boost: PhraseBoost | undefined,
): Promise<CtcDecoder> {
  const { blank } = tokenizer
  const wanted = config.fields['decoding']
  if (wanted === undefined && boost === undefined) return (logits) => ctcGreedy(logits, blank)
  const parsed = v.safeParse(DECODING, wanted ?? {})
  if (!parsed.success) {
    throw new StenoError(
      'model-corrupt',
      `The model’s settings cannot be read: ${config.file}: its field “decoding” is malformed`,
      {
        file: config.file,
        hint: 'Fetch the model again.',
      },
    )
  }
  const { beamWidth, languageModel, unknownPenalty, ...weights } = parsed.output
  const opinions: Fusion[] = boost === undefined ? [] : [boost.start]
  if (languageModel !== undefined) {
    const file = join(folder, languageModel)
    await assertFile(file)
    const ngrams = await (/\.arpa(\.gz)?$/.test(file) ? readArpa(file) : readNgrams(file))
    opinions.push(wordFusion(new NgramModel(ngrams, unknownPenalty), tokenizer, weights))
  }
  const fusion = opinions.length === 0 ? undefined : fuse(opinions)
  return (logits, signal) => ctcBeam(logits, { blank, beamWidth, fusion, signal })
}
