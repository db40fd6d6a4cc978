import { describe, expect, it } from 'vitest'
import type { Word } from '../../../src/shared/transcript.ts'
import { sameWord, wordKey, wordsBehind } from '../../../src/shared/words.ts'

function at(text: string, start: number): Word {
  return { text, start, end: start + 0.2, confidence: 1 }
}

describe('words of two decodes', () => {
  it('are the same without regard to case, punctuation and the form of letters', () => {
    expect(sameWord(at('Hello,', 0), at('hello', 5))).toBe(true)
    expect(wordKey('ﬁne')).toBe('fine')
    expect(wordKey('don’t')).toBe(wordKey('dont'))
    expect(wordKey('Straße')).not.toBe(wordKey('Strand'))
    expect(sameWord(undefined, at('a', 0))).toBe(false)
  })

  it('are not all the same for being nothing but signs', () => {
    expect(wordKey('…')).toBe('…')
    expect(sameWord(at('!', 0), at('?', 0))).toBe(false)
  })

  it('follow what is known by place, as long as the text begins with it', () => {
    const decoded = [at('One', 0), at('two', 9), at('three', 9)]
    expect(wordsBehind([at('one', 0), at('two', 0.3)], decoded)).toEqual([decoded[2]])
    expect(wordsBehind([], decoded)).toEqual(decoded)
    expect(wordsBehind([at('one', 0)], [])).toEqual([])
  })

  it('follow it by time where it was read differently, without saying its end again', () => {
    const known = [at('dan', 1), at('for', 1.4), at('he', 1.7), at('is', 2)]
    expect(wordsBehind(known, [at('dreaming', 1), at('he', 1.6), at('is', 2.15), at('with', 2.4)])).toEqual([
      at('with', 2.4),
    ])
    expect(wordsBehind(known, [at('dreaming', 1), at('it', 1.75)])).toEqual([])
  })
})
