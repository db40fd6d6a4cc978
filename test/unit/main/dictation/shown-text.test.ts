import { describe, expect, it } from 'vitest'
import { shownLine, shownPreview } from '../../../../src/main/dictation/shown-text.ts'
import type { Word } from '../../../../src/shared/transcript.ts'

function word(text: string, confidence = 0.9): Word {
  return { text, start: 0, end: 1, confidence }
}

describe('the text that is shown', () => {
  it('marks the words the model was not sure of, at their place', () => {
    const words = [word('Hold'), word('the', 0.3), word('the', 0.9), word('key.', 0.1)]
    expect(shownLine({ text: 'Hold the  the key.', words })).toEqual({
      text: 'Hold the  the key.',
      doubts: [
        [5, 8],
        [14, 18],
      ],
    })
  })

  it('marks nothing where words and text do not match', () => {
    expect(shownLine({ text: '你好', words: [word('hello', 0.1)] })).toEqual({ text: '你好', doubts: [] })
  })

  it('joins the words of a partial', () => {
    expect(shownPreview({ stable: [word('hold'), word('a', 0.2)], tentative: [] })).toEqual({
      stable: { text: 'hold a', doubts: [[5, 6]] },
      tentative: { text: '', doubts: [] },
    })
  })
})
