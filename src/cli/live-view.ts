/** Text as it is spoken, on standard output: final lines, and on a terminal what is being said behind them. */
import type { Line, PartialLine } from '../shared/transcript.ts'

export interface Terminal {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

const CLEAR_LINE = '\r\u001B[2K'
const [DIM, NORMAL] = ['\u001B[2m', '\u001B[22m']
/** Of a terminal that does not say. */
const COLUMNS = 80

export class LiveView {
  readonly #terminal: Terminal

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** Takes the place of the one before; what may still change is dim. */
  partial({ stable, tentative }: PartialLine): void {
    if (this.#terminal.isTTY !== true) return
    const { columns = 0 } = this.#terminal
    const room = (columns > 0 ? columns : COLUMNS) - 1
    // The end is what is being said: a line that wraps could not be cleared.
    const [dim, solid] = tails(textOf(tentative), textOf(stable), room)
    this.#terminal.write(`${CLEAR_LINE}${solid}${DIM}${dim}${NORMAL}`)
  }

  line({ text }: Line): void {
    this.#terminal.write(`${this.#terminal.isTTY === true ? CLEAR_LINE : ''}${text}\n`)
  }
}

/** The end of both texts within `room` columns, the first one coming last. */
function tails(last: string, first: string, room: number): readonly [last: string, first: string] {
  const dim = last.slice(-room)
  const space = dim === '' || first === '' ? '' : ' '
  const left = room - dim.length - space.length
  return [dim, left <= 0 ? '' : `${first.slice(-left)}${space}`]
}

function textOf(words: PartialLine['stable']): string {
  return words.map(({ text }) => text).join(' ')
}
