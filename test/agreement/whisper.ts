/** Whisper against transformers.js: languages, tasks, sizes of the spectrogram and the vocabulary, timestamps. */
import { join } from 'node:path'
import { readConfigured } from './whisper-ours.ts'
import { repeatableRandom } from '../../src/engine/decode/autoregressive.ts'
import { whisperPrompt } from '../../src/engine/models/whisper-prompt.ts'
import { TIMESTAMP_SECONDS, type WhisperTokens } from '../../src/engine/tokenizer/whisper-tokens.ts'
import type { Precision } from '../onnx/precision.ts'
import { writeToyWhisper, type ToyWhisperOptions, type WhisperKind } from '../onnx/whisper.ts'
import type { Case, Comparison } from './agreement.ts'
import { signal } from './signals.ts'
import { missingRules, openReference, TRANSFORMERS, type TimestampPlace } from './transformers.ts'

type Toy = ToyWhisperOptions & { readonly kind: WhisperKind; readonly precision: Precision }

const MODELS: readonly Toy[] = [
  { kind: 'english', precision: 'fp32', seed: 3 },
  { kind: 'english', precision: 'fp32', seed: 4, endsAt: 120 },
  { kind: '99 languages', precision: 'fp32', seed: 5 },
  { kind: '99 languages', precision: 'q8', seed: 6, endsAt: 60 },
  { kind: '100 languages', precision: 'fp32', bands: 128, seed: 7 },
  { kind: 'english', precision: 'fp16', seed: 8, endsAt: 60 },
  { kind: '100 languages', precision: 'q4', bands: 128, seed: 9, endsAt: 60 },
]
const MAX_TOKENS = 64

/** @param scratch an empty folder. */
export async function whisper(scratch: string): Promise<readonly Comparison[]> {
  const plain: Case[] = []
  const timed: Case[] = []
  for (const [index, options] of MODELS.entries()) {
    const folder = join(scratch, String(index))
    await writeToyWhisper(folder, options)
    plain.push(...(await compare(folder, options, false)))
    timed.push(...(await compare(folder, options, true)))
  }
  return [
    { family: 'Whisper', reference: TRANSFORMERS, cases: plain },
    {
      family: 'Whisper with timestamps',
      reference: `${TRANSFORMERS}, with two rules it lacks`,
      cases: timed,
    },
  ]
}

async function compare(folder: string, { kind, precision, seed }: Toy, timestamps: boolean): Promise<Case[]> {
  await using ours = await readConfigured(folder)
  const theirs = await openReference(folder, precision)
  const cases: Case[] = []
  for (const [index, seconds] of [0.4, 2, 7.3, 30].entries()) {
    const pcm = signal(seconds, index + 1)
    const hidden = await ours.encode(pcm)
    for (const { language, translate } of wishesOf(kind)) {
      const prompt = whisperPrompt(ours.settings, { language, translate }, timestamps)
      const { tokens, ending } = await ours.decode(await ours.prime(hidden, prompt), {
        timestamps,
        temperature: 0,
        random: repeatableRandom(),
        maxTokens: MAX_TOKENS,
        guardLoops: false,
      })
      const generated = await theirs.generate(pcm, {
        max_new_tokens: MAX_TOKENS,
        return_timestamps: timestamps,
        ...(timestamps ? { logits_processor: missingRules(placeOf(ours.settings.tokens, prompt)) } : {}),
        ...(language === undefined ? {} : { language, task: translate ? 'translate' : 'transcribe' }),
      })
      const all = [...prompt, ...tokens, ...(ending === 'end' ? [ours.settings.tokens.end] : [])]
      cases.push({
        name: `${kind}, ${precision} (weights ${seed ?? 0}), ${seconds} s${language === undefined ? '' : `, ${language}`}`,
        ours: all,
        theirs: generated,
      })
    }
  }
  await theirs.dispose()
  return cases
}

function wishesOf(kind: WhisperKind): { language?: string; translate: boolean }[] {
  if (kind === 'english') return [{ translate: false }]
  return [
    { language: 'en', translate: false },
    { language: 'de', translate: true },
    { language: 'su', translate: false },
  ]
}

/** Speech begins within a second of the window. */
function placeOf({ firstTimestamp }: WhisperTokens, prompt: readonly number[]): TimestampPlace {
  return { firstTimestamp, promptLength: prompt.length, latestFirst: 1 / TIMESTAMP_SECONDS }
}
