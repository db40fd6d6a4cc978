/**
 * Changes a sample rate by a fraction `up / down`, piece by piece: one low-pass filter, evaluated only where an output
 * falls. Output k lies at input position k * down / up, counted in whole numbers, so nothing drifts, there is no
 * delay, and how the input was cut into pieces cannot be seen in the output, not even in its last bit.
 */
import type { LowPass } from './kaiser.ts'

export class Polyphase {
  readonly #up: number
  readonly #down: number
  readonly #bank: FilterBank
  /** Input not yet passed by the filter; its first sample has the position `#start` (negative: silence before). */
  #pending: Float32Array
  #start: number
  #received = 0
  #sent = 0
  /** From one output to the next in input samples: `#stepWhole + #stepRest / #up`. */
  readonly #stepWhole: number
  readonly #stepRest: number
  /** Position of the next output: `#whole + #rest / #up`. */
  #whole = 0
  #rest = 0

  /** @param filter in cycles per input sample; reaches further than from one output to the next. */
  constructor(up: number, down: number, filter: LowPass) {
    const divisor = greatestCommonDivisor(up, down)
    this.#up = up / divisor
    this.#down = down / divisor
    this.#stepWhole = Math.floor(this.#down / this.#up)
    this.#stepRest = this.#down % this.#up
    this.#bank = new FilterBank(filter, this.#up)
    this.#start = -this.#bank.before
    this.#pending = new Float32Array(this.#bank.before)
  }

  /** Returns the outputs that this input settles. */
  push(pcm: Float32Array): Float32Array {
    this.#received += pcm.length
    const settled = Math.ceil(((this.#received - this.#bank.after) * this.#up) / this.#down)
    return this.#advance(pcm, Math.max(settled, this.#sent))
  }

  /** The last input: returns all outputs up to a count of `total`, as if silence followed. */
  end(pcm: Float32Array, total: number): Float32Array {
    return this.#advance(joined(pcm, new Float32Array(this.#bank.before + this.#bank.after)), total)
  }

  #advance(pcm: Float32Array, until: number): Float32Array {
    const input = joined(this.#pending, pcm)
    const output = new Float32Array(until - this.#sent)
    const centre = this.#start + this.#bank.before
    for (let k = 0; k < output.length; k++) {
      output[k] = this.#bank.filter(input, this.#whole - centre, this.#rest)
      this.#step()
    }
    this.#sent = until
    const passed = this.#whole - centre
    this.#pending = input.slice(passed)
    this.#start += passed
    return output
  }

  #step(): void {
    this.#whole += this.#stepWhole
    this.#rest += this.#stepRest
    if (this.#rest < this.#up) return
    this.#rest -= this.#up
    this.#whole++
  }
}

/** A ratio with more phases than this shares a table of `SHARED_PHASES` and interpolates. */
const MOST_PHASES = 1_024
/** Linear interpolation of a curve limited to half a cycle a sample errs by (pi / phases)^2 / 8 at most: -94 dB. */
const SHARED_PHASES = 256

/** The filter shifted by each fraction of a sample that can occur, or by enough of them to interpolate between. */
class FilterBank {
  /** Samples that the filter looks back and ahead of an output's whole position. */
  readonly before: number
  readonly after: number
  readonly #up: number
  readonly #phases: number
  /** Row p is for the fraction p / phases; the last row, for 1, is there to interpolate towards. */
  readonly #rows: readonly Float32Array[]

  constructor(filter: LowPass, up: number) {
    this.before = filter.reach - 1
    this.after = filter.reach
    this.#up = up
    this.#phases = up <= MOST_PHASES ? up : SHARED_PHASES
    this.#rows = Array.from({ length: this.#phases + 1 }, (_, phase) => shifted(filter, phase / this.#phases))
  }

  /** The output that lies `rest / up` of a sample behind input sample `at + before`. */
  filter(input: Float32Array, at: number, rest: number): number {
    const position = (rest * this.#phases) / this.#up
    const phase = Math.floor(position)
    const here = dot(this.#row(phase), input, at)
    return position === phase
      ? here
      : here + (position - phase) * (dot(this.#row(phase + 1), input, at) - here)
  }

  #row(phase: number): Float32Array {
    return this.#rows[phase] ?? NO_ROW
  }
}

const NO_ROW = new Float32Array(0)

/** Its values at whole samples, scaled so that a constant passes unchanged whatever the shift. */
function shifted(filter: LowPass, fraction: number): Float32Array {
  const centre = filter.reach - 1 + fraction
  const values = Float64Array.from({ length: 2 * filter.reach }, (_, tap) => filter.at(tap - centre))
  const sum = values.reduce((a, b) => a + b)
  return Float32Array.from(values, (value) => value / sum)
}

/** Of a row of even length and as many samples of `input`; two sums, since each addition waits for the last. */
function dot(row: Float32Array, input: Float32Array, at: number): number {
  let even = 0
  let odd = 0
  for (let tap = 0; tap < row.length; tap += 2) {
    even += (row[tap] ?? 0) * (input[at + tap] ?? 0)
    odd += (row[tap + 1] ?? 0) * (input[at + tap + 1] ?? 0)
  }
  return even + odd
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const all = new Float32Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
