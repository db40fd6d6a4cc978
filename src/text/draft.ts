/** Edits in the making: who has claimed which word, and what is still seen of the text. */
import { applyEdits, type Edit, type Edited } from './edit.ts'
import { EDGE, endsSentence, type Token } from './token.ts'

/** What became of a token: taken away, or one that an edit replaces, or (without an edit) right as it is. */
interface Claim {
  readonly edit: number | undefined
  readonly gone: boolean
}

export class Draft {
  readonly raw: string
  readonly tokens: readonly Token[]
  readonly #edits: Edit[] = []
  readonly #claims: (Claim | undefined)[]
  /** For tokens that are gone: the last one before them that may not be. Shortened whenever it is followed. */
  readonly #before: number[]

  constructor(raw: string, tokens: readonly Token[]) {
    this.raw = raw
    this.tokens = tokens
    this.#claims = tokens.map(() => undefined)
    this.#before = tokens.map((_, token) => token - 1)
  }

  /** Beyond the first and the last token lies the edge, which is no word of any language. */
  token(at: number): Token {
    return this.tokens[at] ?? EDGE
  }

  edit(index: number): Edit | undefined {
    return this.#edits[index]
  }

  /** The edit that changed this token, if one did. */
  claim(token: number): Claim | undefined {
    return this.#claims[token]
  }

  /** Whether no edit that began before goes on here. */
  opens(token: number): boolean {
    const edit = this.#claims[token]?.edit
    return edit === undefined || this.#claims[token - 1]?.edit !== edit
  }

  free(token: number): boolean {
    return token >= 0 && token < this.tokens.length && this.#claims[token] === undefined
  }

  gone(token: number): boolean {
    return this.#claims[token]?.gone === true
  }

  /** The tokens that are still seen. */
  seen(): number[] {
    return [...this.tokens.keys()].filter((token) => !this.gone(token))
  }

  /** The last token before this one that is still seen; -1 at the beginning. */
  before(token: number): number {
    let at = token - 1
    while (this.gone(at)) at = this.#before[at] ?? -1
    if (this.gone(token - 1)) this.#before[token - 1] = at
    return at
  }

  /** One edit over the tokens `from` … `to`. Returns its index. */
  replace(from: number, to: number, edit: Omit<Edit, 'because'>): number {
    const index = this.add({ ...edit, because: [] })
    for (let token = from; token <= to; token++) this.#claims[token] = { edit: index, gone: false }
    return index
  }

  /** Claims tokens as they are: right already, and nobody else's business. */
  keep(from: number, to: number): void {
    for (let token = from; token <= to; token++) this.#claims[token] = { edit: undefined, gone: false }
  }

  /** Takes a token away. The full stop or question mark behind it stays, and so goes to the word before. */
  remove(token: number, kind: Edit['kind']): void {
    const { start, end, trail } = this.token(token)
    const before = this.token(this.before(token))
    const mark = before !== EDGE && !endsSentence(before.trail) ? (/[.?!…]+/u.exec(trail)?.[0] ?? '') : ''
    const glue = mark === '' ? {} : { glue: 'before' as const }
    const index = this.add({ kind, start, end, replacement: mark, ...glue, because: [] })
    this.#claims[token] = { edit: index, gone: true }
  }

  /** An edit that claims no word: casing, spacing, a full stop. Returns its index. */
  add(edit: Edit): number {
    return this.#edits.push(edit) - 1
  }

  /** Indices become those of the order of the raw text. */
  finish(): Edited {
    const order = this.#edits
      .map((edit, index) => ({ edit, index }))
      .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
    const place = new Map(order.map(({ index }, at) => [index, at]))
    const edits = order.map(({ edit }) => ({
      ...edit,
      because: edit.because.map((index) => place.get(index) ?? 0).sort((a, b) => a - b),
    }))
    return { raw: this.raw, text: applyEdits(this.raw, edits), edits }
  }
}
