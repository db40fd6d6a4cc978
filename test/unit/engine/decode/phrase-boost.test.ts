import { describe, expect, it } from 'vitest'
import { ctcBeam } from '../../../../src/engine/decode/ctc-beam.ts'
import { PhraseBoost } from '../../../../src/engine/decode/phrase-boost.ts'
import { BLANK, logitsOf, randomOf, tokenizerOf } from './toy.ts'

const LETTERS = Array.from("'abcdefghijklmnopqrstuvwxyz▁,AB")
const tokenizer = tokenizerOf(...LETTERS)

/** Letter by letter, with the mark in front of every word. */
function spell(text: string): number[] {
  return Array.from(`▁${text.replaceAll(' ', '▁')}`, (letter) => LETTERS.indexOf(letter) + 1)
}

function scores(boost: PhraseBoost, text: string): { running: number[]; final: number } {
  let fusion = boost.start
  const running = spell(text).map((token) => (fusion = fusion.extend(token)).score)
  return { running, final: fusion.finish() }
}

describe('the worth of a phrase', () => {
  const boost = new PhraseBoost(['Ann Lee', 'anna'], tokenizer, 2)

  it('is lent letter by letter and stays once the phrase is complete', () => {
    expect(scores(boost, 'ann lee a')).toEqual({ running: [0, 2, 4, 6, 8, 10, 12, 14, 14, 16], final: 14 })
  })

  it('is taken back when the text goes on differently', () => {
    expect(scores(boost, 'ann leo')).toEqual({ running: [0, 2, 4, 6, 8, 10, 12, 0], final: 0 })
    expect(scores(boost, 'annas')).toEqual({ running: [0, 2, 4, 6, 8, 0], final: 0 })
  })

  it('is taken back at the end of an incomplete phrase, kept at the end of a complete one', () => {
    expect(scores(boost, 'ann').final).toBe(0)
    expect(scores(boost, 'ann lee').final).toBe(14)
    expect(scores(boost, 'anna').final).toBe(8)
  })

  it('is not lent again for the beginning that was complete by itself', () => {
    for (const phrases of [
      ['ab', 'ab cd'],
      ['ab cd', 'ab'],
    ]) {
      const { running, final } = scores(new PhraseBoost(phrases, tokenizer), 'ab cx')
      expect({ running, final }).toEqual({ running: [0, 1, 2, 2, 3, 2], final: 2 })
    }
  })

  it('is not for words that only contain it', () => {
    expect(scores(boost, 'joanna').final).toBe(0)
    expect(scores(boost, 'joann lee').final).toBe(0)
  })

  it('does not depend on how the phrase is cut into tokens', () => {
    const pieces = tokenizerOf('▁ann', '▁a', 'n', 'na', '▁', 'anna')
    const worth = (...ids: readonly number[]): number =>
      ids.reduce((fusion, id) => fusion.extend(id), new PhraseBoost(['anna'], pieces).start).finish()
    expect([worth(2, 3, 4), worth(5, 6), worth(1, 3)]).toEqual([4, 4, 0])
  })
})

describe('the phrases found', () => {
  const boost = new PhraseBoost(['York', 'new york', 'New York City', 'city hall', ' ', ''], tokenizer)
  const found = (text: string): string[] => boost.found(spell(text))

  it('are given as they were written, as often as they occur', () => {
    expect(found('york is york')).toEqual(['York', 'York'])
    expect(found('yorkshire')).toEqual([])
  })

  it('may overlap and lie inside each other', () => {
    expect(found('new york city hall').sort()).toEqual(['New York City', 'York', 'city hall', 'new york'])
  })

  it('reach across punctuation and case', () => {
    expect(found('new york, city')).toEqual(['new york', 'York', 'New York City'])
    expect(new PhraseBoost(['ab'], tokenizer).found(spell('AB'))).toEqual(['ab'])
  })

  it('are exactly what the score was given for, in any text', () => {
    const phrases = ['a', 'ab', 'a b', 'b a b', 'ab a', 'ba']
    const random = randomOf(3)
    for (let round = 0; round < 300; round++) {
      const some = phrases.filter(() => random() < 0.6).sort(() => random() - 0.5)
      const text = Array.from({ length: 12 }, () => 'ab '[Math.floor(random() * 3)]).join('')
      const words = ` ${text.split(' ').filter(Boolean).join(' ')} `
      const expected = some.flatMap((phrase) =>
        Array.from(words).flatMap((_, at) => (words.startsWith(` ${phrase} `, at) ? [phrase] : [])),
      )
      const any = new PhraseBoost(some, tokenizer, 1)
      expect(any.found(spell(text)).sort()).toEqual(expected.sort())
      expect(scores(any, text).final).toBe(expected.join('').length)
    }
  })
})

describe('phrases in a beam', () => {
  it('win over what sounds a little better, not over what sounds much better', () => {
    const anne = tokenizerOf('▁ann', 'e', 'a')
    const heard = (likelier: number): string => {
      const logits = logitsOf([
        [0.02, 0.96, 0.01, 0.01],
        [0.02, 0.01, likelier, 0.97 - likelier],
      ])
      const boost = new PhraseBoost(['anna'], anne, 0.25)
      return anne.decode(ctcBeam(logits, { blank: BLANK, fusion: boost.start }).tokens.map(({ id }) => id))
    }
    expect(heard(0.6)).toBe('anna')
    expect(heard(0.9)).toBe('anne')
  })
})
