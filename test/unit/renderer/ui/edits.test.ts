import { describe, expect, it } from 'vitest'
import { afterPress, otherWayOf, rowPieces, standOf } from '../../../../src/renderer/src/ui/words/edits.ts'
import { changed, draftsOf, keptOf, without } from '../../../../src/renderer/src/ui/words/replacements.ts'
import { unedited, type Written } from '../../../../src/shared/edits.ts'
import { undo } from '../../../../src/text/edit.ts'
import { editText } from '../../../../src/text/edit-text.ts'
import { said } from '../../text/said.ts'

function written(script: string, undone: readonly number[] = []): Written {
  const options = { language: 'en', replacements: [{ from: 'btw', to: 'by the way' }] }
  return withUndone({ ...editText(said(script), options), undone }, undone)
}

function withUndone(of: Written, undone: readonly number[]): Written {
  return { ...of, undone, text: undo(of, new Set(undone)) }
}

const indexOf = ({ edits }: Written, wanted: string): number => edits.findIndex(({ kind }) => kind === wanted)

function wordsOf(of: Written): readonly string[] {
  return rowPieces(of, Infinity).flatMap(({ spot }) => spot?.words ?? [])
}

describe('the edits of a row', () => {
  const text = written('um so we need twenty four chairs new line btw the the end')

  it('are in the text where they were done, and tell what was heard', () => {
    const pieces = rowPieces(text, Infinity)
    expect(pieces.map((piece) => piece.text).join('')).toBe(text.text)
    expect(wordsOf(text)).toEqual([
      'Left out: “um”',
      'Heard: “so”',
      'Heard: “twenty four”',
      'Heard: “new line”',
      'Heard: “btw”',
      'Left out: “the”',
      'Added: “.”',
    ])
  })

  it('tell what they were once they are undone', () => {
    const all = withUndone(text, [...text.edits.keys()])
    expect(all.text).toBe(text.raw)
    expect(wordsOf(all)).toEqual([
      'Undone: left out “um”',
      'Undone: “So”',
      'Undone: “24”',
      'Undone: a new line',
      'Undone: “By the way”',
      'Undone: left out “the”',
      'Undone: “.”',
    ])
  })

  it('keep their place, and so the focus, whatever is pressed', () => {
    const keys = (of: Written): readonly string[] =>
      rowPieces(of, Infinity).flatMap(({ spot }) => spot?.key ?? [])
    for (const { spot } of rowPieces(text, Infinity)) {
      if (spot === undefined) continue
      const after = withUndone(text, afterPress(text, spot.edit))
      expect(keys(after)).toContain(spot.key)
      const back = rowPieces(after, Infinity).find((piece) => piece.spot?.key === spot.key)?.spot
      expect(back?.undone).toBe(true)
      expect(withUndone(after, afterPress(after, back?.edit ?? -1))).toEqual(text)
    }
  })

  it('of one place are undone together', () => {
    const own = indexOf(text, 'replacement')
    const after = withUndone(text, afterPress(text, own))
    expect(after.undone).toHaveLength(2)
    expect(after.text).toContain('\nbtw the end')
  })

  it('are cut with a text that is folded', () => {
    const pieces = rowPieces(text, 12)
    expect(pieces.map((piece) => piece.text).join('')).toBe('So we need …')
    expect(pieces.filter(({ spot }) => spot !== undefined)).toHaveLength(2)
    expect(rowPieces(unedited('short'), 12)).toEqual([{ text: 'short', spot: undefined }])
    expect(rowPieces(unedited(''), 12)).toEqual([])
  })

  it('are counted; all of them are one press away', () => {
    const raw = withUndone(text, otherWayOf(text).undone)
    expect(otherWayOf(text).label).toBe('Back to raw')
    expect(raw.text).toBe(text.raw)
    expect(otherWayOf(raw)).toEqual({ label: 'Edited text', undone: [] })
    expect([standOf(raw), standOf(text), standOf(withUndone(text, [0]))]).toEqual([
      'As it was heard',
      '8 edits',
      '8 edits, 1 undone',
    ])
  })
})

describe('own words while they are typed in', () => {
  it('always have a row to begin another, and keep what is whole, once', () => {
    let drafts = draftsOf([])
    expect(drafts).toEqual([{ key: 0, from: '', to: '' }])
    drafts = changed(drafts, 0, { from: ' btw ' })
    drafts = changed(drafts, 0, { to: 'by the way' })
    drafts = changed(drafts, 1, { from: 'btw', to: 'again' })
    drafts = changed(drafts, 2, { to: 'nothing said' })
    expect(drafts.map(({ key }) => key)).toEqual([0, 1, 2, 3])
    expect(keptOf(drafts)).toEqual([{ from: 'btw', to: 'by the way' }])
    expect(keptOf(without(drafts, 0))).toEqual([{ from: 'btw', to: 'again' }])
    expect(without(draftsOf([]), 0)).toEqual([{ key: 0, from: '', to: '' }])
  })

  it('are what was saved', () => {
    const saved = [{ from: 'my address', to: 'Hill Street 5\nLeeds' }]
    expect(keptOf(draftsOf(saved))).toEqual(saved)
  })
})
