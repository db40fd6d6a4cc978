/**
 * What Whisper may say next (openai/whisper, whisper/decoding.py: SuppressBlank, SuppressTokens,
 * ApplyTimestampRules). transformers.js has these without the order of timestamps in time and without the limit on
 * the first one.
 */
import { TIMESTAMP_SECONDS, type WhisperTokens } from '../tokenizer/whisper-tokens.ts'
import { logSumExp } from './logits.ts'

/** Speech begins within a second of the window, or the timestamp is a mistake. */
const LATEST_FIRST_TIMESTAMP = 1 / TIMESTAMP_SECONDS

export interface SuppressionLists {
  /** Never: signs that no one speaks, special tokens. */
  readonly always: readonly number[]
  /** Not as the first token: a space, the end. */
  readonly first: readonly number[]
}

/** Takes from the logits what must not follow `tokens`, which were sampled after the prompt. Idempotent. */
export type Rules = (logits: Float32Array, tokens: readonly number[]) => void

export function whisperRules(
  tokens: WhisperTokens,
  { always, first }: SuppressionLists,
  timestamps: boolean,
): Rules {
  const { start, transcribe, translate, previous, languageModel, noSpeech } = tokens
  const never = [...always, start, transcribe, translate, previous, languageModel, noSpeech]
  return (logits, sampled) => {
    for (const id of never) logits[id] = -Infinity
    if (sampled.length === 0) for (const id of first) logits[id] = -Infinity
    if (timestamps) applyTimestampRules(logits, sampled, tokens)
  }
}

function applyTimestampRules(
  logits: Float32Array,
  sampled: readonly number[],
  { end, noTimestamps, firstTimestamp }: WhisperTokens,
): void {
  logits[noTimestamps] = -Infinity
  const isTimestamp = (id: number | undefined): boolean => id !== undefined && id >= firstTimestamp
  if (sampled.length === 0) {
    logits.fill(-Infinity, 0, firstTimestamp)
    logits.fill(-Infinity, firstTimestamp + LATEST_FIRST_TIMESTAMP + 1)
    return
  }
  const afterTimestamp = isTimestamp(sampled.at(-1))
  const open = afterTimestamp && (sampled.length < 2 || isTimestamp(sampled.at(-2)))
  // In pairs: text follows one that opens; after one that closes comes another one or the end.
  if (open) logits.fill(-Infinity, firstTimestamp)
  else if (afterTimestamp) logits.fill(-Infinity, 0, end)
  const latest = sampled.findLast(isTimestamp)
  if (latest !== undefined) {
    // Never backwards, and a span is not empty; the next one may begin where this one ended.
    const closing = afterTimestamp && !open
    logits.fill(-Infinity, firstTimestamp, closing ? latest : latest + 1)
  }
  // A timestamp, when all of them together are more probable than any text.
  const text = logits.subarray(0, firstTimestamp)
  if (logSumExp(logits.subarray(firstTimestamp)) > text.reduce((a, b) => Math.max(a, b), -Infinity)) {
    text.fill(-Infinity)
  }
}
