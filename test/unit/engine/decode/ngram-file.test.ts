import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArpa } from '../../../../src/engine/decode/arpa.ts'
import { packNgrams, readNgrams } from '../../../../src/engine/decode/ngram-file.ts'
import { NgramModel } from '../../../../src/engine/decode/ngram.ts'

const WORDS = ['hold', 'a', 'key', 'naïve', 'speak']

/** A model of made-up numbers with every pair and some triples of the words. */
function arpa(): string {
  let state = 7
  const log = (): string => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0
    return (-6 * (state / 2 ** 32)).toFixed(3)
  }
  const all = ['<s>', '</s>', '<unk>', ...WORDS]
  const pairs = ['<s>', ...WORDS].flatMap((first) => WORDS.map((second) => `${first} ${second}`))
  const triples = pairs.filter((_, index) => index % 3 === 0).map((pair) => `${pair} key`)
  const section = (length: number, ngrams: readonly string[]): string =>
    [
      `\\${length}-grams:`,
      ...ngrams.map((ngram) => `${ngram === '<s>' ? '-99' : log()}\t${ngram}\t${log()}`),
    ].join('\n')
  return [
    `\\data\\\nngram 1=${all.length}\nngram 2=${pairs.length}\nngram 3=${triples.length}`,
    section(1, all),
    section(2, pairs),
    section(
      3,
      triples.filter((triple) => pairs.includes(triple.split(' ').slice(0, 2).join(' '))),
    ),
    '\\end\\\n',
  ].join('\n\n')
}

let folder = ''
let packed: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steno-ngrams-'))
  await writeFile(join(folder, 'lm.arpa'), arpa())
  packed = await packNgrams(await readArpa(join(folder, 'lm.arpa')))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function read(content: Buffer): ReturnType<typeof readNgrams> {
  const file = join(folder, 'lm.ngrams')
  await writeFile(file, content)
  return await readNgrams(file)
}

describe('a packed language model', () => {
  it('says what the ARPA file says, to a thousandth', async () => {
    const [one, other] = [await readArpa(join(folder, 'lm.arpa')), await read(packed)].map(
      (parts) => new NgramModel(parts),
    )
    for (const first of [...WORDS, 'unheard']) {
      for (const second of WORDS) {
        for (const third of [...WORDS, 'unheard']) {
          const score = (model: NgramModel | undefined): number => {
            let total = 0
            let state = model?.start ?? []
            for (const word of [first, second, third]) {
              const step = model?.score(state, word)
              total += step?.logProb ?? NaN
              state = step?.next ?? []
            }
            return total + (model?.end(state) ?? NaN)
          }
          expect(score(other)).toBeCloseTo(score(one), 2)
        }
      }
    }
  })

  it('is refused when it is damaged anywhere, with the file’s name', async () => {
    const bytes = gunzipSync(packed)
    const damaged = [
      Buffer.alloc(0),
      Buffer.from('no gzip'),
      packed.subarray(0, packed.length - 9),
      gzipSync(bytes.subarray(0, bytes.length - 1)),
      gzipSync(Buffer.concat([bytes, Buffer.alloc(3)])),
      gzipSync(Buffer.from(bytes).fill(0xff, 0, 4)),
      // An n-gram of a context that does not exist.
      gzipSync(withUint32(bytes, columnsAt(bytes) + 4 * 8, 4_000_000_000)),
    ]
    for (const content of damaged) {
      await expect(read(content)).rejects.toMatchObject({
        code: 'model-corrupt',
        file: join(folder, 'lm.ngrams'),
      })
    }
  })

  it('is missing when it is', async () => {
    await expect(readNgrams(join(folder, 'none'))).rejects.toMatchObject({ code: 'model-missing' })
  })
})

/** Where the columns of the words begin. */
function columnsAt(bytes: Buffer): number {
  return 24 + bytes.readUInt32LE(20)
}

function withUint32(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt32LE(value, at)
  return copy
}
