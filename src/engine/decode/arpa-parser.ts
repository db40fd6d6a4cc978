/** The lines of an ARPA file → what a model is made of. What is wrong is thrown as a plain Error that says so in a few words. */
import type { NgramParts } from './ngram.ts'
import { NgramTable } from './ngram-table.ts'

/** More n-grams than this (some 2 GB) are a damaged header. */
const NGRAMS_AT_MOST = 2 ** 26

type Section = 'preamble' | 'counts' | 'ngrams' | 'end'

export class ArpaParser {
  /** Lines read. */
  lines = 0
  #section: Section = 'preamble'
  /** N-grams by length − 1, as the header announces them. */
  readonly #counts: number[] = []
  /** Length of the n-grams of this section, and how many are still to come. */
  #length = 0
  #missing = 0
  readonly #ids = new Map<string, number>()
  #table = new NgramTable(0, 0)

  line(text: string): void {
    this.lines += 1
    const line = text.trim()
    if (line === '') return
    switch (this.#section) {
      case 'preamble':
        if (line === '\\data\\') this.#section = 'counts'
        break
      case 'counts':
        if (line.startsWith('\\')) this.#heading(line)
        else this.#count(line)
        break
      case 'ngrams':
        if (line.startsWith('\\') && !/\s/.test(line)) this.#heading(line)
        else this.#ngram(line)
        break
      case 'end':
    }
  }

  /** Once all lines are read. */
  finish(): NgramParts {
    if (this.#section === 'preamble') throw new Error('there is no \\data\\')
    if (this.#section !== 'end') throw new Error('the file breaks off')
    return { order: this.#counts.length, ids: this.#ids, table: this.#table }
  }

  #count(line: string): void {
    const [, length, count] = /^ngram (\d+) *= *(\d+)$/.exec(line) ?? []
    if (Number(length) !== this.#counts.length + 1) throw new Error('the counts are not in order')
    this.#counts.push(Number(count))
    if (this.#counts.reduce((sum, n) => sum + n, 0) > NGRAMS_AT_MOST)
      throw new Error('it announces too many n-grams')
  }

  #heading(line: string): void {
    if (this.#missing > 0) throw new Error(`${this.#missing} ${this.#length}-grams are missing`)
    if (this.#length === this.#counts.length && this.#length > 0) {
      if (line !== '\\end\\') throw new Error('there is no \\end\\')
      this.#section = 'end'
      return
    }
    this.#length += 1
    if (line !== `\\${this.#length}-grams:`) throw new Error(`there is no \\${this.#length}-grams:`)
    if (this.#length === 1) this.#allocate()
    this.#section = 'ngrams'
    this.#missing = this.#counts[this.#length - 1] ?? 0
  }

  #allocate(): void {
    const [words = 0, ...longer] = this.#counts
    this.#table = new NgramTable(
      words,
      longer.reduce((sum, n) => sum + n, 0),
    )
  }

  /** `log₁₀ probability, words, log₁₀ back-off weight`; the weight may be left out. */
  #ngram(line: string): void {
    const columns = line.split(/[ \t]+/)
    const words = columns.slice(1, 1 + this.#length)
    if (this.#missing === 0) throw new Error(`there are more ${this.#length}-grams than announced`)
    if (words.length < this.#length || columns.length > this.#length + 2) {
      throw new Error(`it is no ${this.#length}-gram`)
    }
    this.#table.set(
      this.#nodeFor(words),
      naturalLog(columns[0]),
      naturalLog(columns[this.#length + 1] ?? '0'),
    )
    this.#missing -= 1
  }

  #nodeFor(words: readonly string[]): number {
    const last = words.at(-1) ?? ''
    if (words.length > 1) {
      const node = this.#table.add(this.#contextOf(words.slice(0, -1)), this.#idOf(last))
      if (node === undefined) throw new Error(`“${words.join(' ')}” is listed twice`)
      return node
    }
    if (this.#ids.has(last)) throw new Error(`the word ${last} is listed twice`)
    this.#ids.set(last, this.#ids.size)
    return this.#ids.size - 1
  }

  #contextOf(words: readonly string[]): number {
    const [first = '', ...rest] = words
    return rest.reduce((context, word) => {
      const node = this.#table.find(context, this.#idOf(word))
      if (node === undefined) throw new Error(`“${words.join(' ')}” is not listed as an n-gram itself`)
      return node
    }, this.#idOf(first))
  }

  #idOf(word: string): number {
    const id = this.#ids.get(word)
    if (id === undefined) throw new Error(`the word ${word} is not listed`)
    return id
  }
}

function naturalLog(log10: string | undefined): number {
  const value = Number(log10)
  if (log10 === undefined || !Number.isFinite(value)) throw new Error(`${log10 ?? 'nothing'} is no logarithm`)
  return value * Math.LN10
}
