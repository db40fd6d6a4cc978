import { describe, expect, it } from 'vitest'
import { ctcAlign } from '../../../../src/engine/decode/ctc-align.ts'
import { ctcGreedy } from '../../../../src/engine/decode/ctc-greedy.ts'
import { StenoError } from '../../../../src/shared/errors.ts'
import { alignments, BLANK, collapse, logitsOf, randomLogits } from './toy.ts'

/** The steps of the runs of tokens in an alignment. */
function runs(path: readonly number[]): [id: number, step: number, endStep: number][] {
  return path.flatMap((id, step): [number, number, number][] => {
    if (id === BLANK || id === path[step - 1]) return []
    const end = path.findIndex((other, later) => later > step && other !== id)
    return [[id, step, end === -1 ? path.length : end]]
  })
}

describe('forced alignment', () => {
  it('finds the best of all alignments of a sequence', () => {
    for (let seed = 0; seed < 20; seed++) {
      const logits = randomLogits(seed, 5, 3)
      for (const ids of [[], [1], [2, 1], [1, 1], [2, 2, 1], [1, 2, 1, 2, 1]]) {
        const best = alignments(logits)
          .filter(({ path }) => collapse(path).join() === ids.join())
          .reduce((a, b) => (b.logProb > a.logProb ? b : a))
        const found = ctcAlign(logits, BLANK, ids)
        expect(found.map(({ id, step, endStep }) => [id, step, endStep])).toEqual(runs(best.path))
      }
    }
  })

  it('agrees with greedy decoding about what that decoded', () => {
    for (let seed = 100; seed < 130; seed++) {
      const logits = randomLogits(seed, 40, 6)
      const { tokens } = ctcGreedy(logits, BLANK)
      expect(
        ctcAlign(
          logits,
          BLANK,
          tokens.map((token) => token.id),
        ),
      ).toEqual(tokens)
    }
  })

  it('refuses what does not fit: equal neighbours need a blank between them', () => {
    const logits = randomLogits(1, 2, 3)
    expect(ctcAlign(logits, BLANK, [1, 2])).toHaveLength(2)
    expect(() => ctcAlign(logits, BLANK, [1, 1])).toThrow(StenoError)
    expect(() => ctcAlign(logits, BLANK, [1, 2, 1])).toThrow(StenoError)
  })

  it('refuses what has probability zero', () => {
    expect(() => ctcAlign(logitsOf([[0.5, 0.5, 0]]), BLANK, [2])).toThrow('cannot be aligned')
  })
})
