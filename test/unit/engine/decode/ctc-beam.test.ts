import { describe, expect, it } from 'vitest'
import { ctcBeam, ctcNBest, type BeamLimits } from '../../../../src/engine/decode/ctc-beam.ts'
import { ctcGreedy } from '../../../../src/engine/decode/ctc-greedy.ts'
import type { Fusion } from '../../../../src/engine/decode/fusion.ts'
import type { TokenHypothesis } from '../../../../src/engine/decode/hypothesis.ts'
import { StenoError } from '../../../../src/shared/errors.ts'
import { BLANK, logitsOf, randomLogits, sequenceLogProbs } from './toy.ts'

const NO_LIMITS: BeamLimits = {
  beamWidth: Infinity,
  beamMargin: Infinity,
  tokenMargin: Infinity,
  tokensPerStep: Infinity,
}

const idsOf = (hypothesis: TokenHypothesis): number[] => hypothesis.tokens.map((token) => token.id)

/** Gives a sequence a worth that depends on all of it and on its order. */
class Taste implements Fusion {
  readonly score: number
  constructor(score: number) {
    this.score = score
  }
  extend(token: number): Fusion {
    return new Taste(Math.sin(this.score * 7 + token) * 2)
  }
  finish(): number {
    return this.score - 1
  }
}

function worth(key: string): number {
  const ids = key === '' ? [] : key.split(',').map(Number)
  return ids.reduce<Fusion>((taste, id) => taste.extend(id), new Taste(0)).finish()
}

describe('prefix beam search without limits', () => {
  it('gives every sequence the sum over its alignments', () => {
    for (let seed = 0; seed < 15; seed++) {
      const logits = randomLogits(seed, 5, 4)
      const exact = sequenceLogProbs(logits)
      const found = ctcNBest(logits, { blank: BLANK, ...NO_LIMITS }, Infinity)
      expect(found).toHaveLength(exact.size)
      for (const hypothesis of found) {
        expect(hypothesis.score).toBeCloseTo(exact.get(idsOf(hypothesis).join()) ?? NaN, 5)
      }
      const scores = found.map((hypothesis) => hypothesis.score)
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    }
  })

  it('finds the best sum of acoustics and fusion', () => {
    for (let seed = 50; seed < 65; seed++) {
      const logits = randomLogits(seed, 5, 4)
      const best = [...sequenceLogProbs(logits)]
        .map(([key, logProb]) => ({ key, score: logProb + worth(key) }))
        .reduce((a, b) => (b.score > a.score ? b : a))
      const found = ctcBeam(logits, { blank: BLANK, ...NO_LIMITS, fusion: new Taste(0) })
      expect(idsOf(found).join()).toBe(best.key)
      expect(found.score).toBeCloseTo(best.score, 5)
    }
  })
})

describe('prefix beam search', () => {
  it('prefers a text whose alignments add up over the single best alignment', () => {
    const logits = logitsOf([
      [0.6, 0.4],
      [0.6, 0.4],
    ])
    expect(ctcGreedy(logits, BLANK).tokens).toEqual([])
    const beam = ctcBeam(logits, { blank: BLANK })
    expect(idsOf(beam)).toEqual([1])
    expect(Math.exp(beam.score)).toBeCloseTo(0.64, 6)
  })

  it('tells the steps of its tokens', () => {
    const sure = (token: number): number[] => [0, 1, 2].map((id) => (id === token ? 0.98 : 0.01))
    const { tokens } = ctcBeam(logitsOf([0, 1, 1, 0, 1, 2, 2, 0].map(sure)), { blank: BLANK })
    expect(tokens.map(({ id, step, endStep }) => [id, step, endStep])).toEqual([
      [1, 1, 3],
      [1, 4, 5],
      [2, 5, 7],
    ])
  })

  it('never counts a text twice or for more than it is worth, however narrow the beam', () => {
    for (let seed = 200; seed < 260; seed++) {
      const logits = randomLogits(seed, 6, 4)
      const exact = sequenceLogProbs(logits)
      const found = ctcNBest(logits, { blank: BLANK, beamWidth: 2 + (seed % 5) }, Infinity)
      expect(new Set(found.map((hypothesis) => idsOf(hypothesis).join())).size).toBe(found.length)
      for (const hypothesis of found) {
        expect(hypothesis.score).toBeLessThanOrEqual((exact.get(idsOf(hypothesis).join()) ?? NaN) + 1e-5)
      }
    }
  })

  it('keeps no more prefixes than its width, and none below its margin', () => {
    const logits = randomLogits(7, 8, 5)
    expect(ctcNBest(logits, { blank: BLANK, beamWidth: 3 }, Infinity)).toHaveLength(3)
    const scores = ctcNBest(logits, { blank: BLANK, beamMargin: 1 }, Infinity).map(({ score }) => score)
    expect(scores.length).toBeGreaterThan(1)
    expect((scores[0] ?? 0) - (scores.at(-1) ?? 0)).toBeLessThanOrEqual(1)
  })

  it('tries the likeliest tokens of a step only', () => {
    const logits = logitsOf([[0.1, 0.2, 0.3, 0.36, 0.04]])
    const texts = (limits: Partial<BeamLimits>): string[] =>
      ctcNBest(logits, { blank: BLANK, ...limits }, Infinity).map((hypothesis) => idsOf(hypothesis).join())
    expect(texts({})).toEqual(['3', '2', '1', '', '4'])
    expect(texts({ tokensPerStep: 2 })).toEqual(['3', '2', ''])
    expect(texts({ tokenMargin: -Math.log(0.25) })).toEqual(['3', '2', ''])
  })

  it('tries the best token however unlikely it is', () => {
    const many = 400
    const row = Array.from({ length: many }, (_, id) => (id === 7 ? 2 / many : (1 - 2 / many) / (many - 1)))
    expect(Math.log(2 / many)).toBeLessThan(-5)
    expect(idsOf(ctcBeam(logitsOf([row]), { blank: BLANK }))).toEqual([7])
  })

  it('returns an empty text for silence and for no steps at all', () => {
    expect(ctcBeam(logitsOf([[1, 0]]), { blank: BLANK })).toEqual({ tokens: [], score: 0 })
    const nothing = { data: new Float32Array(), steps: 0, tokens: 2 }
    expect(ctcBeam(nothing, { blank: BLANK })).toEqual({ tokens: [], score: 0 })
  })

  it('says so when a model returns no numbers', () => {
    const logits = { data: new Float32Array(6).fill(NaN), steps: 3, tokens: 2 }
    expect(() => ctcBeam(logits, { blank: BLANK })).toThrow(StenoError)
  })
})

describe('aborting', () => {
  it('throws the reason untouched, without beginning when it came before', () => {
    const reason = { why: 'the user left' }
    const logits = randomLogits(1, 3, 3)
    let thrown: unknown
    try {
      ctcBeam(logits, { blank: BLANK, signal: AbortSignal.abort(reason) })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBe(reason)
  })

  it('breaks off a long input', () => {
    const controller = new AbortController()
    const fusion: Fusion = {
      score: 0,
      extend() {
        controller.abort(new Error('enough'))
        return this
      },
      finish: () => expect.fail('it went on to the end'),
    }
    const logits = randomLogits(2, 1_000, 3)
    expect(() => ctcBeam(logits, { blank: BLANK, fusion, signal: controller.signal })).toThrow('enough')
  })
})
