import { describe, expect, it } from 'vitest'
import { ctcGreedy } from '../../../../src/engine/decode/ctc-greedy.ts'
import { alignments, BLANK, collapse, logitsOf, randomLogits } from './toy.ts'

const [A, B] = [1, 2]

/** The given token at each step, with the given probability. */
function spoken(...path: readonly (readonly [number, number])[]) {
  return logitsOf(path.map(([token, p]) => [0, 1, 2].map((id) => (id === token ? p : (1 - p) / 2))))
}

describe('greedy CTC decoding', () => {
  it('merges repeats, drops blanks and keeps a letter doubled across a blank', () => {
    const logits = spoken(
      [BLANK, 0.9],
      [A, 0.6],
      [A, 0.8],
      [BLANK, 0.9],
      [A, 0.9],
      [B, 0.5],
      [B, 0.4],
      [BLANK, 0.9],
    )
    const { tokens } = ctcGreedy(logits, BLANK)
    expect(tokens.map(({ id, step, endStep }) => [id, step, endStep])).toEqual([
      [A, 1, 3],
      [A, 4, 5],
      [B, 5, 7],
    ])
  })

  it('gives each token the probability of its best step', () => {
    const logits = spoken([A, 0.6], [A, 0.8], [BLANK, 0.9], [B, 0.5], [B, 0.4])
    expect(ctcGreedy(logits, BLANK).tokens.map((token) => Math.exp(token.logProb))).toEqual([
      expect.closeTo(0.8, 6),
      expect.closeTo(0.5, 6),
    ])
  })

  it('finds the most probable of all alignments', () => {
    for (let seed = 0; seed < 30; seed++) {
      const logits = randomLogits(seed, 5, 4)
      const best = alignments(logits).reduce((a, b) => (b.logProb > a.logProb ? b : a))
      const { tokens, score } = ctcGreedy(logits, BLANK)
      expect(tokens.map((token) => token.id)).toEqual(collapse(best.path))
      expect(score).toBeCloseTo(best.logProb, 9)
    }
  })

  it('decodes silence, and nothing at all, to no tokens', () => {
    expect(ctcGreedy(spoken([BLANK, 0.9], [BLANK, 0.8]), BLANK).tokens).toEqual([])
    expect(ctcGreedy({ data: new Float32Array(), steps: 0, tokens: 3 }, BLANK)).toEqual({
      tokens: [],
      score: 0,
    })
  })

  it('takes any id as the blank', () => {
    const last = spoken([2, 0.9], [1, 0.9], [2, 0.9], [1, 0.9], [0, 0.9])
    expect(ctcGreedy(last, 2).tokens.map((token) => token.id)).toEqual([1, 1, 0])
  })

  it('reads scores of any scale as it reads their probabilities', () => {
    const logits = randomLogits(3, 6, 4)
    const raw = { ...logits, data: logits.data.map((score, index) => score + Math.floor(index / 4)) }
    const [read, expected] = [ctcGreedy(raw, BLANK, true), ctcGreedy(logits, BLANK)]
    expect(read.score).toBeCloseTo(expected.score, 4)
    expect(read.tokens.map(({ id, step, endStep }) => [id, step, endStep])).toEqual(
      expected.tokens.map(({ id, step, endStep }) => [id, step, endStep]),
    )
  })
})
