import { describe, expect, it } from 'vitest'
import { ctcBeam } from '../../../../src/engine/decode/ctc-beam.ts'
import { fuse, type Fusion } from '../../../../src/engine/decode/fusion.ts'
import type { LanguageModel } from '../../../../src/engine/decode/language-model.ts'
import { wordFusion } from '../../../../src/engine/decode/word-fusion.ts'
import { BLANK, logitsOf, tokenizerOf } from './toy.ts'

const tokenizer = tokenizerOf('▁', '▁th', 'e', 'at', '▁cat')
const [MARK, TH, E, AT, CAT] = [1, 2, 3, 4, 5]

/** −1 for the first word, −2 for the second, …; knows “the”, “that” and “cat”. */
function counting(): LanguageModel & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    start: [0],
    score(state, word) {
      asked.push(word)
      const count = (state[0] ?? 0) + 1
      return { logProb: -count, next: [count] }
    },
    partial: (letters) => (['the', 'that', 'cat'].some((word) => word.startsWith(letters)) ? 0 : -20),
    end: (state) => -100 * (state[0] ?? 0),
  }
}

const after = (start: Fusion, ...ids: readonly number[]): Fusion =>
  ids.reduce((fusion, id) => fusion.extend(id), start)

describe('word fusion', () => {
  const options = { weight: 0.5, wordBonus: 3 }

  it('counts a word when the next one begins, with its weight and bonus', () => {
    const start = wordFusion(counting(), tokenizer, options)
    expect(after(start, TH).score).toBe(0)
    expect(after(start, TH, E).score).toBe(0)
    expect(after(start, TH, E, CAT).score).toBe(-0.5 + 3)
    expect(after(start, TH, E, CAT, TH).score).toBe(-0.5 + 3 - 1 + 3)
  })

  it('counts the last word and the end of the utterance when it finishes', () => {
    const start = wordFusion(counting(), tokenizer, options)
    expect(after(start, TH, E).finish()).toBe(-0.5 + 3 - 50)
    expect(after(start, TH, E, CAT).finish()).toBe(-0.5 + 3 - 1 + 3 - 100)
    expect(start.finish()).toBe(0)
  })

  it('asks for whole words, once for all that may follow', () => {
    const model = counting()
    const the = after(wordFusion(model, tokenizer), MARK, MARK, TH, AT)
    for (const next of [TH, CAT, MARK]) the.extend(next)
    expect(model.asked).toEqual(['that'])
  })

  it('charges a word in progress as soon as it can become no known one, and only for that long', () => {
    const start = wordFusion(counting(), tokenizer, options)
    expect(after(start, TH, E, E).score).toBe(-10)
    expect(after(start, TH, E, E, CAT).score).toBe(-0.5 + 3)
  })

  it('does without ends and partial words where the model has none', () => {
    const plain: LanguageModel = { start: [], score: () => ({ logProb: -1, next: [] }) }
    const fusion = wordFusion(plain, tokenizer, options)
    expect(after(fusion, TH, E, E).score).toBe(0)
    expect(after(fusion, TH, E, E).finish()).toBe(-0.5 + 3)
  })

  it('turns a beam to the likelier word', () => {
    const logits = logitsOf([
      [0.01, 0.01, 0.95, 0.01, 0.01, 0.01],
      [0.01, 0.01, 0.01, 0.55, 0.41, 0.01],
    ])
    const likes = (favourite: string): LanguageModel => ({
      start: [],
      score: (_, word) => ({ logProb: word === favourite ? -1 : -3, next: [] }),
    })
    const heard = (favourite: string): string => {
      const fusion = wordFusion(likes(favourite), tokenizer)
      return tokenizer.decode(ctcBeam(logits, { blank: BLANK, fusion }).tokens.map(({ id }) => id))
    }
    expect([heard('the'), heard('that')]).toEqual(['the', 'that'])
  })
})

describe('several fusions', () => {
  it('add up', () => {
    const one = (worth: number): Fusion => ({
      score: worth,
      extend: (token) => one(worth * token),
      finish: () => worth + 1,
    })
    const sum = fuse([one(2), one(3)]).extend(10)
    expect([sum.score, sum.finish()]).toEqual([50, 52])
    expect(fuse([]).extend(1).finish()).toBe(0)
  })
})
