import { describe, expect, it } from 'vitest'
import { shownLine, shownPreview, shownWritten } from '../../../../src/main/dictation/shown-text.ts'
import type { Written } from '../../../../src/shared/edits.ts'
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

  it('keeps its doubts when it is edited, at the words they were about', () => {
    const written: Written = {
      raw: 'um twenty four chairs',
      text: '24 chairs',
      edits: [
        { kind: 'filler', start: 0, end: 2, replacement: '', because: [] },
        { kind: 'number', start: 3, end: 14, replacement: '24', because: [] },
      ],
      undone: [],
    }
    const heard = [
      { text: 'um twenty', doubts: [[0, 9]] as const },
      { text: 'four chairs', doubts: [[5, 11]] as const },
    ]
    expect(shownWritten(written, heard)).toEqual([
      {
        text: '24 chairs',
        doubts: [
          [0, 2],
          [3, 9],
        ],
      },
    ])
    expect(shownWritten({ ...written, text: 'um 24 chairs', undone: [0] }, heard)).toEqual([
      {
        text: 'um 24 chairs',
        doubts: [
          [0, 5],
          [6, 12],
        ],
      },
    ])
    expect(shownWritten({ ...written, text: '' }, heard)).toEqual([])
  })

  it('joins the words of a partial', () => {
    expect(shownPreview({ stable: [word('hold'), word('a', 0.2)], tentative: [] })).toEqual({
      stable: { text: 'hold a', doubts: [[5, 6]] },
      tentative: { text: '', doubts: [] },
    })
  })
})
