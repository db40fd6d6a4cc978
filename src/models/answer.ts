/** What a server's answer means for a file of which some bytes are here already. Pure. */

/** Of the answer, as far as it matters. */
export interface AnswerFacts {
  readonly status: number
  readonly contentRange: string | null
  readonly contentLength: string | null
  readonly retryAfter: string | null
}

export type Meaning =
  /** The body is the file from byte `from` on; `total` is its whole size, where the server says. */
  | { readonly kind: 'take'; readonly from: number; readonly total: number | undefined }
  /** What is here is all of it. */
  | { readonly kind: 'complete' }
  /** What is here does not belong to this file: from the beginning. */
  | { readonly kind: 'anew'; readonly why: string }
  /** Later it may go better; not before so long. */
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number }
  /** Asking again would change nothing. */
  | { readonly kind: 'refused'; readonly why: string }

/** Request timeout, too early, too many requests, and what is wrong with a server for the moment. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504])

/** @param have bytes that are here, and were asked to be left out. @param nowMs since 1970, for dates. */
export function meaningOf(answer: AnswerFacts, have: number, nowMs: number): Meaning {
  const { status } = answer
  if (status === 200) return { kind: 'take', from: 0, total: lengthOf(answer.contentLength) }
  if (status === 206) return partMeaning(answer, have)
  if (status === 416) {
    return rangeOf(answer.contentRange)?.total === have && have > 0
      ? { kind: 'complete' }
      : { kind: 'anew', why: 'the server has no such part of it' }
  }
  if (PASSING.has(status))
    return { kind: 'later', why: wordsOf(status), afterMs: waitOf(answer.retryAfter, nowMs) }
  return { kind: 'refused', why: wordsOf(status) }
}

function partMeaning({ contentRange }: AnswerFacts, have: number): Meaning {
  const range = rangeOf(contentRange)
  if (range?.from !== have) return { kind: 'anew', why: 'the server sends another part than was asked for' }
  return { kind: 'take', from: have, total: range.total }
}

/** `bytes 5-9/10`, `bytes 5-9/*` or `bytes * /10` (without the blank). */
function rangeOf(
  text: string | null,
): { readonly from: number | undefined; readonly total: number | undefined } | undefined {
  const [, from, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(text ?? '') ?? []
  if (total === undefined) return undefined
  return {
    from: from === undefined ? undefined : Number(from),
    total: total === '*' ? undefined : Number(total),
  }
}

function lengthOf(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function waitOf(text: string | null, nowMs: number): number {
  if (text === null) return 0
  const ms = /^\d+$/.test(text) ? 1000 * Number(text) : Date.parse(text) - nowMs
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}

function wordsOf(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `the server does not give it to everybody (${status})`
    case 404:
    case 410:
      return `it is not there (${status})`
    case 429:
      return `the server was asked too often (${status})`
    default:
      return `the server answers ${status}`
  }
}
