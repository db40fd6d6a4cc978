import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArpa } from '../../../../src/engine/decode/arpa.ts'
import type { LmState } from '../../../../src/engine/decode/language-model.ts'
import { NgramModel } from '../../../../src/engine/decode/ngram.ts'

const TINY = String.raw`made by hand

\data\
ngram 1=5
ngram 2=3
ngram 3=1

\1-grams:
-1.0	<unk>
-99	<s>	-0.5
-0.8	</s>
-0.6	ab	-0.3
-0.7	b	-0.2

\2-grams:
-0.2	<s> ab	-0.1
-0.4	ab b	-0.05
-0.3	b </s>

\3-grams:
-0.15	<s> ab b

\end\
`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steno-arpa-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function read(content: string | Buffer, name = 'lm.arpa'): Promise<NgramModel> {
  const file = join(folder, name)
  await writeFile(file, content)
  return new NgramModel(await readArpa(file))
}

/** log₁₀, to compare with the file. */
function log10(model: NgramModel, state: LmState, word: string): number {
  return model.score(state, word).logProb / Math.LN10
}

function stateAfter(model: NgramModel, ...words: readonly string[]): LmState {
  return words.reduce((state, word) => model.score(state, word).next, model.start)
}

describe('a tiny model', () => {
  it('gives listed n-grams their probability', async () => {
    const model = await read(TINY)
    expect(model.order).toBe(3)
    expect(log10(model, model.start, 'ab')).toBeCloseTo(-0.2, 6)
    expect(log10(model, stateAfter(model, 'ab'), 'b')).toBeCloseTo(-0.15, 6)
    expect(log10(model, [], 'b')).toBeCloseTo(-0.7, 6)
  })

  it('backs off to shorter contexts and pays for it', async () => {
    const model = await read(TINY)
    // “ab b ab”: back-off of “ab b” and of “b”, then “ab” alone
    expect(log10(model, stateAfter(model, 'ab', 'b'), 'ab')).toBeCloseTo(-0.05 - 0.2 - 0.6, 6)
    // “<s> b”: back-off of “<s>”
    expect(log10(model, model.start, 'b')).toBeCloseTo(-0.5 - 0.7, 6)
    // “<s> b ab”: “<s> b” is not listed and costs nothing, “b” does
    expect(log10(model, stateAfter(model, 'b'), 'ab')).toBeCloseTo(-0.2 - 0.6, 6)
    // “ab ab b”: “ab ab” is not listed, “ab b” is
    expect(log10(model, stateAfter(model, 'ab', 'ab'), 'b')).toBeCloseTo(-0.4, 6)
  })

  it('knows how likely the end is', async () => {
    const model = await read(TINY)
    expect(model.end(stateAfter(model, 'ab', 'b')) / Math.LN10).toBeCloseTo(-0.05 - 0.3, 6)
    expect(model.end(stateAfter(model, 'ab')) / Math.LN10).toBeCloseTo(-0.1 - 0.3 - 0.8, 6)
  })

  it('keeps two words in view', async () => {
    const model = await read(TINY)
    expect(stateAfter(model, 'b', 'ab', 'b')).toEqual(stateAfter(model, 'ab', 'b'))
    expect(stateAfter(model, 'ab', 'b')).not.toEqual(stateAfter(model, 'b', 'b'))
  })

  it('makes unknown words dear, long ones more so, and goes on after them', async () => {
    const model = await read(TINY)
    const unknown = (-0.5 - 1) * Math.LN10
    expect(model.score(model.start, 'xyz').logProb).toBeCloseTo(unknown - 10, 5)
    expect(model.score(model.start, 'xyzxyzxyz').logProb).toBeCloseTo(unknown - 15, 5)
    expect(log10(model, stateAfter(model, 'xyz'), 'b')).toBeCloseTo(-0.7, 6)
  })

  it('charges a word in progress from the letter that makes it unknown', async () => {
    const model = await read(TINY)
    expect(['', 'a', 'ab', 'b'].map((letters) => model.partial(letters))).toEqual([0, 0, 0, 0])
    expect(['aba', 'c', 'B'].map((letters) => model.partial(letters))).toEqual([-10, -10, -10])
  })

  it('may have single words only, and no marks', async () => {
    const model = await read('\\data\\\nngram 1=1\n\\1-grams:\n-0.5 yes\n\\end\\')
    expect(model.start).toEqual([])
    expect(log10(model, model.start, 'yes')).toBeCloseTo(-0.5, 6)
    expect(model.end(model.start)).toBe(0)
    expect(model.score(model.start, 'no').logProb).toBe(-10)
  })
})

