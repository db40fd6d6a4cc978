/** Forced alignment: on which steps a given token sequence was most probably emitted. */
import { StenoError } from '../../shared/errors.ts'
import type { EmittedToken } from './hypothesis.ts'
import type { Logits } from './logits.ts'

/**
 * The best single CTC alignment of `ids` (Viterbi over the sequence with blanks before, between and after the tokens).
 * Takes time and memory in proportion to steps × ids.
 * @throws StenoError `internal` when the sequence cannot be spelt in so few steps, or has probability zero.
 */
export function ctcAlign(logits: Logits, blank: number, ids: readonly number[]): EmittedToken[] {
  const { steps } = logits
  const states = expand(ids, blank)
  /** Over a blank, from one token to a different one. */
  const mayLeap = states.map((id, state) => id !== blank && id !== states[state - 2])
  /** How many states back the best path into each [step, state] came from. */
  const leaps = new Uint8Array(steps * states.length)
  let scores = new Float64Array(states.length)
  let before = new Float64Array(states.length).fill(-Infinity)
  before[0] = 0
  for (let step = 0; step < steps; step++) {
    for (const [state, id] of states.entries()) {
      const leap = bestLeap(before, state, mayLeap[state] === true ? 2 : 1)
      const logProb = logits.data[step * logits.tokens + id] ?? -Infinity
      scores[state] = (before[state - leap] ?? -Infinity) + logProb
      leaps[step * states.length + state] = leap
    }
    ;[before, scores] = [scores, before]
  }
  const end = (before.at(-2) ?? -Infinity) > (before.at(-1) ?? 0) ? states.length - 2 : states.length - 1
  if (before[end] === -Infinity) {
    throw new StenoError('internal', `${ids.length} tokens cannot be aligned with ${steps} steps.`, {
      hint: 'This is a fault in Steno: please report it.',
    })
  }
  return emissions(logits, states, pathBack(leaps, steps, states.length, end))
}

/** blank, first token, blank, second token, …, blank. */
function expand(ids: readonly number[], blank: number): number[] {
  return [blank, ...ids.flatMap((id) => [id, blank])]
}

function bestLeap(scores: Float64Array, state: number, farthest: number): number {
  let best = 0
  for (let leap = 1; leap <= farthest; leap++) {
    if ((scores[state - leap] ?? -Infinity) > (scores[state - best] ?? -Infinity)) best = leap
  }
  return best
}

/** The state at every step, of the path that ends in `end`. */
function pathBack(leaps: Uint8Array, steps: number, width: number, end: number): Uint32Array {
  const path = new Uint32Array(steps)
  let state = end
  for (let step = steps - 1; step >= 0; step--) {
    path[step] = state
    state -= leaps[step * width + state] ?? 0
  }
  return path
}

/** The runs of token states, which are the odd ones. */
function emissions(logits: Logits, states: readonly number[], path: Uint32Array): EmittedToken[] {
  const tokens: EmittedToken[] = []
  for (const [step, state] of path.entries()) {
    if (state % 2 === 0) continue
    const id = states[state] ?? 0
    const logProb = logits.data[step * logits.tokens + id] ?? -Infinity
    const run = path[step - 1] === state ? tokens.pop() : undefined
    const best = Math.max(run?.logProb ?? -Infinity, logProb)
    tokens.push({ id, step: run?.step ?? step, endStep: step + 1, logProb: best })
  }
  return tokens
}
