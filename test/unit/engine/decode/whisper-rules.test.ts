import { describe, expect, it } from 'vitest'
import { best, judge, type Attempt } from '../../../../src/engine/decode/whisper-fallback.ts'
import { whisperRules } from '../../../../src/engine/decode/whisper-rules.ts'
import { spansOf } from '../../../../src/engine/decode/whisper-spans.ts'
import type { WhisperTokens } from '../../../../src/engine/tokenizer/whisper-tokens.ts'

/** Ten text tokens, then the special ones, then timestamps from id 18 on. */
const TOKENS: WhisperTokens = {
  end: 10,
  start: 11,
  translate: 12,
  transcribe: 13,
  languageModel: 14,
  previous: 15,
  noSpeech: 16,
  noTimestamps: 17,
  firstTimestamp: 18,
  languages: new Map(),
}
const SIZE = 18 + 1501
const T0 = TOKENS.firstTimestamp

/** What may follow, all being equally likely unless said otherwise. */
function allowed(
  sampled: readonly number[],
  timestamps: boolean,
  likely: Record<number, number> = {},
): number[] {
  const logits = new Float32Array(SIZE)
  // Text is likelier than all timestamps together, so that only the grammar decides.
  logits.fill(10, 0, TOKENS.firstTimestamp)
  for (const [id, logit] of Object.entries(likely)) logits[Number(id)] = logit
  whisperRules(TOKENS, { always: [3], first: [2, 10] }, timestamps)(logits, sampled)
  return [...logits.keys()].filter((id) => logits[id] !== -Infinity)
}

describe('what Whisper may say', () => {
  it('is never a suppressed or a special token, and not the end at first', () => {
    expect(allowed([], false).filter((id) => id < T0)).toEqual([0, 1, 4, 5, 6, 7, 8, 9, 17])
    expect(allowed([5], false).filter((id) => id < T0)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 17])
  })

  it('begins with a timestamp of at most 1.00 s', () => {
    const first = allowed([], true)
    expect([first[0], first.at(-1)]).toEqual([T0, T0 + 50])
  })

  it('goes on with text after a timestamp that opens', () => {
    expect(allowed([T0 + 3], true).every((id) => id < T0)).toBe(true)
  })

  it('has timestamps go forwards, a span not being empty', () => {
    const after = allowed([T0 + 3, 5], true, { [T0]: 0 }).filter((id) => id >= T0)
    expect(after[0]).toBe(T0 + 4)
  })

  it('closes in pairs: another timestamp, not before it, or the end', () => {
    const after = allowed([T0, 5, T0 + 9], true)
    expect([after[0], after[1], after.at(-1)]).toEqual([TOKENS.end, T0 + 9, SIZE - 1])
    expect(allowed([T0, 5, T0 + 9, T0 + 9], true).every((id) => id < T0)).toBe(true)
  })

  it('is a timestamp when all of them together are likelier than any text', () => {
    const doubtful = Object.fromEntries(Array.from({ length: 18 }, (_, id) => [id, 6]))
    expect(allowed([T0, 5], true, doubtful).every((id) => id >= T0)).toBe(true)
    const sure = Object.fromEntries(Array.from({ length: 18 }, (_, id) => [id, 8]))
    expect(allowed([T0, 5], true, sure)[0]).toBe(0)
  })
})

function attempt(change: { text?: string; logProb?: number; noSpeech?: number; loop?: boolean }): Attempt {
  const { text = 'some words', logProb = -0.2, noSpeech = 0, loop = false } = change
  return {
    text,
    noSpeech,
    sequence: {
      tokens: [1, 2, 3],
      logProbs: new Array<number>(4).fill(logProb),
      ending: loop ? 'loop' : 'end',
    },
  }
}

describe('a try', () => {
  it.each([
    ['surely said', {}, 'good'],
    ['at the threshold', { logProb: -1 }, 'good'],
    ['unsure', { logProb: -1.01 }, 'again'],
    ['unsure where nobody seems to speak', { logProb: -1.01, noSpeech: 0.61 }, 'silence'],
    ['sure where nobody seems to speak', { noSpeech: 0.99 }, 'good'],
    ['that repeats itself', { text: 'la '.repeat(60) }, 'again'],
    ['that ran into a loop', { loop: true }, 'again'],
  ] as const)('%s is judged', (_what, change, expected) => {
    expect(judge(attempt(change))).toBe(expected)
  })

  it('that does not loop is better than a surer one that does', () => {
    const [looping, unsure, least] = [
      attempt({ loop: true, logProb: -0.1 }),
      attempt({ logProb: -2 }),
      attempt({ logProb: -3 }),
    ]
    expect(best([looping, least, unsure])).toBe(unsure)
    expect(best([looping])).toBe(looping)
    expect(best<Attempt>([])).toBeUndefined()
  })
})

describe('spans', () => {
  const sequence = (tokens: number[]): { tokens: number[]; logProbs: number[] } => ({
    tokens,
    logProbs: tokens.map(() => -0.1),
  })
  const at = (seconds: number): number => T0 + Math.round(seconds / 0.02)

  it('lie between two timestamps', () => {
    const { spans, settled } = spansOf(sequence([at(0), 1, 2, at(2), at(2), 3, at(4.5)]), TOKENS, 30, false)
    expect(spans.map(({ start, end, tokens }) => [start, end, tokens])).toEqual([
      [0, 2, [1, 2]],
      [2, 4.5, [3]],
    ])
    expect(settled).toBe(30)
  })

  it('that are left open are heard again, but not in the last window', () => {
    const tokens = [at(0), 1, at(20), at(20.5), 2]
    expect(spansOf(sequence(tokens), TOKENS, 30, false)).toMatchObject({
      spans: [{ tokens: [1] }],
      settled: 20,
    })
    expect(spansOf(sequence(tokens), TOKENS, 30, true).spans).toMatchObject([
      { end: 20 },
      { start: 20.5, end: 30 },
    ])
  })

  it('without any timestamp are the whole window', () => {
    expect(spansOf(sequence([1, 2]), TOKENS, 3, true).spans).toMatchObject([
      { start: 0, end: 3, tokens: [1, 2] },
    ])
    expect(spansOf(sequence([]), TOKENS, 3, true)).toEqual({ spans: [], settled: 3 })
  })
})
