import type { ShownText } from '../../../../src/shared/dictation.ts'
import { joinShown } from '../../../../src/shared/shown.ts'
import { sure } from '../../../fakes/shown.ts'
import { describe, expect, it } from 'vitest'
import { waveBars, steadyBars } from '../../../../src/renderer/src/ui/words/bars.ts'
import { chunksOf, piecesOf } from '../../../../src/renderer/src/ui/words/chunks.ts'
import * as format from '../../../../src/renderer/src/ui/words/format.ts'

describe('numbers as people read them', () => {
  it.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [65, '1:05'],
    [3_725, '1:02:05'],
    [-1, '0:00'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(format.duration(seconds)).toBe(text)
  })

  it.each([
    [format.milliseconds(84.4), '84 ms'],
    [format.milliseconds(1_340), '1.3 s'],
    [format.pauseOf(1_500), '1.5 s'],
    [format.pauseOf(20_000), '20 s'],
    [format.memory(312_400_000), '312 MB'],
    [format.percent(0.124), '12 %'],
    [format.counted(1, 'dictation'), '1 dictation'],
    [format.counted(2, 'dictation'), '2 dictations'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected)
  })

  it('cuts texts at words, at either end', () => {
    expect(format.tailOf('one two three four', 10)).toBe('… four')
    expect(format.headOf('one two three four', 10)).toBe('one two …')
    expect(format.tailOf('short', 10)).toBe('short')
    expect(format.headOf('short', 10)).toBe('short')
    expect(format.headOf('x'.repeat(20), 10)).toBe(`${'x'.repeat(10)} …`)
  })
})

describe('long texts in chunks', () => {
  const lines = Array.from({ length: 200 }, (_, index) => sure(`line ${index}`))

  it('are the lines', () => {
    const text = (pieces: readonly ShownText[]): string => pieces.map((piece) => piece.text).join(' ')
    expect(text(chunksOf(lines))).toBe(text(lines))
    expect(chunksOf([])).toEqual([])
  })

  it('change in the last chunk only', () => {
    const before = chunksOf(lines)
    const after = chunksOf([...lines, sure('and more')])
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
  })
})

describe('words of doubt', () => {
  it('keep their place when lines are joined', () => {
    const shown = joinShown([sure('hold a'), { text: 'kee and', doubts: [[0, 3]] }])
    expect(piecesOf(shown)).toEqual([
      { text: 'hold a ', doubtful: false },
      { text: 'kee', doubtful: true },
      { text: ' and', doubtful: false },
    ])
  })

  it('leave a text without any whole, and an empty one empty', () => {
    expect(piecesOf(sure('hold a key'))).toEqual([{ text: 'hold a key', doubtful: false }])
    expect(piecesOf(sure(''))).toEqual([])
    expect(piecesOf({ text: 'ab', doubts: [[0, 2]] })).toEqual([{ text: 'ab', doubtful: true }])
  })
})

describe('the level as bars', () => {
  it('puts the newest at the right', () => {
    const bars = waveBars([0.5, 1], 4)
    expect(bars).toHaveLength(4)
    expect(bars.at(-1)).toBe(1)
    expect(bars[0]).toBeLessThan(0.1)
    expect(waveBars([5, 0, 0], 2).every((bar) => bar < 0.1)).toBe(true)
  })

  it('does not move for those who do not want it, and says the level all the same', () => {
    const tall = (level: number): number => steadyBars(level, 10).filter((bar) => bar > 0.1).length
    expect([tall(0), tall(0.5), tall(1)]).toEqual([0, 5, 10])
  })
})
