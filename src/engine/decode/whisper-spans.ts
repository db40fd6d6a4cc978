/** Whisper's tokens with timestamps → spans of text, and where the next window begins. */
import { TIMESTAMP_SECONDS, type WhisperTokens } from '../tokenizer/whisper-tokens.ts'

export interface Span {
  /** Text tokens. */
  readonly tokens: readonly number[]
  /** Natural log, by token. */
  readonly logProbs: readonly number[]
  /** Seconds from the start of the window. */
  readonly start: number
  readonly end: number
}

export interface Spans {
  readonly spans: readonly Span[]
  /** Seconds from the start of the window up to which the text is complete. */
  readonly settled: number
}

/**
 * A span that was opened and not closed is heard again in the next window, unless it is the only one, or the window
 * is the last (openai/whisper, whisper/transcribe.py).
 * @param seconds length of the window.
 */
export function spansOf(
  sequence: { readonly tokens: readonly number[]; readonly logProbs: readonly number[] },
  { end, firstTimestamp }: WhisperTokens,
  seconds: number,
  last: boolean,
): Spans {
  const spans: Span[] = []
  let open: { start: number; tokens: number[]; logProbs: number[] } | undefined
  let settled = 0
  const close = (at: number): void => {
    if (open !== undefined && open.tokens.length > 0) spans.push({ ...open, end: Math.min(at, seconds) })
    if (open !== undefined) settled = at
    open = undefined
  }
  for (const [index, token] of sequence.tokens.entries()) {
    if (token < end) {
      open ??= { start: settled, tokens: [], logProbs: [] }
      open.tokens.push(token)
      open.logProbs.push(sequence.logProbs[index] ?? 0)
    } else if (token >= firstTimestamp) {
      const at = (token - firstTimestamp) * TIMESTAMP_SECONDS
      if (open === undefined) open = { start: at, tokens: [], logProbs: [] }
      else close(at)
    }
  }
  if (open !== undefined && !last && spans.length > 0) return { spans, settled: Math.min(settled, seconds) }
  close(seconds)
  return { spans, settled: seconds }
}
