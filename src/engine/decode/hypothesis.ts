/** One token of a decoded sequence and the steps it was emitted on. */
export interface EmittedToken {
  readonly id: number
  /** First step. */
  readonly step: number
  /** After the last step. */
  readonly endStep: number
  /**
   * Natural log-probability at its best step. The best and not the mean: a CTC model is sure on one step and hands
   * over to the blank gradually, at a pace that says nothing about the token.
   */
  readonly logProb: number
}

export interface TokenHypothesis {
  readonly tokens: readonly EmittedToken[]
  /** Natural log; comparable only between hypotheses of one decoder on one input. */
  readonly score: number
}
