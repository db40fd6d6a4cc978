import { describe, expect, it } from 'vitest'
import { diffWords } from '../../../../src/renderer/src/ui/words/diff.ts'
import { randomNumbers } from '../../../chaos/random.ts'

describe('the difference of two texts', () => {
  it('names what is gone, what is new, and what both have', () => {
    expect(diffWords('the old beer lingers on', 'the old bear lingers')).toEqual([
      { kind: 'same', text: 'the old' },
      { kind: 'gone', text: 'beer' },
      { kind: 'new', text: 'bear' },
      { kind: 'same', text: 'lingers' },
      { kind: 'gone', text: 'on' },
    ])
  })

  it('does not mind capitals and marks, and shows those of the second', () => {
    expect(diffWords('yes we can', 'Yes, we can!')).toEqual([{ kind: 'same', text: 'Yes, we can!' }])
    expect(diffWords('a – b', 'a b')).toContainEqual({ kind: 'gone', text: '–' })
  })

  it('knows empty texts', () => {
    expect(diffWords('', '')).toEqual([])
    expect(diffWords('', 'a  b')).toEqual([{ kind: 'new', text: 'a b' }])
    expect(diffWords(' a\nb ', '')).toEqual([{ kind: 'gone', text: 'a b' }])
  })

  it('gives both texts back, and finds as much in common as there is', () => {
    const next = randomNumbers(7)
    const text = (): string[] =>
      Array.from({ length: Math.floor(next() * 9) }, () => 'abc'[Math.floor(next() * 3)] ?? '')
    for (let round = 0; round < 500; round++) {
      const [a, b] = [text(), text()]
      const parts = diffWords(a.join(' '), b.join(' '))
      const wordsBut = (kind: string): string[] =>
        parts.filter((part) => part.kind !== kind).flatMap((part) => part.text.split(' '))
      expect(wordsBut('new')).toEqual(a)
      expect(wordsBut('gone')).toEqual(b)
      const same = parts.filter(({ kind }) => kind === 'same').flatMap((part) => part.text.split(' '))
      expect(same.length).toBe(commonest(a, b))
    }
  })

  it('is soon done with long texts that have nothing in common', () => {
    const words = (letter: string): string =>
      Array.from({ length: 9_000 }, (_, at) => `${letter}${at}`).join(' ')
    expect(diffWords(words('a'), words('b')).map(({ kind }) => kind)).toEqual(['gone', 'new'])
  })
})

/** Length of the longest common subsequence, as it is defined. */
function commonest(a: readonly string[], b: readonly string[]): number {
  const [x, ...restOfA] = a
  const [y, ...restOfB] = b
  if (x === undefined || y === undefined) return 0
  if (x === y) return 1 + commonest(restOfA, restOfB)
  return Math.max(commonest(a, restOfB), commonest(restOfA, b))
}