describe('a larger file', () => {
  const words = Array.from({ length: 9_000 }, (_, i) => `wörtchen${i}é`)
  const large = [
    '\\data\\',
    `ngram 1=${words.length}`,
    `ngram 2=${words.length - 1}`,
    '\\1-grams:',
    ...words.map((word, i) => `${-1 - i / 10_000}\t${word}\t-0.25`),
    '\\2-grams:',
    ...words.slice(1).map((word, i) => `${-2 - i / 10_000} ${words[i] ?? ''} ${word}`),
    '\\end\\',
    '',
  ].join('\r\n')

  it.each([
    ['plain', 'large.arpa', Buffer.from(large)],
    ['gzipped', 'large.arpa.gz', gzipSync(large)],
  ])('is read in pieces, %s', async (_, name, content) => {
    expect(large.length).toBeGreaterThan(3 * 65_536)
    const model = await read(content, name)
    for (const [i, word] of words.entries()) {
      const { logProb, next } = model.score([], word)
      expect(logProb / Math.LN10).toBeCloseTo(-1 - i / 10_000, 5)
      const following = words[i + 1]
      if (following !== undefined) expect(log10(model, next, following)).toBeCloseTo(-2 - i / 10_000, 5)
    }
  })

  it('is corrupt when its archive breaks off', async () => {
    const half = gzipSync(large).subarray(0, 20_000)
    await expect(read(half, 'half.arpa.gz')).rejects.toMatchObject({ code: 'model-corrupt' })
  })
})

describe('a broken file', () => {
  const broken = (from: string, to: string): string => TINY.replace(from, to)

  it.each([
    ['is empty', '', 1, 'no \\data\\'],
    ['is something else', 'hello\nworld', 2, 'no \\data\\'],
    ['breaks off in the middle', TINY.slice(0, TINY.indexOf('-0.3\tb </s>')), 18, 'breaks off'],
    ['has no end', broken('\\end\\\n', ''), 23, 'breaks off'],
    ['has fewer n-grams than announced', broken('-0.3\tb </s>\n', ''), 19, '1 2-grams are missing'],
    ['has more n-grams than announced', broken('ngram 2=3', 'ngram 2=2'), 18, 'more 2-grams'],
    ['lacks a section', broken('\\2-grams:', '\\3-grams:'), 15, 'no \\2-grams:'],
    ['has one section too many', broken('ngram 3=1\n', ''), 19, 'no \\end\\'],
    ['has counts out of order', broken('ngram 2=3', 'ngram 4=3'), 5, 'not in order'],
    ['has an absurd count', broken('ngram 2=3', 'ngram 2=99999999999'), 5, 'too many'],
    ['has a number that is none', broken('-0.6\tab', '-0.x6\tab'), 12, '-0.x6'],
    ['has a back-off that is none', broken('-0.3\n', 'nan\n'), 12, 'nan'],
    ['has too few words', broken('-0.4\tab b\t-0.05', '-0.4\tab'), 17, 'no 2-gram'],
    ['has too many words', broken('-0.4\tab b\t', '-0.4\tab b b\t'), 17, 'no 2-gram'],
    ['has an unknown word', broken('-0.4\tab b', '-0.4\tab c'), 17, 'word c'],
    ['has a word twice', broken('-0.7\tb', '-0.7\tab'), 13, 'listed twice'],
    ['has an n-gram twice', broken('-0.4\tab b', '-0.4\t<s> ab'), 17, 'listed twice'],
    ['has an n-gram without its beginning', broken('<s> ab b', 'b ab b'), 21, '“b ab”'],
  ])('%s', async (name, content, line, reason) => {
    const failure = read(content, `${name.replaceAll(' ', '-')}.arpa`)
    await expect(failure).rejects.toMatchObject({
      name: 'StenoError',
      code: 'model-corrupt',
      file: expect.stringContaining(folder) as string,
    })
    await expect(failure).rejects.toThrow(`line ${line} `)
    await expect(failure).rejects.toThrow(reason)
  })

  it('is no text: its one line is not taken in whole', async () => {
    await expect(read(Buffer.alloc(300_000, 7))).rejects.toThrow('no end')
  })

  it('is not there', async () => {
    await expect(readArpa(join(folder, 'none.arpa'))).rejects.toMatchObject({ code: 'model-missing' })
  })

  it('cannot be read', async () => {
    await expect(readArpa(folder)).rejects.toMatchObject({ code: 'file-unreadable', file: folder })
  })
})

describe('aborting', () => {
  it('rejects with the reason', async () => {
    const reason = new Error('not now')
    await writeFile(join(folder, 'lm.arpa'), TINY)
    await expect(readArpa(join(folder, 'lm.arpa'), AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
