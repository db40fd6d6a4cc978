/** Differences between two transducer searches that are none: two tokens nearer to each other than rounding. */
import type { TransducerNetwork } from '../../src/engine/decode/transducer-search.ts'
import { firstDifference } from './agreement.ts'

/** Scores nearer to each other than this are a tie: both compute their features in their own order of float32. */
const TIE = 0.01
export const TIED = `a tie: two tokens within ${TIE} of each other, which rounding parts`

export interface Said {
  readonly ids: readonly number[]
  /** By token, and for the end: the narrowest decision on the way to it. */
  readonly margins: readonly number[]
}

export function isTie({ ids, margins }: Said, theirs: readonly number[]): boolean {
  return (margins[firstDifference(ids, theirs) ?? Infinity] ?? Infinity) < TIE
}

/** Notes how far the best token is ahead of the next. @param margins gets them; it begins with one Infinity. */
export function watch<Context>(
  network: TransducerNetwork<Context>,
  size: number,
  margins: number[],
): TransducerNetwork<Context> {
  return {
    start: () => network.start(),
    scores: async (step, context) => {
      const scores = await network.scores(step, context)
      const [best = 0, next = 0] = Array.from(scores.subarray(0, size)).sort((a, b) => b - a)
      margins.push(Math.min(margins.pop() ?? Infinity, best - next))
      return scores
    },
    advance: (context, token) => {
      margins.push(Infinity)
      return network.advance(context, token)
    },
  }
}
