import { describe, expect, it } from 'vitest'
import type { EmittedToken } from '../../../../src/engine/decode/hypothesis.ts'
import { transcribed } from '../../../../src/engine/decode/words.ts'
import { tokenizerOf } from './toy.ts'

const tokenizer = tokenizerOf('▁he', 'llo', '▁', '▁you')

function emitted(id: number, step: number, endStep: number, probability: number): EmittedToken {
  return { id, step, endStep, logProb: Math.log(probability) }
}

describe('transcribed', () => {
  it('gives words their text, times and confidence', () => {
    const tokens = [emitted(1, 10, 11, 0.9), emitted(2, 14, 16, 0.4), emitted(4, 20, 21, 0.5)]
    const { text, words } = transcribed({ tokens, score: -1 }, tokenizer, 0.04)
    expect(text).toBe('hello you')
    expect(words).toEqual([
      {
        text: 'hello',
        start: expect.closeTo(0.4, 9) as number,
        end: expect.closeTo(0.64, 9) as number,
        confidence: expect.closeTo(0.6, 9) as number,
      },
      {
        text: 'you',
        start: expect.closeTo(0.8, 9) as number,
        end: expect.closeTo(0.84, 9) as number,
        confidence: expect.closeTo(0.5, 9) as number,
      },
    ])
  })

  it('keeps the confidence between 0 and 1', () => {
    const tokens = [
      { id: 1, step: 0, endStep: 1, logProb: 1e-6 },
      { id: 4, step: 1, endStep: 2, logProb: -Infinity },
    ]
    const { words } = transcribed({ tokens, score: 0 }, tokenizer, 0.04)
    expect(words.map((word) => word.confidence)).toEqual([1, 0])
  })

  it('makes no word of a mark without letters, and nothing of nothing', () => {
    expect(transcribed({ tokens: [emitted(3, 0, 1, 0.9)], score: 0 }, tokenizer, 0.04)).toEqual({
      text: '',
      words: [],
    })
    expect(transcribed({ tokens: [], score: 0 }, tokenizer, 0.04)).toEqual({ text: '', words: [] })
  })
})
