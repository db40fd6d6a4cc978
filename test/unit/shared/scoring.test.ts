import { describe, expect, it } from 'vitest'
import { normaliseForScoring, wordErrorRate } from '../../../src/shared/scoring.ts'

describe('normaliseForScoring', () => {
  it.each([
    ['And so, my fellow Americans:', 'and so my fellow americans'],
    ["It’s Stephen’s — isn't it?", "it's stephen's isn't it"],
    ["'quoted' words' and rock'n'roll", "quoted words and rock'n'roll"],
    ["a' 'b ''c'' '", 'a b c'],
    ['e-mail at 10:30', 'e mail at'],
    [' \n\t ', ''],
  ])('%j → %j', (text, expected) => {
    expect(normaliseForScoring(text)).toBe(expected)
    expect(normaliseForScoring(expected)).toBe(expected)
  })
})

describe('wordErrorRate', () => {
  it.each([
    ['a b c', 'a b c', 0, 3],
    ['a b c', 'a x c', 1, 3],
    ['a b c', 'a c', 1, 3],
    ['a b c', 'a b x c', 1, 3],
    ['a b c', '', 3, 3],
    ['', 'a b', 2, 0],
    ['', '', 0, 0],
    ['a b c d', 'b c d e', 2, 4],
    ['one two three four', 'four three two one', 4, 4],
    ['the cat sat on the mat', 'a cat sat the mat again', 3, 6],
  ])('%j heard as %j: %i errors in %i words', (reference, hypothesis, errors, words) => {
    expect(wordErrorRate(reference, hypothesis)).toEqual({ errors, words })
  })

  it('does not count case and punctuation', () => {
    expect(wordErrorRate('Hello, World.', 'hello world')).toEqual({ errors: 0, words: 2 })
  })
})
