/**
 * How a CTC model's answer becomes tokens. Greedy unless config.json says otherwise:
 * `"decoding": { "beamWidth": 32, "languageModel": "lm.arpa.gz", "weight": 0.5, "wordBonus": 1.5 }`, where the
 * language model (an ARPA file in the folder) and its two weights may be left out.
 */
import { join } from 'node:path'
import * as v from 'valibot'
import { StenoError } from '../../shared/errors.ts'
import { readArpa } from '../decode/arpa.ts'
import { ctcBeam } from '../decode/ctc-beam.ts'
import { ctcGreedy } from '../decode/ctc-greedy.ts'
import type { TokenHypothesis } from '../decode/hypothesis.ts'
import type { Logits } from '../decode/logits.ts'
import { wordFusion } from '../decode/word-fusion.ts'
import { assertFile } from '../runtime.ts'
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import type { ModelConfig } from './config.ts'

export type CtcDecoder = (logits: Logits, signal?: AbortSignal) => TokenHypothesis

const DECODING = v.strictObject({
  beamWidth: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)),
  /** A name, not a path: a model folder reaches nothing outside itself. */
  languageModel: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+$/))),
  weight: v.optional(v.pipe(v.number(), v.minValue(0)), 0.5),
  wordBonus: v.optional(v.number(), 1.5),
})

/** Rejects with `model-corrupt` or `model-missing`, naming the file. */
export async function loadCtcDecoder(
  folder: string,
  config: ModelConfig,
  tokenizer: PieceTokenizer,
): Promise<CtcDecoder> {
  const { blank } = tokenizer
  const wanted = config.fields['decoding']
  if (wanted === undefined) return (logits) => ctcGreedy(logits, blank)
  const parsed = v.safeParse(DECODING, wanted)
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
  const { beamWidth, languageModel, ...weights } = parsed.output
  if (languageModel === undefined) return (logits, signal) => ctcBeam(logits, { blank, beamWidth, signal })
  const file = join(folder, languageModel)
  await assertFile(file)
  const fusion = wordFusion(await readArpa(file), tokenizer, weights)
  return (logits, signal) => ctcBeam(logits, { blank, beamWidth, fusion, signal })
}
