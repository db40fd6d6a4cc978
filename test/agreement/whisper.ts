/** Whisper against transformers.js: languages, tasks, sizes of the spectrogram and the vocabulary, timestamps. */
import { join } from 'node:path'
import { readConfigured } from './whisper-ours.ts'
import { repeatableRandom } from '../../src/engine/decode/autoregressive.ts'
import { whisperPrompt } from '../../src/engine/models/whisper-prompt.ts'
import { TIMESTAMP_SECONDS, type WhisperTokens } from '../../src/engine/tokenizer/whisper-tokens.ts'
import { writeToyWhisper, type ToyWhisperOptions, type WhisperKind } from '../onnx/whisper.ts'
import { firstDifference, type Case, type Comparison } from './agreement.ts'
import { signal } from './signals.ts'
import { openReference, TRANSFORMERS } from './transformers.ts'

const MODELS: readonly (ToyWhisperOptions & { readonly kind: WhisperKind })[] = [
  { kind: 'english', seed: 3 },
  { kind: 'english', seed: 4, endsAt: 120 },
  { kind: '99 languages', seed: 5 },
  { kind: '99 languages', seed: 6, suffix: '_quantized', endsAt: 60 },
  { kind: '100 languages', bands: 128, seed: 7 },
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
    { family: 'Whisper with timestamps', reference: TRANSFORMERS, cases: timed },
  ]
}

async function compare(
  folder: string,
  { kind, suffix, seed }: ToyWhisperOptions,
  timestamps: boolean,
): Promise<Case[]> {
  await using ours = await readConfigured(folder)
  const theirs = await openReference(folder, suffix === '_quantized' ? 'q8' : 'fp32')
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
        ...(language === undefined ? {} : { language, task: translate ? 'translate' : 'transcribe' }),
      })
      const all = [...prompt, ...tokens, ...(ending === 'end' ? [ours.settings.tokens.end] : [])]
      cases.push({
        name: `${kind ?? ''} (weights ${seed ?? 0}), ${seconds} s${language === undefined ? '' : `, ${language}`}`,
        ours: all,
        theirs: generated,
        fault: timestamps ? faultOf(all, generated, prompt.length, ours.settings.tokens) : undefined,
      })
    }
  }
  await theirs.dispose()
  return cases
}

function wishesOf(kind: WhisperKind | undefined): { language?: string; translate: boolean }[] {
  if (kind === 'english') return [{ translate: false }]
  return [
    { language: 'en', translate: false },
    { language: 'de', translate: true },
    { language: 'su', translate: false },
  ]
}

/** What transformers.js allowed at the first token that differs, and openai/whisper does not. */
function faultOf(
  ours: readonly number[],
  theirs: readonly number[],
  from: number,
  { firstTimestamp }: WhisperTokens,
): string | undefined {
  const at = firstDifference(ours, theirs) ?? ours.length
  const token = theirs[at] ?? -1
  if (at === from && token > firstTimestamp + 1 / TIMESTAMP_SECONDS)
    return 'transformers.js never limits the first timestamp to 1.00 s'
  const latest = ours.slice(from, at).findLast((id) => id >= firstTimestamp) ?? 0
  if (token >= firstTimestamp && token <= latest) return 'transformers.js lets timestamps go backwards'
  return undefined
}
