import { describe, expect, it } from 'vitest'
import { ByteLevelTokenizer } from '../../../../src/engine/tokenizer/byte-level.ts'

/** GPT-2's stand-ins: printable Latin-1 is itself, the rest is U+0100 on. */
function standIn(byte: number): string {
  const printable = (value: number): boolean =>
    (value >= 33 && value <= 126) || (value >= 161 && value <= 172) || value >= 174
  if (printable(byte)) return String.fromCodePoint(byte)
  const before = Array.from({ length: byte }, (_, value) => value).filter((value) => !printable(value)).length
  return String.fromCodePoint(256 + before)
}

const letters = Array.from({ length: 256 }, (_, byte) => standIn(byte))
const merges = ['Ġ S', 't e', 'n o', 'ĠS te', 'ĠSte no']
const tokens = [...letters, ...merges.map((merge) => merge.replace(' ', ''))]
const tokenizer = new ByteLevelTokenizer({
  vocabulary: new Map(tokens.map((token, id) => [token, id])),
  merges,
  special: new Map([['<|endoftext|>', 300]]),
})
const steno = tokens.indexOf('ĠSteno')

describe('ByteLevelTokenizer', () => {
  it('has a token for each byte and gives each back', () => {
    expect(new Set(letters).size).toBe(256)
    const text = 'aé日🙂\n\t ~'
    expect(tokenizer.decode([...Buffer.from(text, 'utf8')])).toBe(text)
  })

  it('shows half a character as U+FFFD and special tokens not at all', () => {
    expect(tokenizer.decode([0x61, 0xc3])).toBe('a\uFFFD')
    expect(tokenizer.decode([0x61, 300, 0x62])).toBe('ab')
    expect(tokenizer.size).toBe(301)
  })

  it('merges pairs by rank when it encodes', () => {
    expect(tokenizer.encode(' Steno')).toEqual([steno])
    expect(tokenizer.encode(' Steno note')).toEqual([steno, 0x20, tokens.indexOf('no'), tokens.indexOf('te')])
  })

  it('merges the pair that becomes the first token, where it has no list of merges', () => {
    const vocabulary = new Map([...letters, 'no', 'te', 'ot', 'note'].map((token, id) => [token, id]))
    const byId = new ByteLevelTokenizer({ vocabulary, special: new Map() })
    expect(byId.encode('note')).toEqual([vocabulary.get('note')])
    expect(byId.encode('ote')).toEqual([0x6f, vocabulary.get('te')])
  })

  it.each(['It’s a test, isn’t it? 3.14', "we've  two   spaces \n", 'Grüße, 東京!', ''])(
    'round-trips “%s”',
    (text) => {
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
    },
  )

  it('cuts words at white space and drops those without text', () => {
    expect(tokenizer.words([steno, 0x20, 0x61, 0x62, 0x20])).toEqual([
      { text: 'Steno', from: 0, to: 1 },
      { text: 'ab', from: 1, to: 4 },
    ])
  })
})
