import { describe, expect, it } from 'vitest'
import {
  decodeTokens,
  greedy,
  repeatableRandom,
  sample,
  type Sequence,
} from '../../../../src/engine/decode/autoregressive.ts'
import { compressionRatio, loopAtEnd } from '../../../../src/engine/decode/repetition.ts'

const END = 7

/** A model of eight tokens that says them by position. */
async function say(script: readonly number[], maxTokens = 64, guardLoops = true): Promise<Sequence> {
  return await decodeTokens(0, {
    logits: (position) => Float32Array.from({ length: 8 }, (_, id) => (id === script[position] ? 20 : 0)),
    advance: (position) => Promise.resolve(position + 1),
    choose: greedy,
    end: END,
    maxTokens,
    guardLoops,
  })
}

describe('decodeTokens', () => {
  it('ends with the end token, whose probability counts', async () => {
    const { tokens, logProbs, ending } = await say([1, 2, 3, END])
    expect({ tokens, ending, counted: logProbs.length }).toEqual({
      tokens: [1, 2, 3],
      ending: 'end',
      counted: 4,
    })
  })

  it('ends at its limit', async () => {
    expect(await say([1, 2, 3, 4, END], 3)).toMatchObject({ tokens: [1, 2, 3], ending: 'limit' })
  })

  it('is cut back to the first round of a loop', async () => {
    const loop = [6, ...Array.from({ length: 30 }, (_, index) => 1 + (index % 3))]
    expect(await say(loop)).toMatchObject({ tokens: [6, 1, 2, 3], ending: 'loop' })
    expect(await say(loop, 20, false)).toMatchObject({ ending: 'limit' })
  })

  it('stops between two tokens when it is cancelled', async () => {
    const reason = new Error('enough')
    const cancelled = decodeTokens(0, {
      logits: () => new Float32Array(8),
      advance: (position) => Promise.resolve(position + 1),
      choose: greedy,
      end: END,
      maxTokens: 8,
      signal: AbortSignal.abort(reason),
    })
    await expect(cancelled).rejects.toBe(reason)
  })
})

describe('choosing a token', () => {
  it('is greedy for the lowest id among equals, with its log-probability', () => {
    const { token, logProb } = greedy(Float32Array.of(1, 1, 0))
    expect(token).toBe(0)
    expect(logProb).toBeCloseTo(1 - Math.log(2 * Math.E + 1), 6)
  })

  it('draws with the probabilities of the temperature, never what is ruled out', () => {
    const random = repeatableRandom()
    const logits = Float32Array.of(0, Math.log(3), -Infinity)
    const drawn = Array.from({ length: 4000 }, () => sample(logits, 1, random).token)
    expect(drawn.filter((token) => token === 1).length / drawn.length).toBeCloseTo(0.75, 1)
    expect(drawn).not.toContain(2)
    expect(sample(logits, 0.5, repeatableRandom())).toEqual(sample(logits, 0.5, repeatableRandom()))
  })
})

describe('loops', () => {
  it.each([
    ['a word said seven times', [9, 1, 1, 1, 1, 1, 1, 1], undefined],
    ['a word said eight times', [9, 1, 1, 1, 1, 1, 1, 1, 1], 2],
    ['two words three times', [1, 2, 1, 2, 1, 2], undefined],
    ['two words four times', [1, 2, 1, 2, 1, 2, 1, 2], 2],
    ['a loop that is over', [1, 2, 1, 2, 1, 2, 1, 2, 5], undefined],
  ] as const)('%s', (_what, tokens, expected) => {
    expect(loopAtEnd(tokens)).toBe(expected)
  })

  it('compress well', () => {
    expect(compressionRatio('la '.repeat(60))).toBeGreaterThan(2.4)
    expect(compressionRatio('The quick brown fox jumps over the lazy dog.')).toBeLessThan(1.2)
  })
})
