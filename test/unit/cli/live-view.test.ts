import { describe, expect, it } from 'vitest'
import { LiveView } from '../../../src/cli/live-view.ts'
import type { Word } from '../../../src/shared/transcript.ts'

function words(text: string): Word[] {
  return text === '' ? [] : text.split(' ').map((word) => ({ text: word, start: 0, end: 1, confidence: 1 }))
}

/** What a terminal shows in the end: escape sequences carried out, dim text in brackets. */
function screen(written: string): string {
  return written
    .split('\n')
    .map((line) =>
      line
        .slice(line.lastIndexOf('\r\u001B[2K') + 1)
        .replace('\u001B[2K', '')
        .replace('\u001B[2m', '[')
        .replace('\u001B[22m', ']')
        .replace('[]', ''),
    )
    .join('\n')
}

function view(columns: number, isTTY = true) {
  let written = ''
  const live = new LiveView({ isTTY, columns, write: (text) => (written += text) })
  return { live, shown: () => screen(written), written: () => written }
}

describe('text as it is spoken', () => {
  it('grows in place and becomes a line', () => {
    const { live, shown } = view(80)
    live.partial({ stable: words('hold'), tentative: words('a kee') })
    live.partial({ stable: words('hold a'), tentative: words('key') })
    expect(shown()).toBe('hold a [key]')
    live.partial({ stable: [], tentative: [] })
    live.line({ text: 'hold a key', start: 0, end: 1, words: [] })
    live.partial({ stable: [], tentative: words('and') })
    expect(shown()).toBe('hold a key\n[and]')
  })

  it.each([
    ['one two three', 'four five', 12, 'e [four five]'],
    ['one two three', 'four five', 16, 'three [four five]'],
    ['one', 'four five six', 9, '[five six]'],
    ['one', '', 10, 'one'],
  ])('“%s” and “%s” never wrap: %i columns', (stable, tentative, columns, expected) => {
    const { live, shown } = view(columns)
    live.partial({ stable: words(stable), tentative: words(tentative) })
    expect(shown().trimStart()).toBe(expected.trimStart())
    expect(shown().replaceAll(/[[\]]/g, '').length).toBeLessThan(columns)
  })

  it('takes a terminal that does not know its width for a usual one', () => {
    const { live, shown } = view(0)
    live.partial({ stable: words('hold'), tentative: words('a key') })
    expect(shown()).toBe('hold [a key]')
  })

  it('is its lines alone where it goes into a file', () => {
    const { live, written } = view(80, false)
    live.partial({ stable: words('hold'), tentative: words('a key') })
    live.line({ text: 'hold a key', start: 0, end: 1, words: [] })
    expect(written()).toBe('hold a key\n')
  })
})
