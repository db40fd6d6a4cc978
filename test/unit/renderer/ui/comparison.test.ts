import { describe, expect, it } from 'vitest'
import type { DictationRow } from '../../../../src/shared/dictation.ts'
import { unedited } from '../../../../src/shared/edits.ts'
import { baseOf, compared, recordingChoices } from '../../../../src/renderer/src/ui/words/comparison.ts'

const COPIED = { kind: 'copied' } as const

function row(id: number, facts: Partial<DictationRow> = {}): DictationRow {
  return { id, startedAt: 0, seconds: 7, ...unedited('words'), outcome: COPIED, hasSound: true, ...facts }
}

describe('the comparison', () => {
  it('is made on recordings that have ended and have sound', () => {
    const rows = [row(4, { outcome: undefined }), row(3, { hasSound: false }), row(2), row(1, unedited(''))]
    const choices = recordingChoices(rows)
    expect(choices.map(([id]) => id)).toEqual(['2', '1'])
    expect(choices[0]?.[1]).toMatch(/ · 0:07 · words$/)
    expect(choices[1]?.[1]).toMatch(/ · 0:07$/)
    expect(recordingChoices(Array.from({ length: 40 }, (_, id) => row(id + 1)))).toHaveLength(10)
  })

  it('leaves out what was taken out, and takes it in again', () => {
    const without = compared(new Set(['a']), 'b', false)
    expect([...without]).toEqual(['a', 'b'])
    expect([...compared(without, 'a', true)]).toEqual(['b'])
  })

  it('holds all against the first that was read', () => {
    expect(baseOf([])).toBeUndefined()
    const read = (text: string) => ({ kind: 'read', text, realTimeFactor: 0.1 }) as const
    expect(
      baseOf([
        { name: 'a', result: { kind: 'waiting' } },
        { name: 'b', result: read('one') },
        { name: 'c', result: read('two') },
      ]),
    ).toEqual({ name: 'b', text: 'one' })
  })
})
